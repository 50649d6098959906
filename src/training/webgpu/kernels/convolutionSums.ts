import { stageKernelLayout, type BufferLayout } from '../plan/bufferLayout';
import { UPDATE_WORKGROUP, type UpdateRange } from './updateRanges';

/** The gradients of convolutions, weights or biases, summed of their parts in buffer deltas{parity} (in scope of the update). */
export const convolutionSumRanges = (parity: 0 | 1): string => `
fn sums${parity}(images: u32) {
  if (p.tile >= p.inputs) { return; }
  let parts = min(images, p.across) * p.outputs;
  var sum = vec4f();
  for (var part = 0u; part < parts; part++) { sum += deltas${parity}[p.d + part * p.dStride + p.a + p.tile]; }
  p.at = p.w + p.a + p.tile;
  p.rows = 1u;
  g[0] = sum;
}`;

/** Where a range of a convolution takes what it sums. */
export function placeOfSums(
  layout: BufferLayout,
  { layer, kind }: UpdateRange,
  start: number,
  task: number,
): string {
  const { stage, parts } = stageKernelLayout(layout, layer);
  const w = layout.parameters[layer];
  const weights = 4 * w.inputs * w.outputs;
  return `
    p.tile = (group.x - ${start}u) * ${UPDATE_WORKGROUP}u + local;
    p.a = ${kind === 'weights' ? 0 : weights}u;
    p.inputs = ${kind === 'weights' ? weights : w.outputs}u;
    p.d = ${parts.offset}u + model * ${parts.perModel}u;
    p.dStride = ${parts.stride}u;
    p.w = ${w.offset}u + model * ${w.perModel}u;
    p.across = ${stage.parts.images}u;
    p.outputs = ${stage.parts.slices}u;
    task = ${task}u;`;
}
