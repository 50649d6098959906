import { activationBackward, intrinsicLengthOf, psiOf } from '../network/activationPass';
import { convolveBackward } from '../network/convolutionPass';
import { crossEntropy } from '../network/crossEntropy';
import {
  dotProduct,
  toFloat64,
  timesTransposed,
  transposeArray,
  type FloatArray,
} from '../network/linearAlgebra';
import { parameterMask, mergePathActivations, mergePathsBackward } from '../network/merge';
import { zerosLike, type Network, type ParameterTensors } from '../network/network';
import { referenceForward, type ForwardPass } from '../network/reference';
import type { EnergySite, MeasureId } from './ids';
import { energyMeasure } from './measures';

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
