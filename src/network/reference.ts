import { energyMeasure } from '../energy/measures';
import type { MeasureId } from '../configuration/schema';
import { ELEMENTWISE, isotropicScale, isotropicSlope } from './activation';
import { dot, float64, timesTransposed, transposed, type Floats } from './linear';
import { maskOf, merged, mergedBackward, pathStarts } from './merge';
import { zerosLike, type Network, type Tensors } from './network';
import { hasPsi, type HiddenSpec } from './spec';

/** A float64 forward pass over n images; z (pre-activation) and h (before a merge) are [n, width], s is [n] (empty on elementwise layers). */
export interface ForwardPass {
  n: number;
  /** [n, outputs] */
  logits: Float64Array;
  z: Float64Array[];
  s: Float64Array[];
  h: Float64Array[];
}

/** o in force on hidden layer l: exactly 0 where it is off or the activation is elementwise. */
export function lengthOf({ spec, parameters }: Network, l: number): number {
  return spec.activation === 'isotropic-tanh' && spec.hidden[l].o !== 'off' ? parameters.o[l] : 0;
}

/** ψ in force on hidden layer l; null where there is none. */
export function psiOf({ spec, parameters }: Network, l: number): Float64Array | null {
  return spec.activation === 'isotropic-tanh' && hasPsi(spec.hidden[l].psi) ? parameters.psi[l] : null;
}

/** Calls `each` with the activation of a path and the index of each of its values, over n images of a layer. */
function overPaths(
  layer: HiddenSpec,
  n: number,
  each: (by: (typeof ELEMENTWISE)['relu'], index: number) => void,
): void {
  const starts = pathStarts(layer);
  layer.paths?.forEach(({ width, activation }, p) => {
    for (let b = 0; b < n; b++) {
      const at = b * layer.width + starts[p];
      for (let i = at; i < at + width; i++) each(ELEMENTWISE[activation], i);
    }
  });
}

/** Activations h of pre-activations z [n, width], with the isotropic scalar s of each image where there is one. */
export function activate(
  network: Network,
  l: number,
  z: Float64Array,
  n: number,
): { h: Float64Array; s: Float64Array } {
  const layer = network.spec.hidden[l];
  if (layer.paths) {
    const h = new Float64Array(z.length);
    overPaths(layer, n, (by, i) => (h[i] = by.value(z[i])));
    return { h, s: new Float64Array(0) };
  }
  switch (network.spec.activation) {
    case 'tanh':
      return { h: z.map(Math.tanh), s: new Float64Array(0) };
    case 'relu':
      return { h: z.map((v) => (v > 0 ? v : 0)), s: new Float64Array(0) };
    case 'isotropic-tanh': {
      const width = z.length / Math.max(1, n);
      const o = lengthOf(network, l);
      const h = new Float64Array(z.length);
      const s = new Float64Array(n);
      for (let b = 0; b < n; b++) {
        const at = b * width;
        s[b] = isotropicScale(o + dot(z, at, z, at, width));
        for (let j = at; j < at + width; j++) h[j] = s[b] * z[j];
      }
      return { h, s };
    }
  }
}

