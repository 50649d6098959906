import type { TrainingState } from '../network/network';
import { LIMITS, type NetworkSpec } from '../network/spec';
import { applyBasis, stateWithWidth } from './basis';
import { basesOf, requireHidden } from './diagonalise';
import type { OperationResult, Promised, RemovalMode } from './types';

/** σ and ψ entries below this (relative to σ_max and to 1) leave a removal exact up to rounding. */
const NOTHING = 1e-13;

/** The corrections an exact removal needs but that are off on this hidden layer; none on elementwise networks. */
export function missingCorrections(spec: NetworkSpec, layer: number): ('o' | 'psi')[] {
  requireHidden(spec, layer);
  if (spec.activation !== 'isotropic-tanh') return [];
  const { o, psi } = spec.hidden[layer];
  return [...(o === 'off' ? ['o' as const] : []), ...(psi === 'off' ? ['psi' as const] : [])];
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** What the removed units leave behind: Σb*² and w*·b* summed over units (facts §2.4). */
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

/** Puts the remains into o and ψ of the cut state, in place; returns whether all of them found a place. */
function correct(
  cut: TrainingState,
  layer: number,
  { bSquared, psi }: Remains,
  where: RemovalMode,
  words: string[],
): boolean {
  const { spec, parameters } = cut.network;
  const own = spec.hidden[layer];
  const name = `hidden layer ${layer + 1}`;
  const psiNorm = Math.sqrt(psi.reduce((sum, v) => sum + v * v, 0));
  let complete = true;
  if (bSquared > 0) {
    if (own.o !== 'off') {
      parameters.o[layer] += bSquared;
      words.push(`o of ${name} grew by b*² = ${short(bSquared)}.`);
    } else if (where === 'exact') {
      own.o = 'fixed';
      parameters.o[layer] = bSquared;
      words.push(`o of ${name} switched from off to fixed at b*² = ${short(bSquared)}.`);
    } else {
      complete = false;
      words.push(`o of ${name} is off: b*² = ${short(bSquared)} was left out.`);
    }
  }
  if (psiNorm > 0) {
    if (own.psi === 'off' && where === 'approximate') {
      complete = false;
      words.push(`ψ of ${name} is off: w*·b* (size ${short(psiNorm)}) was left out.`);
    } else {
      words.push(
        own.psi === 'off'
          ? `ψ of ${name} switched from off to fixed at w*·b* (size ${short(psiNorm)}).`
          : `ψ of ${name} gained w*·b* (size ${short(psiNorm)}).`,
      );
      if (own.psi === 'off') own.psi = 'fixed';
      for (let j = 0; j < psi.length; j++) parameters.psi[layer][j] += psi[j];
    }
  }
  return complete;
}

/** Largest |ψ| entry that goes with the removed units (added by the layer below). */
function droppedPsi(turned: TrainingState, layer: number, width: number): number {
  if (layer === 0) return 0;
  return turned.network.parameters.psi[layer - 1]
    .subarray(width)
    .reduce((largest, v) => Math.max(largest, Math.abs(v)), 0);
}

/**
 * Neurodegeneration (facts §2.4): left-diagonalises hidden layer `layer`, drops its last `count` units (smallest σ
 * first in `sigmaRemoved`) and moves their constants b*² into o and w*·b* into ψ of that layer. Where o or ψ is off,
 * `where` decides between switching it to fixed (exact) and leaving the correction out. On elementwise networks the
 * units are simply dropped. Throws when fewer than 2 units would stay.
 */
export function remove(
  state: TrainingState,
  layer: number,
  count: number,
  where: RemovalMode,
): OperationResult {
  const { spec } = state.network;
  requireHidden(spec, layer);
  const before = spec.hidden[layer].width;
  const width = before - count;
  if (!Number.isInteger(count) || count < 1) throw new Error(`Cannot remove ${count} units.`);
  if (width < LIMITS.minWidth)
    throw new Error(
      `Hidden layer ${layer + 1} has ${before} units and ${LIMITS.minWidth} must stay: at most ${Math.max(0, before - LIMITS.minWidth)} can be removed.`,
    );
  const { r, sigma } = basesOf(state.network, { kind: 'left', layer });
  const turned = applyBasis(state, layer, r);
  const cut = stateWithWidth(turned, layer, width);
  // Units beyond the rank's reach (a layer wider than its input) have σ = 0.
  const sigmaRemoved = Array.from({ length: count }, (_, i) => sigma[before - 1 - i] ?? 0);
  if (spec.activation !== 'isotropic-tanh')
    return {
      state: cut,
      promise: 'none',
      sigmaRemoved,
      corrections: ['Elementwise units have no o and ψ to take over their constants.'],
    };
  const corrections: string[] = [];
  const complete = correct(cut, layer, remains(turned, layer, width), where, corrections);
  const lost = droppedPsi(turned, layer, width);
  if (lost > NOTHING)
    corrections.push(
      `ψ of hidden layer ${layer} fed the removed units (up to ${short(lost)}); that part is lost.`,
    );
  const inert = sigmaRemoved.every((s) => s <= NOTHING * sigma[0]);
  const promise: Promised = !complete ? 'none' : inert && lost <= NOTHING ? 'exact' : 'first-order';
  return { state: cut, promise, sigmaRemoved, corrections };
}
