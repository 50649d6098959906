import { affineGradient } from '../../../layers/affine.wgsl';
import { mergedValue } from '../../../layers/merge.wgsl';
import { BIAS_ROW, LENGTH_ROW, PSI_ROW, type BufferLayout } from '../plan/bufferLayout';
import { ACTIVATION_TAIL, DELTA_TAIL } from './kernel';
import { gradientTile } from './updateRanges';
import type { MergedLayer } from './updateTasks';

/**
 * WGSL of a function that sums ∂L/∂W of a tile of weights over the batch. Activations below are in buffer `parity`, deltas in the other.
 * The sums go to g; row j of column c belongs to the vec4 place.writes + j·place.columns + c. Bits of place.rows say which rows are to be
 * moved, place.wide how many columns where a tile can have several. `merged`: the layer below, where its paths are added or multiplied as
 * they are read. `cutsOff`: the paths of some layer read but a part of what is below.
 */
export function weightGradients(
  layout: BufferLayout,
  parity: 0 | 1,
  cutsOff: boolean,
  merged: MergedLayer | null,
): string {
  const tile = gradientTile(layout);
  const x = `activations${parity}`;
  const d = `deltas${1 - parity}`;
  const load =
    merged &&
    ((i: number): string =>
      mergedValue(
        merged.division.merge,
        merged.division.paths,
        (start) => `${x}[ai + ${i + start}u]`,
        `i + ${i}u`,
      ));
  return `
fn ${merged ? `merged${merged.layer}(images: u32, mix: vec4f)` : `weights${parity}(images: u32)`} {
  let i = (place.tile / place.across) * ${tile.inputs}u;
  let o = (place.tile % place.across) * ${tile.outputs}u;
  if (i >= place.inputs || o >= place.outputs${cutsOff ? ` || i + ${tile.inputs}u <= place.begin` : ''}) { return; }
  let a = place.reads + i;
  let b = place.deltas + o;
  let aStride = place.readsStride;
  let bStride = place.deltasStride;
  ${affineGradient(tile, x, d, load ?? undefined)}
  place.writes = place.weights + i * 4u * place.columns + o;
  place.rows = (1u << (4u * min(${tile.inputs}u, place.inputs - i))) - 1u;
  ${tile.outputs > 1 ? `place.wide = min(${tile.outputs}u, place.outputs - o);` : ''}
  ${cutsOff ? 'place.rows &= ~((1u << (4u * (max(place.begin, i) - i))) - 1u);' : ''}
}`;
}

/** WGSL of a function that sums the gradients of biases, ψ and log o, as weightGradients does for weights. It returns Σψ² under decay. */
export function vectorGradients(parity: 0 | 1): string {
  const x = `activations${parity}`;
  const d = `deltas${1 - parity}`;
  return `
fn vectors${parity}(images: u32, psiDecay: f32) -> f32 {
  let o = place.tile;
  if (o == place.columns) {
    if (place.oMode != O_TRAINED) { return 0.0; }
    place.writes = place.vectors;
    place.rows = ${1 << LENGTH_ROW}u;
    var byLength = 0.0;
    for (var n = 0u; n < images; n++) {
      byLength += ${d}[place.deltas + n * place.deltasStride + place.columns].${DELTA_TAIL.byLength};
    }
    let length = exp(parameters[place.vectors + ${LENGTH_ROW}u * place.columns].x);
    g[${LENGTH_ROW}] = vec4f(byLength * length, 0.0, 0.0, 0.0);
    return 0.0;
  }
  if (o >= place.outputs) { return 0.0; }
  var bias = vec4f();
  var psi = vec4f();
  var tail = place.reads + place.readsStride - 1u;
  var b = place.deltas + o;
  for (var n = 0u; n < images; n++) {
    let dz = ${d}[b];
    bias += dz;
    psi += ${x}[tail].${ACTIVATION_TAIL.scale} * dz;
    tail += place.readsStride;
    b += place.deltasStride;
  }
  place.writes = place.vectors + o;
  place.rows = ${1 << BIAS_ROW}u;
  g[${BIAS_ROW}] = bias;
  if (place.psiMode != PSI_TRAINED && place.psiMode != PSI_DECAY) { return 0.0; }
  place.rows |= ${1 << PSI_ROW}u;
  var squares = 0.0;
  if (place.psiMode == PSI_DECAY) {
    let now = parameters[place.writes + ${PSI_ROW}u * place.columns];
    psi += 2.0 * psiDecay * now;
    squares = dot(now, now);
  }
  g[${PSI_ROW}] = psi;
  return squares;
}`;
}
