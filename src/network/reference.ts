import { energyMeasure } from '../energy/measures';
import type { EnergySite, MeasureId } from '../configuration/schema';
import { activate, activationBackward, intrinsicLengthOf, psiOf } from './activationPass';
import { convolve, convolveBackward } from './convolutionPass';
import { crossEntropy } from './crossEntropy';
import { dotProduct, toFloat64, timesTransposed, transposeArray, type FloatArray } from './linearAlgebra';
import { parameterMask, mergePathActivations, mergePathsBackward } from './merge';
import { zerosLike, type Network, type ParameterTensors } from './network';

export { activate, crossEntropy, intrinsicLengthOf as lengthOf, psiOf };

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

/** The values of a pass that E is measured on, by site. */
const VALUES = { post: 'h', pre: 'z' } as const satisfies Record<EnergySite, keyof ForwardPass>;

/** E of each hidden layer and of the network, under one measure, on post- or pre-activations. */
export function referenceEnergy(
  network: Network,
  pass: ForwardPass,
  measure: MeasureId,
  site: EnergySite = 'post',
): { layers: number[]; energy: number } {
  const by = energyMeasure(measure);
  const layers = pass[VALUES[site]].map((values, l) =>
    by.layer(values, pass.n, network.spec.hidden[l].width),
  );
  return { layers, energy: by.combine(layers) };
}

/** Parts of the loss L = L_CE + λ·E + psiDecay·Σ‖ψ‖² (nats; E in its measure's unit). */
export interface LossParts {
  dataLoss: number;
  energy: number;
  penalty: number;
  psiPenalty: number;
  total: number;
}

export interface Gradients {
  loss: LossParts;
  /** Right answers. */
  correct: number;
  /** Shaped like the parameters; `o` holds the derivative by log o; untrained entries (fixed or off) are 0. */
  tensors: ParameterTensors;
  pass: ForwardPass;
}

/**
 * Backward through weights[l], whose input was `read` [n, its width], for d = ∂L/∂z [n, width]. Writes the gradients
 * of the weights and biases to `tensors`, and ∂L/∂read to `byRead` (which holds zeros) where that is given.
 */
function affineBackward(
  { spec, parameters }: Network,
  l: number,
  { n, picked }: ForwardPass,
  read: Float64Array,
  d: Float64Array,
  tensors: ParameterTensors,
  byRead: Float64Array | null,
): void {
  const w = parameters.weights[l];
  const into = tensors.weights[l];
  const stage = spec.hidden.at(l)?.convolution;
  const chosen = picked.at(l);
  if (stage && chosen) {
    convolveBackward(stage, w, read, chosen, d, n, into, tensors.biases[l], byRead);
    return;
  }
  const dT = transposeArray(d, n, w.rows);
  timesTransposed(dT, w.rows, transposeArray(read, n, w.cols), w.cols, n, into.data);
  parameterMask(spec, l)?.forEach((there, i) => (into.data[i] *= there));
  for (let j = 0; j < w.rows; j++) {
    let sum = 0;
    for (let b = 0; b < n; b++) sum += dT[j * n + b];
    tensors.biases[l][j] = sum;
  }
  if (byRead) timesTransposed(d, n, transposeArray(w.data, w.rows, w.cols), w.cols, w.rows, byRead);
}

/**
 * Writes the gradient of ψ of hidden layer l to `tensors`, from d = ∂L/∂z of the layer above [n, rows]. Returns ∂L/∂s
 * [n] as far as it comes by ψ.
 */
function psiBackward(
  network: Network,
  l: number,
  s: Float64Array,
  d: Float64Array,
  n: number,
  psiDecay: number,
  tensors: ParameterTensors,
): { scalar: Float64Array | null; penalty: number } {
  const psi = psiOf(network, l);
  if (!psi) return { scalar: null, penalty: 0 };
  const rows = psi.length;
  const scalar = Float64Array.from({ length: n }, (_, b) => dotProduct(d, b * rows, psi, 0, rows));
  const mode = network.spec.hidden[l].psi;
  if (mode === 'fixed') return { scalar, penalty: 0 };
  const dT = transposeArray(d, n, rows);
  let penalty = 0;
  for (let j = 0; j < rows; j++) {
    tensors.psi[l][j] = dotProduct(dT, j * n, s, 0, n);
    if (mode !== 'decay') continue;
    tensors.psi[l][j] += 2 * psiDecay * psi[j];
    penalty += psiDecay * psi[j] * psi[j];
  }
  return { scalar, penalty };
}

/** What the loss is made of besides cross-entropy; E on post-activations where `site` is left out. */
export interface LossSettings {
  lambda: number;
  measure: MeasureId;
  site?: EnergySite;
  psiDecay: number;
}

/**
 * The loss and its analytic gradient in float64, for inputs x [n, inputs] and labels [n], which are numbers of outputs
 * (see data/tasks.ts where the network has blocks): cross-entropy, λ·E and ψ decay, through every activation, merged
 * paths, normalisation and convolutions.
 */
export function gradients(
  network: Network,
  x: FloatArray,
  labels: ArrayLike<number>,
  { lambda, measure, site = 'post', psiDecay }: LossSettings,
): Gradients {
  const { spec } = network;
  const n = labels.length;
  const inputs = toFloat64(x);
  const pass = referenceForward(network, inputs, n);
  const by = energyMeasure(measure);
  const layers = spec.hidden.length;
  const tensors = zerosLike(spec);
  const data = crossEntropy(pass.logits, labels, n, spec.outputs, spec.blocks?.length);
  let d = data.gradient;
  let psiPenalty = 0;
  for (let l = layers; l > 0; l--) {
    const below = spec.hidden[l - 1];
    const [z, h, s, rms] = [pass.z[l - 1], pass.h[l - 1], pass.s[l - 1], pass.rms[l - 1]];
    const read = mergePathActivations(below, h, n);
    const byRead = new Float64Array(read.length);
    affineBackward(network, l, pass, read, d, tensors, byRead);
    const { scalar, penalty } = psiBackward(network, l - 1, s, d, n, psiDecay, tensors);
    psiPenalty += penalty;
    d = mergePathsBackward(below, h, byRead, n);
    if (lambda !== 0 && site === 'post') by.addGradient(h, n, below.width, layers, lambda, d);
    const byO = activationBackward(network, l - 1, n, z, { h, s, rms }, d, scalar);
    if (below.o === 'trained') tensors.o[l - 1] = byO * intrinsicLengthOf(network, l - 1);
    if (lambda !== 0 && site === 'pre') by.addGradient(z, n, below.width, layers, lambda, d);
  }
  affineBackward(network, 0, pass, inputs.subarray(0, n * spec.inputs), d, tensors, null);
  const { energy } = referenceEnergy(network, pass, measure, site);
  const penalty = lambda * energy;
  return {
    loss: { dataLoss: data.loss, energy, penalty, psiPenalty, total: data.loss + penalty + psiPenalty },
    correct: data.correct,
    tensors,
    pass,
  };
}
