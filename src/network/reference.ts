import { activate, intrinsicLengthOf, psiOf } from './activationPass';
import { convolve } from './convolutionPass';
import { crossEntropy } from './crossEntropy';
import { toFloat64, timesTransposed, type FloatArray } from './linearAlgebra';
import { mergePathActivations } from './merge';
import type { Network } from './network';

export { activate, crossEntropy, intrinsicLengthOf, psiOf };

/** A float64 forward pass over n images; z (pre-activation, of a convolution after pooling) and h (before a merge) are [n, width]. */
export interface ForwardPass {
  n: number;
  /** [n, outputs] */
  logits: Float64Array;
  z: Float64Array[];
  /** The isotropic scalar of each image [n]; empty on elementwise layers. */
  s: Float64Array[];
  h: Float64Array[];
  /** What each image's activations were divided by [n]; empty where a layer is not normalised. */
  rms: Float64Array[];
  /**
   * Of convolutions, which of its four places each unit was the largest at (see PooledOutput); null on other layers.
   */
  picked: (Uint8Array | null)[];
}

/**
 * What weights[l] writes from its inputs [n, read]: pre-activations [n, width], of a convolution after pooling. `s` [n] is the scalar of
 * the layer below, for its ψ.
 */
export function referenceAffine(
  network: Network,
  l: number,
  input: Float64Array,
  s: Float64Array,
  n: number,
): Float64Array {
  const { weights, biases } = network.parameters;
  const w = weights[l];
  const stage = network.spec.hidden.at(l)?.convolution;
  if (stage) return convolve(stage, w, biases[l], input, n).z;
  const out = new Float64Array(n * w.rows);
  timesTransposed(input, n, w.data, w.rows, w.cols, out);
  const bias = biases[l];
  const psi = l > 0 ? psiOf(network, l - 1) : null;
  for (let b = 0; b < n; b++) {
    const at = b * w.rows;
    for (let j = 0; j < w.rows; j++) out[at + j] += bias[j];
    if (psi) for (let j = 0; j < w.rows; j++) out[at + j] += s[b] * psi[j];
  }
  return out;
}

/**
 * The float64 forward pass over inputs x [n, inputs], which all engines are compared with. Throws where x is too
 * short.
 */
export function referenceForward(network: Network, x: FloatArray, n: number): ForwardPass {
  const { spec } = network;
  if (x.length < n * spec.inputs)
    throw new Error(`${n} images of ${spec.inputs} inputs need ${n * spec.inputs} values, got ${x.length}.`);
  const pass: ForwardPass = { n, logits: new Float64Array(0), z: [], s: [], h: [], rms: [], picked: [] };
  const { weights, biases } = network.parameters;
  let input = toFloat64(x);
  let scalar: Float64Array = new Float64Array(0);
  spec.hidden.forEach((layer, l) => {
    const pooled = layer.convolution && convolve(layer.convolution, weights[l], biases[l], input, n);
    const z = pooled ? pooled.z : referenceAffine(network, l, input, scalar, n);
    const { h, s, rms } = activate(network, l, z, n);
    pass.z.push(z);
    pass.s.push(s);
    pass.h.push(h);
    pass.rms.push(rms);
    pass.picked.push(pooled?.picked ?? null);
    input = mergePathActivations(layer, h, n);
    scalar = s;
  });
  return { ...pass, logits: referenceAffine(network, spec.hidden.length, input, scalar, n) };
}

/** The rest of a forward pass: logits [n, outputs] when the pre-activations of layer `from` are z [n, width]; z itself when that is the output layer. */
export function referenceForwardFrom(
  network: Network,
  from: number,
  z: Float64Array,
  n: number,
): Float64Array {
  let out = z;
  for (let l = from; l < network.spec.hidden.length; l++) {
    const { h, s } = activate(network, l, out, n);
    out = referenceAffine(network, l + 1, mergePathActivations(network.spec.hidden[l], h, n), s, n);
  }
  return out;
}
