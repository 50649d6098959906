import { ENERGY_WGSL } from '../../../layers/energy.wgsl';
import type { BufferLayout } from '../plan/bufferLayout';
import { activationsBinding, deltasBinding, modelsBinding, vectorBinding, type KernelSource } from './kernel';

/**
 * Where the observations of one hidden layer are in the buffer `seen`, in vec4s. They are, in this order: Σh² of each
 * unit, Σ of the measure's terms of each unit, ‖z‖² of each image, and under hoyer-square, which has no terms by unit,
 * E of each image.
 */
export interface ObservedBlock {
  offset: number;
  perModel: number;
}

/** Blocks by hidden layer (index 0 = first), and the length of `seen`. */
export function observedBlocks(layout: BufferLayout): { blocks: ObservedBlock[]; length: number } {
  const { rows, models: count } = layout.capacity;
  let length = 0;
  const blocks = layout.vectors.slice(1, -1).map((v) => {
    const perModel = 2 * v + rows / 2;
    const block = { offset: length, perModel };
    length += perModel * count;
    return block;
  });
  return { blocks, length: Math.max(1, length) };
}

/** What is observed of one hidden layer (see ObservedBlock), summed over the images of the pass. */
export function observeKernel(layout: BufferLayout, layer: number): KernelSource {
  const { models: count, rows } = layout.capacity;
  const z = layout.deltas[layer];
  const { blocks, length } = observedBlocks(layout);
  const block = blocks[layer - 1];
  const v = layout.vectors[layer];
  const h = layout.activations[layer];
  return {
    label: `observe ${layer}`,
    bindings: [
      activationsBinding(layout, layer, 'h', 'read'),
      deltasBinding(layout, layer, 'z', 'read'),
      { name: 'seen', resource: 'seen', space: 'read_write', type: vectorBinding(length) },
      modelsBinding(layout),
    ],
    body: `
${ENERGY_WGSL}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let model = id.z;
  let images = models[model].images;
  let measure = models[model].measure;
  let pre = models[model].site != SITE_POST;
  let zStart = ${z.offset}u + model * ${z.perModel}u;
  let start = ${h.offset}u + model * ${h.perModel}u;
  let to = ${block.offset}u + model * ${block.perModel}u;
  if (id.x < ${v}u) {
    var squares = vec4f();
    var energy = 0.0;
    for (var n = 0u; n < images; n++) {
      let value = h[start + n * ${h.stride}u + id.x];
      squares += value * value;
      var u = value;
      if (pre) { u = z[zStart + n * ${z.stride}u + id.x]; }
      energy += energyValue(measure, u);
    }
    seen[to + id.x] = squares;
    seen[to + ${v}u + id.x] = vec4f(energy, 0.0, 0.0, 0.0);
    return;
  }
  let n = 4u * (id.x - ${v}u);
  if (n >= images) { return; }
  let tail = start + n * ${h.stride}u + ${v}u;
  seen[to + id.x + ${v}u] =
    vec4f(h[tail].w, h[tail + ${h.stride}u].w, h[tail + ${2 * h.stride}u].w, h[tail + ${3 * h.stride}u].w);
  if (measure != HOYER_SQUARE) { return; }
  var sizes = vec4f();
  var squares = vec4f();
  for (var i = 0u; i < 4u; i++) {
    for (var k = 0u; k < ${v}u; k++) {
      var u = h[start + (n + i) * ${h.stride}u + k];
      if (pre) { u = z[zStart + (n + i) * ${z.stride}u + k]; }
      sizes[i] += dot(abs(u), vec4f(1.0));
      squares[i] += dot(u, u);
    }
  }
  seen[to + id.x + ${v + rows / 4}u] = hoyerValue(sizes, squares);
}`,
    workgroups: (images) => [Math.ceil((v + Math.ceil(images / 4)) / 64), 1, count],
  };
}
