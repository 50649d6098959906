import { isotropicOf } from '../../activations/lookup';
import {
  dotProduct,
  toFloat64,
  multiplyMatrices,
  timesTransposed,
  type FloatArray,
} from '../../network/linearAlgebra';
import { createMatrix, type Matrix, type Network } from '../../network/network';
import { referenceForward, intrinsicLengthOf, psiOf } from '../../network/reference';
import { logitAccuracy } from '../invariance';
import type { ProbeInputs } from '../types';
import { layeredMultiplies, precomputedMultiplies } from './counts';
import { requireIsotropic } from './singleUnit';
import type { PrecomputedReport } from './types';

/**
 * A generalised isotropic perceptron: z_l = P_{0,l}·A_l·x + Σ_k P_{k,l}·c_{l,k} with P_{k,l} = s_k·…·s_{l−1} and
 * s_l = s(o_l + ‖z_l‖²), all A and c free. An isotropic network with ψ is the case in which they are products of its weights.
 */
export interface Perceptron {
  /** A_l [n_l, inputs] of each hidden layer and of the output. */
  maps: Matrix[];
  /** c_{l,k} [n_l] for k = 0 … l. */
  constants: Float64Array[][];
  /** o in force on each hidden layer. */
  o: number[];
  /** s as a function of o + ‖z‖², the same on all layers. */
  scale: (q: number) => number;
}

const times = (w: Matrix, v: Float64Array): Float64Array =>
  multiplyMatrices(w, { rows: v.length, cols: 1, data: v }).data;

/** The perceptron a network is: A_l = W_l…W_0, c_{l,l} = b_l, c_{l,k} = W_l·c_{l−1,k}, and ψ_{l−1} added to k = l − 1. */
export function perceptronOf(network: Network): Perceptron {
  requireIsotropic(network, 'Precomputing');
  const { weights, biases } = network.parameters;
  const maps: Matrix[] = [];
  const constants: Float64Array[][] = [];
  weights.forEach((w, l) => {
    maps.push(l === 0 ? w : multiplyMatrices(w, maps[l - 1]));
    const carried = l === 0 ? [] : constants[l - 1].map((c) => times(w, c));
    const psi = l > 0 ? psiOf(network, l - 1) : null;
    if (psi) carried[l - 1] = carried[l - 1].map((value, j) => value + psi[j]);
    constants.push([...carried, biases[l]]);
  });
  const { scale } = isotropicOf(network.spec.activation);
  return { maps, constants, o: network.spec.hidden.map((_, l) => intrinsicLengthOf(network, l)), scale };
}

/**
 * The same function with one hidden layer more, at place `at`, that adds nothing, because its scalar is s(0). So deeper perceptrons
 * contain the shallower ones. Throws for activations whose s(0) is not 1.
 */
export function withExtraLayer(
  { maps, constants, o, scale }: Perceptron,
  at: number,
  width: number,
): Perceptron {
  if (scale(0) !== 1) throw new Error(`A layer that adds nothing needs s(0) = 1, not ${scale(0)}.`);
  const inputs = maps[0].cols;
  const zero = (l: number): Float64Array => new Float64Array(maps[l].rows);
  const later = constants.slice(at).map((terms, i) => {
    // The new scalar stands between those of hidden layers at − 1 and at: terms from `at` on move up by one.
    return [...terms.slice(0, at), zero(at + i), ...terms.slice(at)];
  });
  return {
    maps: [...maps.slice(0, at), createMatrix(width, inputs), ...maps.slice(at)],
    constants: [
      ...constants.slice(0, at),
      Array.from({ length: at + 1 }, () => new Float64Array(width)),
      ...later,
    ],
    o: [...o.slice(0, at), 0, ...o.slice(at)],
    scale,
  };
}

/** All A_l·x at once: one stacked matrix times the images, [n, Σ n_l]. */
function stackedProduct(maps: readonly Matrix[], x: FloatArray, n: number): Float64Array {
  const rows = maps.reduce((sum, a) => sum + a.rows, 0);
  const { cols } = maps[0];
  const stacked = new Float64Array(rows * cols);
  let at = 0;
  for (const { data } of maps) {
    stacked.set(data, at);
    at += data.length;
  }
  const out = new Float64Array(n * rows);
  timesTransposed(toFloat64(x), n, stacked, rows, cols, out);
  return out;
}

/**
 * ‖Σ_k p_k·v_k‖² from Gram entries, row k holding ⟨v_k, v_k⟩ at k and *twice* ⟨v_j, v_k⟩ at j < k. The last weight is 1 and costs
 * no multiplication.
 */
