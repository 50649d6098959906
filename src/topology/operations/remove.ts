import { isIsotropicActivation } from '../../activations/lookup';
import { roundedNumber } from '../../drawing/format';
import { createMatrix, type Matrix, type TrainingState } from '../../network/network';
import { referenceForward } from '../../network/reference';
import { hasPsi, NETWORK_LIMITS, type NetworkSpec } from '../../network/spec';
import { applyBasis, requireHidden, stateWithWidth } from './basis';
import { allSigma, chosenUnits, removalScores, requireProbe } from '../adaptation/criteria';
import { orderedRows, svd, type Svd } from '../linear/svd';
import type { Operation, OperationOptions, OperationResult, InvariancePromise, RemovalMode } from '../types';

/** σ and ψ entries below this (relative to σ_max and to 1) leave a removal exact up to rounding. */
const NOTHING = 1e-13;

/**
 * The corrections an exact removal needs but that are off on this hidden layer; none on elementwise networks, and no ψ in
 * mode `expectation`, which has an answer of its own.
 */
export function missingCorrections(spec: NetworkSpec, layer: number): ('o' | 'psi')[] {
  requireHidden(spec, layer);
  if (!isIsotropicActivation(spec.activation)) return [];
  const { o, psi } = spec.hidden[layer];
  return [...(o === 'off' ? ['o' as const] : []), ...(psi === 'off' ? ['psi' as const] : [])];
}

/** What the removed units leave behind: Σb*² and w*·b* summed over units. */
interface Remains {
  bSquared: number;
  psi: Float64Array;
}

function remains(turned: TrainingState, layer: number, width: number): Remains {
  const { weights, biases } = turned.network.parameters;
  const out = weights[layer + 1];
  const psi = new Float64Array(out.rows);
  let bSquared = 0;
  for (let i = width; i < biases[layer].length; i++) {
    const b = biases[layer][i];
    bSquared += b * b;
    for (let j = 0; j < out.rows; j++) psi[j] += out.data[j * out.cols + i] * b;
  }
  return { bSquared, psi };
}

/** What a correction has to work with. */
interface Correction {
  cut: TrainingState;
  layer: number;
  where: RemovalMode;
  /** The scalar s of the layer on each probe image before the removal. Throws where there is no probe. */
  scalars: () => Float64Array;
  /** What was done, in sentences; each correction adds its own. */
  words: string[];
}

/** Adds Σb*² to o of the layer that was cut, in place. Returns whether the layer has an o that takes it. */
function correctO({ cut, layer, where, words }: Correction, bSquared: number): boolean {
  const { spec, parameters } = cut.network;
  const own = spec.hidden[layer];
  const name = `hidden layer ${layer + 1}`;
  if (bSquared === 0) return true;
  if (own.o !== 'off') {
    parameters.o[layer] += bSquared;
    words.push(`o of ${name} grew by b*² = ${roundedNumber(bSquared)}.`);
    return true;
  }
  if (where === 'approximate') {
    words.push(`o of ${name} is off: b*² = ${roundedNumber(bSquared)} was left out.`);
    return false;
  }
  own.o = 'fixed';
  parameters.o[layer] = bSquared;
  words.push(`o of ${name} switched from off to fixed at b*² = ${roundedNumber(bSquared)}.`);
  return true;
}

const sizeOf = (v: Float64Array): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));

/**
 * Puts w*·b* into ψ of the cut state or, in mode `expectation`, mean(s)·w*·b* into the next bias, in place; returns whether all
 * of it found a place (an expectation is right on average only).
 */
function correctPsi({ cut, layer, where, scalars, words }: Correction, psi: Float64Array): boolean {
  const { spec, parameters } = cut.network;
  const own = spec.hidden[layer];
  const name = `hidden layer ${layer + 1}`;
  const size = sizeOf(psi);
  if (size === 0) return true;
  if (own.psi === 'expectation') {
    const s = scalars();
    const mean = s.reduce((sum, v) => sum + v, 0) / s.length;
    const bias = parameters.biases[layer + 1];
    for (let j = 0; j < psi.length; j++) bias[j] += mean * psi[j];
    const next = layer + 1 === spec.hidden.length ? 'the outputs' : `hidden layer ${layer + 2}`;
    words.push(
      `The bias of ${next} gained mean(s)·w*·b* (size ${roundedNumber(mean * size)}, s averaged over ${s.length} images): right on average, not for each image.`,
    );
    return false;
  }
  if (own.psi === 'off' && where === 'approximate') {
    words.push(`ψ of ${name} is off: w*·b* (size ${roundedNumber(size)}) was left out.`);
    return false;
  }
  words.push(
    own.psi === 'off'
      ? `ψ of ${name} switched from off to fixed at w*·b* (size ${roundedNumber(size)}).`
      : `ψ of ${name} gained w*·b* (size ${roundedNumber(size)}).`,
  );
  if (own.psi === 'off') own.psi = 'fixed';
  for (let j = 0; j < psi.length; j++) parameters.psi[layer][j] += psi[j];
  return true;
}

