import { isotropicOf } from '../../activations/lookup';
import { dotProduct, toFloat64, timesTransposed, type FloatArray } from '../../network/linearAlgebra';
import type { Matrix, Network } from '../../network/network';
import { intrinsicLengthOf, psiOf } from '../../network/reference';
import { requireIsotropic } from './singleUnit';

/** A weight matrix as it is applied: whole, or as the vector of its diagonal [min(rows, cols)]. */
export type AppliedWeight =
  { kind: 'dense'; weights: Matrix } | { kind: 'diagonal'; rows: number; cols: number; values: Float64Array };

/** The diagonal of a matrix that has nothing else; null otherwise. */
function diagonalOf({ rows, cols, data }: Matrix): Float64Array | null {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) if (i !== j && data[i * cols + j] !== 0) return null;
  return Float64Array.from({ length: Math.min(rows, cols) }, (_, i) => data[i * cols + i]);
}

/** How each weight matrix between hidden layers is applied: those that are exactly diagonal become vectors. */
export function appliedWeights({ parameters }: Network): AppliedWeight[] {
  return parameters.weights.map((weights, l) => {
    const inner = l > 0 && l < parameters.weights.length - 1;
    const values = inner ? diagonalOf(weights) : null;
    return values
      ? { kind: 'diagonal', rows: weights.rows, cols: weights.cols, values }
      : { kind: 'dense', weights };
  });
}

function apply(applied: AppliedWeight, input: Float64Array, n: number): Float64Array {
  if (applied.kind === 'dense') {
    const { rows, cols, data } = applied.weights;
    const out = new Float64Array(n * rows);
    timesTransposed(input, n, data, rows, cols, out);
    return out;
  }
  const { rows, cols, values } = applied;
  const out = new Float64Array(n * rows);
  for (let b = 0; b < n; b++)
    for (let i = 0; i < values.length; i++) out[b * rows + i] = values[i] * input[b * cols + i];
  return out;
}

/**
 * Forward pass of an isotropic network over x [n, inputs] with diagonal matrices applied as vectors: logits [n, outputs]. A pass of
 * its own, which never builds or reads the zeros it saves. Throws on elementwise networks.
 */
export function sparseForward(
  network: Network,
  applied: readonly AppliedWeight[],
  x: FloatArray,
  n: number,
): Float64Array {
  requireIsotropic(network, 'The sparse forward pass');
  const { scale } = isotropicOf(network.spec.activation);
  const { biases } = network.parameters;
  let input = toFloat64(x);
  let s = new Float64Array(n);
  for (let l = 0; ; l++) {
    const z = apply(applied[l], input, n);
    const bias = biases[l];
    const width = bias.length;
    const psi = l > 0 ? psiOf(network, l - 1) : null;
    for (let b = 0; b < n; b++)
      for (let j = 0; j < width; j++) z[b * width + j] += bias[j] + (psi ? s[b] * psi[j] : 0);
    if (l === applied.length - 1) return z;
    const length = intrinsicLengthOf(network, l);
    s = Float64Array.from({ length: n }, (_, b) =>
      scale(length + dotProduct(z, b * width, z, b * width, width)),
    );
    for (let b = 0; b < n; b++) for (let j = 0; j < width; j++) z[b * width + j] *= s[b];
    input = z;
  }
}
