import { stageKernelLayout, type BufferLayout } from '../plan/bufferLayout';
import { UPDATE_WORKGROUP, type UpdateRange } from './updateRanges';

/** WGSL: the fields of the update's `Place` that only convolutions use. */
export const SUMS_FIELDS = `
  sumsOffset: u32,   // of what is summed, after the first weight
  sumsLength: u32,   // vec4s to be summed
  parts: u32,        // the first part of the gradient
  partStride: u32,   // from one part to the next
  imageParts: u32,   // parts over images, at most
  slices: u32,       // parts over rows of units, of each of these`;

/**
 * WGSL of a function that sums the parts of a convolution's gradient, of its kernels or of its biases, in buffer deltas{parity}. It fills
 * g and `place` as the functions of the update do.
 */
export const convolutionSumRanges = (parity: 0 | 1): string => `
fn sums${parity}(images: u32) {
  if (place.tile >= place.sumsLength) { return; }
  let parts = min(images, place.imageParts) * place.slices;
  let offset = place.sumsOffset + place.tile;
  var sum = vec4f();
  for (var part = 0u; part < parts; part++) { sum += deltas${parity}[place.parts + part * place.partStride + offset]; }
  place.writes = place.weights + offset;
  place.rows = 1u;
  g[0] = sum;
}`;

/** WGSL that sets `place` for the workgroups of a convolution's range, the first of which is `start`. */
export function placeOfSums(layout: BufferLayout, { layer, kind }: UpdateRange, start: number): string {
  const { stage, parts } = stageKernelLayout(layout, layer);
  const block = layout.parameters[layer];
  const weights = 4 * block.inputs * block.outputs;
  return `
    place.tile = (group.x - ${start}u) * ${UPDATE_WORKGROUP}u + local;
    place.sumsOffset = ${kind === 'weights' ? 0 : weights}u;
    place.sumsLength = ${kind === 'weights' ? weights : block.outputs}u;
    place.parts = ${parts.offset}u + model * ${parts.perModel}u;
    place.partStride = ${parts.stride}u;
    place.weights = ${block.offset}u + model * ${block.perModel}u;
    place.imageParts = ${stage.parts.images}u;
    place.slices = ${stage.parts.slices}u;`;
}