/** Largest |ψ| entry that goes with the removed units (added by the layer below). */
function droppedPsi(turned: TrainingState, layer: number, width: number): number {
  const { spec, parameters } = turned.network;
  if (layer === 0 || !hasPsi(spec.hidden[layer - 1].psi)) return 0;
  return parameters.psi[layer - 1].subarray(width).reduce((largest, v) => Math.max(largest, Math.abs(v)), 0);
}

/** The units of a layer with the chosen ones at the end, the first to go last; the others keep their order. */
function chosenLast(width: number, chosen: readonly number[]): number[] {
  const leaving = new Set(chosen);
  const order = Array.from({ length: width }, (_, i) => i).filter((i) => !leaving.has(i));
  return [...order, ...chosen.toReversed()];
}

/** The columns of a matrix in another order. */
function columnsIn(order: readonly number[], r: Matrix): Matrix {
  const out = createMatrix(r.rows, r.cols);
  for (let row = 0; row < r.rows; row++)
    order.forEach((from, to) => {
      out.data[row * r.cols + to] = r.data[row * r.cols + from];
    });
  return out;
}

/** The rows of a matrix in another order. */
function rowsIn(order: readonly number[], { rows, cols, data }: Matrix): Matrix {
  const out = createMatrix(rows, cols);
  order.forEach((from, to) => out.data.set(data.subarray(from * cols, (from + 1) * cols), to * cols));
  return out;
}

function requireCount(spec: NetworkSpec, layer: number, count: number): void {
  requireHidden(spec, layer);
  const { width } = spec.hidden[layer];
  if (!Number.isInteger(count) || count < 1) throw new Error(`Cannot remove ${count} units.`);
  if (width - count < NETWORK_LIMITS.minWidth)
    throw new Error(
      `Hidden layer ${layer + 1} has ${width} units and ${NETWORK_LIMITS.minWidth} must stay: at most ${Math.max(0, width - NETWORK_LIMITS.minWidth)} can be removed.`,
    );
}

/** What to remove: the operation, with what automatic adaptation knows besides. */
export type RemovalRequest = Omit<Extract<Operation, { kind: 'remove' }>, 'kind'> & {
  /** How many of the last units of the diagonal basis are candidates; default all. */
  among?: number;
  /** The decomposition of the layer's weights, where it has been made already. */
  parts?: Svd;
};

/**
 * Neurodegeneration: left-diagonalises hidden layer `layer`, drops `count` units, the smallest by `criterion` (default
 * σ; `seed` is for `random`, default 0), and moves their constants b*² into o and w*·b* into ψ of that layer. Where o or ψ is off,
 * `where` decides between switching it to fixed (exact) and leaving the correction out; ψ mode `expectation` adds mean(s)·w*·b* to
 * the next bias instead, s averaged over the probe. `sigmaRemoved` lists the σ of the units removed, first to go first. On
 * elementwise networks the units are simply dropped. Throws when fewer than 2 units would stay, and without a probe where
 * the criterion or the expectation needs one.
 */
export function removeNeurons(
  state: TrainingState,
  { layer, count, where, criterion = 'sigma', seed = 0, among, parts: known }: RemovalRequest,
  options: OperationOptions = {},
): OperationResult {
  const { spec } = state.network;
  requireCount(spec, layer, count);
  const { probe } = options;
  const width = spec.hidden[layer].width - count;
  const parts = known ?? svd(state.network.parameters.weights[layer]);
  const sigma = allSigma(parts);
  const scores = removalScores(criterion, { network: state.network, layer, parts, probe, seed });
  const chosen = chosenUnits(scores, count, among);
  const order = chosenLast(sigma.length, chosen);
  const own = rowsIn(order, orderedRows(parts));
  const turned = applyBasis(state, layer, columnsIn(order, parts.r), null, options, own);
  const cut = stateWithWidth(turned, layer, width, options);
  const sigmaRemoved = chosen.map((i) => sigma[i]);
  if (!isIsotropicActivation(spec.activation))
    return {
      state: cut,
      promise: 'none',
      sigmaRemoved,
      corrections: ['Elementwise units have no o and ψ to take over their constants.'],
    };
  const corrections: string[] = [];
  const scalars = (): Float64Array => {
    const { x, n } = requireProbe(probe, 'ψ mode “expectation”');
    return referenceForward(state.network, x, n).s[layer];
  };
  const { bSquared, psi } = remains(turned, layer, width);
  const correction: Correction = { cut, layer, where, scalars, words: corrections };
  const complete = [correctO(correction, bSquared), correctPsi(correction, psi)].every(Boolean);
  const lost = droppedPsi(turned, layer, width);
  if (lost > NOTHING)
    corrections.push(
      `ψ of hidden layer ${layer} fed the removed units (up to ${roundedNumber(lost)}); that part is lost.`,
    );
  const inert = sigmaRemoved.every((s) => s <= NOTHING * sigma[0]);
  const promise: InvariancePromise = !complete ? 'none' : inert && lost <= NOTHING ? 'exact' : 'first-order';
  return { state: cut, promise, sigmaRemoved, corrections };
}