/** What weights[l] writes from its inputs [n, cols]: pre-activations [n, rows]. `s` [n] is the scalar of the layer below, for its ψ. */
export function affine(
  network: Network,
  l: number,
  input: Float64Array,
  s: Float64Array,
  n: number,
): Float64Array {
  const { weights, biases } = network.parameters;
  const w = weights[l];
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

/** The float64 forward pass of facts §1.4 over inputs x [n, inputs], all engines' judge. Throws when x is too short. */
export function forward(network: Network, x: Floats, n: number): ForwardPass {
  const { spec } = network;
  if (x.length < n * spec.inputs)
    throw new Error(`${n} images of ${spec.inputs} inputs need ${n * spec.inputs} values, got ${x.length}.`);
  const z: Float64Array[] = [];
  const s: Float64Array[] = [];
  const h: Float64Array[] = [];
  let input = float64(x);
  let scalar: Float64Array = new Float64Array(0);
  for (let l = 0; l < spec.hidden.length; l++) {
    z.push(affine(network, l, input, scalar, n));
    const active = activate(network, l, z[l], n);
    s.push((scalar = active.s));
    h.push(active.h);
    input = merged(spec.hidden[l], active.h, n);
  }
  return { n, logits: affine(network, spec.hidden.length, input, scalar, n), z, s, h };
}

/** The rest of a forward pass: logits [n, outputs] when the pre-activations of layer `from` are z [n, width]; z itself when that is the output layer. */
export function forwardFrom(network: Network, from: number, z: Float64Array, n: number): Float64Array {
  let out = z;
  for (let l = from; l < network.spec.hidden.length; l++) {
    const { h, s } = activate(network, l, out, n);
    out = affine(network, l + 1, merged(network.spec.hidden[l], h, n), s, n);
  }
  return out;
}

/** E of each hidden layer and of the network, under one measure. */
export function energyOf(
  network: Network,
  pass: ForwardPass,
  measure: MeasureId,
): { layers: number[]; energy: number } {
  const by = energyMeasure(measure);
  const layers = pass.h.map((h, l) => by.layer(h, pass.n, network.spec.hidden[l].width));
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
  tensors: Tensors;
  pass: ForwardPass;
}

/**
 * Mean cross-entropy, right answers, and ∂(mean cross-entropy)/∂logits of logits [n, classes]. With `blocks` equal blocks of
 * outputs each image is scored within the block of its label alone: softmax and right answer there, gradient 0 elsewhere.
 * Labels are outputs (0 … classes−1).
 */
export function crossEntropy(
  logits: Float64Array,
  labels: ArrayLike<number>,
  n: number,
  classes: number,
  blocks = 1,
): { loss: number; correct: number; gradient: Float64Array } {
  const gradient = new Float64Array(n * classes);
  const size = classes / blocks;
  let loss = 0;
  let correct = 0;
  for (let b = 0; b < n; b++) {
    const at = b * classes;
    const from = Math.floor(labels[b] / size) * size;
    let top = from;
    for (let j = from + 1; j < from + size; j++) if (logits[at + j] > logits[at + top]) top = j;
    const highest = logits[at + top];
    let sum = 0;
    for (let j = from; j < from + size; j++) sum += gradient[at + j] = Math.exp(logits[at + j] - highest);
    for (let j = from; j < from + size; j++) gradient[at + j] /= sum * n;
    gradient[at + labels[b]] -= 1 / n;
    loss += Math.log(sum) + highest - logits[at + labels[b]];
    if (top === labels[b]) correct++;
  }
  return { loss: n > 0 ? loss / n : 0, correct, gradient };
}

/** Backward through one hidden layer: turns ∂L/∂h (in place) into ∂L/∂z; returns ∂L/∂o. `scalar` is ∂L/∂s by ψ, or null. */
function activationBackward(
  network: Network,
  l: number,
  pass: ForwardPass,
  d: Float64Array,
  scalar: Float64Array | null,
): number {
  const z = pass.z[l];
  const h = pass.h[l];
  const layer = network.spec.hidden[l];
  if (layer.paths) {
    overPaths(layer, pass.n, (by, i) => (d[i] *= by.slope(z[i], h[i])));
    return 0;
  }
  switch (network.spec.activation) {
    case 'tanh':
      for (let i = 0; i < d.length; i++) d[i] *= 1 - h[i] * h[i];
      return 0;
    case 'relu':
      for (let i = 0; i < d.length; i++) if (z[i] <= 0) d[i] = 0;
      return 0;
    case 'isotropic-tanh': {
      const { width } = layer;
      const o = lengthOf(network, l);
      let byO = 0;
      for (let b = 0; b < pass.n; b++) {
        const at = b * width;
        const g = isotropicSlope(o + dot(z, at, z, at, width));
        const byScale = g * (dot(d, at, z, at, width) + (scalar ? scalar[b] : 0));
        const s = pass.s[l][b];
        byO += 0.5 * byScale;
        for (let j = at; j < at + width; j++) d[j] = s * d[j] + byScale * z[j];
      }
      return byO;
    }
  }
}

/**
 * The loss and its analytic gradient in float64 for inputs x [n, inputs] and labels [n] (outputs; see data/tasks.ts where the
 * network has blocks): cross-entropy, λ·E and ψ decay, through isotropic tanh with o and ψ (facts §1.3, §1.4), elementwise
 * tanh, ReLU or merged paths.
 */
export function gradients(
  network: Network,
  x: Floats,
  labels: ArrayLike<number>,
  settings: { lambda: number; measure: MeasureId; psiDecay: number },
): Gradients {
  const { spec, parameters } = network;
  const n = labels.length;
  const inputs = float64(x);
  const pass = forward(network, inputs, n);
  const measure = energyMeasure(settings.measure);
  const layers = spec.hidden.length;
  const tensors = zerosLike(spec);
  const data = crossEntropy(pass.logits, labels, n, spec.outputs, spec.blocks?.length);
  let d = data.gradient;
  let psiPenalty = 0;
  for (let l = layers; l >= 0; l--) {
    const w = parameters.weights[l];
    const dT = transposed(d, n, w.rows);
    const below = l > 0 ? merged(spec.hidden[l - 1], pass.h[l - 1], n) : inputs.subarray(0, n * w.cols);
    timesTransposed(dT, w.rows, transposed(below, n, w.cols), w.cols, n, tensors.weights[l].data);
    maskOf(spec, l)?.forEach((there, i) => (tensors.weights[l].data[i] *= there));
    for (let j = 0; j < w.rows; j++) {
      let sum = 0;
      for (let b = 0; b < n; b++) sum += dT[j * n + b];
      tensors.biases[l][j] = sum;
    }
    if (l === 0) break;
    const psi = psiOf(network, l - 1);
    const mode = spec.hidden[l - 1].psi;
    let scalar: Float64Array | null = null;
    if (psi) {
      scalar = new Float64Array(n);
      for (let b = 0; b < n; b++) scalar[b] = dot(d, b * w.rows, psi, 0, w.rows);
      if (mode !== 'fixed')
        for (let j = 0; j < w.rows; j++) {
          tensors.psi[l - 1][j] = dot(dT, j * n, pass.s[l - 1], 0, n);
          if (mode === 'decay') {
            tensors.psi[l - 1][j] += 2 * settings.psiDecay * psi[j];
            psiPenalty += settings.psiDecay * psi[j] * psi[j];
          }
        }
    }
    const dMerged = new Float64Array(n * w.cols);
    timesTransposed(d, n, transposed(w.data, w.rows, w.cols), w.cols, w.rows, dMerged);
    const { width } = spec.hidden[l - 1];
    const dBelow = mergedBackward(spec.hidden[l - 1], pass.h[l - 1], dMerged, n);
    if (settings.lambda !== 0) measure.addGradient(pass.h[l - 1], n, width, layers, settings.lambda, dBelow);
    const byO = activationBackward(network, l - 1, pass, dBelow, scalar);
    if (spec.hidden[l - 1].o === 'trained') tensors.o[l - 1] = byO * lengthOf(network, l - 1);
    d = dBelow;
  }
  const { energy } = energyOf(network, pass, settings.measure);
  const penalty = settings.lambda * energy;
  return {
    loss: { dataLoss: data.loss, energy, penalty, psiPenalty, total: data.loss + penalty + psiPenalty },
    correct: data.correct,
    tensors,
    pass,
  };
}
