import { SHIFT_WGSL } from '../../../layers/shift.wgsl';
import type { BufferLayout, TaskShape } from '../plan/bufferLayout';
import {
  activationsBinding,
  modelsBinding,
  scratchBinding,
  vectorBinding,
  type KernelSource,
} from './kernel';

/** Images per invocation, which share a look at mean and deviation. */
const ROWS = 4;

/** The four bytes of a shifted image of `size` values, gathered one by one. */
const shiftedWord = (size: string): string => `
if (width > 0u) {
  let shift = shiftOf(image, stepsBefore);
  word = 0u;
  for (var c = 0u; c < 4u; c++) {
    let pixel = shiftedFrom(4u * at + c, width, ${size} / planes, shift);
    if (pixel >= 0) {
      let byte = (images[start + u32(pixel) / 4u] >> (8u * (u32(pixel) % 4u))) & 255u;
      word |= byte << (8u * c);
    }
  }
}`;

/** mean and inverseDeviation of the vec4 `at` of `length`. */
const standardOf = (at: string, length: number): string => `
  let mean = standard[min(2u * (${at}), ${length - 1}u)];
  let inverseDeviation = standard[min(2u * (${at}) + 1u, ${length - 1}u)];`;

const PLAIN = `let at = id.x;
    var word = images[start + at];`;

/**
 * at: which vec4 of the image goes here (beyond the last: none); word: its bytes, or on the tail the output its label stands for.
 * A network without blocks takes images and labels as they are.
 */
const placed = ({ vectors: words, classes }: TaskShape, size: number, standard: number): string => `
    var word = images[start + ${words}u];
    let task = word / ${classes}u;
    var at = id.x;
    if (blocks != 0u) {
      let block = (blocks >> (8u * task)) & 255u;
      at = id.x - (block - 1u) * ${words}u;
      if (block == 0u) { at = ${words}u; }
      word = select((block - 1u) * ${classes}u + word % ${classes}u, 0u, block == 0u);
    }
    if (id.x < ${size}u && at < ${words}u) { word = images[start + at]; }
    ${standardOf(`task * ${words}u + at`, standard)}`;

/**
 * x = (byte·byteScale − mean)·inverseDeviation, clipped, of the batch the model's step counter points at. Images lie packed
 * in words, four bytes each, followed by a word with the label, which goes into the tail (1, 0, 0, label). With
 * `shifts`, and where the model's row has a width, each image is shifted first (data/augment.ts); models that share batches share
 * the first one's shifts. It is a kernel of its own, since on a software adapter shifts that are off cost as much as shifts that are on.
 * Of data made of tasks each image goes to the block of its task, standardised as that is, with zeros elsewhere, and the label
 * becomes an output (data/tasks.ts).
 */
export function gatherKernel(layout: BufferLayout, tiles: number, shifts: boolean): KernelSource {
  const block = layout.activations[0];
  const size = layout.vectors[0];
  const { models: count, ownBatches, taskShape } = layout.capacity;
  // Words of an image, before its label.
  const words = taskShape?.vectors ?? size;
  const standard = 2 * words * (taskShape?.tasks ?? 1);
  const outside = ` else if (at >= ${words}u) {
      x[to + row * ${block.stride}u] = vec4f();
    }`;
  return {
    label: shifts ? 'gather shifted' : 'gather',
    bindings: [
      { name: 'images', resource: 'images', space: 'read', type: 'array<u32>' },
      { name: 'indices', resource: 'indices', space: 'read', type: 'array<u32>' },
      { name: 'standard', resource: 'standard', space: 'read', type: vectorBinding(standard) },
      scratchBinding(layout, tiles, 'read'),
      activationsBinding(layout, 0, 'x', 'read_write'),
      modelsBinding(layout),
    ],
    body: `
${shifts ? SHIFT_WGSL : ''}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let model = id.z;
  let perBatch = models[model].images;
  let first = id.y * ${ROWS}u;
  if (id.x > ${size}u) { return; }
  let step = u32(scratch[model * ${tiles + 1}u].x);
  let source = (step * ${ownBatches ? count : 1}u + model) * perBatch;
  let to = ${block.offset}u + model * ${block.perModel}u + id.x;
  ${taskShape ? 'let blocks = models[model].taskBlocks;' : standardOf('id.x', standard)}
  let byteScale = models[model].byteScale;
  let clip = vec4f(models[model].clip);
  ${
    shifts
      ? `let width = models[model].width;
  let planes = models[model].planes;
  let stepsBefore = models[model].stepsBefore + step;`
      : ''
  }
  for (var row = first; row < min(first + ${ROWS}u, perBatch); row++) {
    let image = indices[source + row];
    let start = image * ${words + 1}u;
    ${taskShape ? placed(taskShape, size, standard) : PLAIN}
    if (id.x == ${size}u) {
      x[to + row * ${block.stride}u] = vec4f(1.0, 0.0, 0.0, f32(word));
    }${taskShape ? outside : ''} else {
      ${shifts ? shiftedWord(taskShape ? `${taskShape.size}u` : 'sizeOf(model, 0u)') : ''}
      let bytes = vec4f(vec4u(word, word >> 8u, word >> 16u, word >> 24u) & vec4u(255u));
      x[to + row * ${block.stride}u] = clamp((bytes * byteScale - mean) * inverseDeviation, -clip, clip);
    }
  }
}`,
    workgroups: (images) => [Math.ceil((size + 1) / 64), Math.ceil(images / ROWS), ownBatches ? count : 1],
  };
}
