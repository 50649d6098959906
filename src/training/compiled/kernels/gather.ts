import { SHIFT } from '../../../layers/shift.wgsl';
import type { Layout } from '../layout';
import { activations, models, scratch, vectors, type Kernel } from './kernel';

/** Images per invocation, which share a look at mean and deviation. */
const ROWS = 4;

/** The four bytes of a shifted image, gathered one by one. */
const SHIFTED_WORD = `
if (width > 0u) {
  let shift = shiftOf(image, stepsBefore);
  word = 0u;
  for (var c = 0u; c < 4u; c++) {
    let pixel = shiftedFrom(4u * id.x + c, width, sizeOf(model, 0u), shift);
    if (pixel >= 0) {
      let byte = (images[start + u32(pixel) / 4u] >> (8u * (u32(pixel) % 4u))) & 255u;
      word |= byte << (8u * c);
    }
  }
}`;

/**
 * x = (byte·byteScale − mean)·inverseDeviation, clipped, of the batch the model's step counter points at. Images lie packed
 * in words, four bytes each, followed by a word with the label, which goes into the tail (1, 0, 0, label). With
 * `shifts`, and where the model's row has a width, each image is shifted first (data/augment.ts); models that share batches share
 * the first one's shifts. It is a kernel of its own, since on a software adapter shifts that are off cost as much as shifts that are on.
 */
export function gatherKernel(layout: Layout, tiles: number, shifts: boolean): Kernel {
  const block = layout.activations[0];
  const size = layout.vectors[0];
  const { models: count, ownBatches } = layout.capacity;
  return {
    label: shifts ? 'gather shifted' : 'gather',
    bindings: [
      { name: 'images', resource: 'images', space: 'read', type: 'array<u32>' },
      { name: 'indices', resource: 'indices', space: 'read', type: 'array<u32>' },
      { name: 'standard', resource: 'standard', space: 'read', type: vectors(2 * size) },
      scratch(layout, tiles, 'read'),
      activations(layout, 0, 'x', 'read_write'),
      models(layout),
    ],
    body: `
${shifts ? SHIFT : ''}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let model = id.z;
  let perBatch = models[model].images;
  let first = id.y * ${ROWS}u;
  if (id.x > ${size}u) { return; }
  let step = u32(scratch[model * ${tiles + 1}u].x);
  let source = (step * ${ownBatches ? count : 1}u + model) * perBatch;
  let to = ${block.offset}u + model * ${block.perModel}u + id.x;
  let mean = standard[min(2u * id.x, ${2 * size - 1}u)];
  let inverseDeviation = standard[min(2u * id.x + 1u, ${2 * size - 1}u)];
  let byteScale = models[model].byteScale;
  let clip = vec4f(models[model].clip);
  ${
    shifts
      ? `let width = models[model].width;
  let stepsBefore = models[model].stepsBefore + step;`
      : ''
  }
  for (var row = first; row < min(first + ${ROWS}u, perBatch); row++) {
    let image = indices[source + row];
    let start = image * ${size + 1}u;
    var word = images[start + id.x];
    if (id.x == ${size}u) {
      x[to + row * ${block.stride}u] = vec4f(1.0, 0.0, 0.0, f32(word));
    } else {
      ${shifts ? SHIFTED_WORD : ''}
      let bytes = vec4f(vec4u(word, word >> 8u, word >> 16u, word >> 24u) & vec4u(255u));
      x[to + row * ${block.stride}u] = clamp((bytes * byteScale - mean) * inverseDeviation, -clip, clip);
    }
  }
}`,
    workgroups: (images) => [Math.ceil((size + 1) / 64), Math.ceil(images / ROWS), ownBatches ? count : 1],
  };
}
