import { isIsotropicActivation, isotropicOf } from '../../activations/lookup';
import { dotProduct, timesTransposed } from '../../network/linearAlgebra';
import type { Network } from '../../network/network';
import { referenceForward, referenceForwardFrom, intrinsicLengthOf, psiOf } from '../../network/reference';
import { networkInBasis, requireHidden } from '../operations/basis';
import { basisTargets } from '../operations/diagonalise';
import type { ProbeInputs } from '../types';

/** Which of the two constants a removed unit leaves behind are moved to where they belong: b*² to o, w*·b* to ψ. */
export interface RemovalCorrections {
  o: boolean;
  psi: boolean;
}

/**
 * A hidden layer in its diagonal basis with one forward pass of the probe kept, so that single units can be removed and only the
 * layers above run again. An elementwise network has no other basis: its units stay those it has.
 */
export interface CachedHiddenLayer {
  network: Network;
  layer: number;
  n: number;
  width: number;
  /** Size of the next layer. */
  next: number;
  /** σ of each unit, 0 for units beyond the rank's reach; row norms on an elementwise network. */
  sigma: Float64Array;
  /** Pre-activations and activations [n, width], and the logits [n, outputs]. */
  z: Float64Array;
  h: Float64Array;
  logits: Float64Array;
  /** The product of the next weights with z (with h on an elementwise network), without biases and ψ [n, next]. */
  carried: Float64Array;
  /** ‖z‖² of each image [n]. */
  squared: Float64Array;
}

/** Throws a sentence for people unless all hidden layers are isotropic; `what` names the analysis in it. */
export function requireIsotropic({ spec }: Network, what: string): void {
  if (!isIsotropicActivation(spec.activation))
    throw new Error(`${what} needs an isotropic network: with elementwise units the basis cannot be turned.`);
  const divided = spec.hidden.findIndex((hidden) => hidden.paths);
  if (divided >= 0)
    throw new Error(
      `${what} needs an isotropic network, and hidden layer ${divided + 1} is divided into parallel paths, whose units act one by one.`,
    );
}

/**
 * Prepares a hidden layer for removals of single units, with one forward pass over the probe. Throws where there is no
 * such layer.
 */
export function cacheHiddenLayer(network: Network, layer: number, probe: ProbeInputs): CachedHiddenLayer {
  requireHidden(network.spec, layer);
  const { width } = network.spec.hidden[layer];
  const sigma = new Float64Array(width);
  let turned = network;
  if (isIsotropicActivation(network.spec.activation)) {
    const bases = basisTargets(network, { kind: 'left', layer });
    turned = networkInBasis(network, layer, bases.r);
    sigma.set(bases.sigma);
  } else {
    const { data, cols } = network.parameters.weights[layer];
    for (let i = 0; i < width; i++) sigma[i] = Math.sqrt(dotProduct(data, i * cols, data, i * cols, cols));
  }
  const { n } = probe;
  const pass = referenceForward(turned, probe.x, n);
  const above = turned.parameters.weights[layer + 1];
  const z = pass.z[layer];
  const h = pass.h[layer];
  const carried = new Float64Array(n * above.rows);
  const isotropic = isIsotropicActivation(network.spec.activation);
  timesTransposed(isotropic ? z : h, n, above.data, above.rows, width, carried);
  return {
    network: turned,
    layer,
    n,
    width,
    next: above.rows,
    sigma,
    z,
    h,
    logits: pass.logits,
    carried,
    squared: Float64Array.from({ length: n }, (_, b) => dotProduct(z, b * width, z, b * width, width)),
  };
}

/** The outgoing column of a unit, [next]. */
export function outgoingOf({ network, layer, width, next }: CachedHiddenLayer, unit: number): Float64Array {
  const { data } = network.parameters.weights[layer + 1];
  return Float64Array.from({ length: next }, (_, j) => data[j * width + unit]);
}

/**
 * What is left of a layer without one unit: ‖z‖² without it [n], and the product of the next weights with the rest [n,
 * next].
 */
export interface RemainingLayer {
  squared: Float64Array;
  carried: Float64Array;
  outgoing: Float64Array;
}

/** The layer without `unit`, with nothing moved to o or ψ yet. */
export function remainingLayer(bench: CachedHiddenLayer, unit: number): RemainingLayer {
  const { n, width, next, z, h } = bench;
  const source = isIsotropicActivation(bench.network.spec.activation) ? z : h;
  const outgoing = outgoingOf(bench, unit);
  const squared = bench.squared.slice();
  const carried = bench.carried.slice();
  for (let b = 0; b < n; b++) {
    const value = source[b * width + unit];
    squared[b] = Math.max(0, squared[b] - z[b * width + unit] ** 2);
    for (let j = 0; j < next; j++) carried[b * next + j] -= outgoing[j] * value;
  }
  return { squared, carried, outgoing };
}

/**
 * Logits [n, outputs] of an isotropic network whose layer is `rest` and one more pre-activation `unit` [n] (null: none), with
 * `lengthPlus` added to its o and outgoing·`psiPlus` to its ψ, whichever modes they have.
 */
export function logitsWith(
  { network, layer, n, next }: CachedHiddenLayer,
  { squared, carried, outgoing }: RemainingLayer,
  unit: Float64Array | null,
  lengthPlus = 0,
  psiPlus = 0,
): Float64Array {
  const { scale } = isotropicOf(network.spec.activation);
  const length = intrinsicLengthOf(network, layer) + lengthPlus;
  const bias = network.parameters.biases[layer + 1];
  const psi = psiOf(network, layer);
  const out = new Float64Array(n * next);
  for (let b = 0; b < n; b++) {
    const own = unit ? unit[b] : 0;
    const s = scale(length + squared[b] + own * own);
    const value = unit ? own : psiPlus;
    for (let j = 0; j < next; j++) {
      const sum = carried[b * next + j] + outgoing[j] * value + (psi ? psi[j] : 0);
      out[b * next + j] = s * sum + bias[j];
    }
  }
  return referenceForwardFrom(network, layer + 1, out, n);
}

/**
 * Logits [n, outputs] with one unit removed, o and ψ taken as `fixed` at what they are where a correction needs them.
 * Elementwise units have no such places: the unit is simply dropped.
 */
export function logitsWithout(
  bench: CachedHiddenLayer,
  unit: number,
  { o, psi }: RemovalCorrections,
): Float64Array {
  const { network, layer, n, next } = bench;
  const rest = remainingLayer(bench, unit);
  const b = network.parameters.biases[layer][unit];
  if (isIsotropicActivation(network.spec.activation))
    return logitsWith(bench, rest, null, o ? b * b : 0, psi ? b : 0);
  const bias = network.parameters.biases[layer + 1];
  const out = rest.carried.map((value, i) => value + bias[i % next]);
  return referenceForwardFrom(network, layer + 1, out, n);
}