function lengthSquared(p: Float64Array, gram: readonly Float64Array[], last: number): number {
  let sum = 0;
  for (let k = 0; k < last; k++) {
    let row = p[k] * gram[k][k];
    for (let j = 0; j < k; j++) row += p[j] * gram[k][j];
    sum += p[k] * row;
  }
  sum += gram[last][last];
  for (let j = 0; j < last; j++) sum += p[j] * gram[last][j];
  return Math.max(0, sum);
}

/** Gram entries of the constants k ≥ 1 of one layer, as `lengthSquared` reads them; those with v_0 = A·x + c_0 are left open. */
function constantGram(terms: readonly Float64Array[]): Float64Array[] {
  return terms.map((c, k) =>
    Float64Array.from({ length: k + 1 }, (_, j) =>
      j === 0 ? 0 : (j === k ? 1 : 2) * dotProduct(c, 0, terms[j], 0, c.length),
    ),
  );
}

/**
 * Logits [n, outputs] of a perceptron: one product for all layers and the Gram entries of each image, none of which waits for
 * another; then the scalars in turn, from these entries alone; then the logits as a weighted sum.
 */
export function evaluatePerceptron(
  { maps, constants, o, scale }: Perceptron,
  x: FloatArray,
  n: number,
): Float64Array {
  const depth = o.length;
  const product = stackedProduct(maps, x, n);
  const stride = maps.reduce((sum, a) => sum + a.rows, 0);
  const outputs = maps[depth].rows;
  const grams = constants.slice(0, depth).map(constantGram);
  const logits = new Float64Array(n * outputs);
  const p = new Float64Array(depth + 1);
  for (let b = 0; b < n; b++) {
    const image = product.subarray(b * stride, (b + 1) * stride);
    let at = 0;
    for (let l = 0; l <= depth; l++) {
      const terms = constants[l];
      const v = image.subarray(at, (at += maps[l].rows));
      for (let j = 0; j < v.length; j++) v[j] += terms[0][j];
      if (l === depth) break;
      for (let k = 0; k <= l; k++) {
        const entry = dotProduct(v, 0, k === 0 ? v : terms[k], 0, v.length);
        grams[l][k][0] = k === 0 ? entry : entry + entry;
      }
    }
    p[0] = 1;
    for (let l = 0; l < depth; l++) {
      const s = scale(o[l] + lengthSquared(p, grams[l], l));
      for (let k = 0; k < l; k++) p[k] *= s;
      p[l] = s;
      p[l + 1] = 1;
    }
    const last = image.subarray(stride - outputs);
    for (let j = 0; j < outputs; j++) {
      let sum = depth > 0 ? constants[depth][depth][j] + p[0] * last[j] : last[j];
      for (let k = 1; k < depth; k++) sum += p[k] * constants[depth][k][j];
      logits[b * outputs + j] = sum;
    }
  }
  return logits;
}

/** Logits [n, outputs] of W_L…W_0·x: what an isotropic network's argmax follows once every bias and ψ is 0. */
export function linearLogits({ maps }: Perceptron, x: FloatArray, n: number): Float64Array {
  return stackedProduct(maps.slice(-1), x, n);
}

/** A network evaluated as a perceptron against its layered pass, and how far its answers are those of the linear map it contains. */
export function precomputedReport(network: Network, probe: ProbeInputs): PrecomputedReport {
  const perceptron = perceptronOf(network);
  const { n, x } = probe;
  const { outputs } = network.spec;
  const layered = referenceForward(network, x, n).logits;
  const logits = evaluatePerceptron(perceptron, x, n);
  const linear = linearLogits(perceptron, x, n);
  const labels = Array.from({ length: n }, (_, b) => probe.labels[b]);
  const answers = Array.from({ length: n }, (_, b) => {
    const own = layered.subarray(b * outputs, (b + 1) * outputs);
    return own.indexOf(own.reduce((top, value) => Math.max(top, value), -Infinity));
  });
  const { parallel, recursion } = precomputedMultiplies(network.spec);
  return {
    n,
    maxAbsLogit: layered.reduce((top, value, i) => Math.max(top, Math.abs(value - logits[i])), 0),
    layeredMultiplies: layeredMultiplies(network.spec),
    parallelMultiplies: parallel,
    recursionMultiplies: recursion,
    layeredSteps: network.spec.hidden.length + 1,
    accuracy: logitAccuracy(linear, labels, n, outputs),
    linearAgreement: logitAccuracy(linear, answers, n, outputs),
  };
}
