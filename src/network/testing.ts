import { gradients } from '../energy/loss';
import { convolutionLayer, pooledSize } from './convolution';
import { initialNetwork, seededStart } from './initialise';
import { parameterMask } from './merge';
import { cloneNetwork, type Network } from './network';
import { seededRandom } from './random';
import type { ActivationId } from '../activations/lookup';
import {
  hasPsi,
  type HiddenSpec,
  type Merge,
  type NetworkSpec,
  type OMode,
  type PathSpec,
  type PsiMode,
} from './spec';

/** A small network with every parameter away from zero, and a probe batch: for tests only. */
export function exampleNetwork(options: {
  hidden: number[];
  inputs?: number;
  outputs?: number;
  activation?: ActivationId;
  o?: OMode;
  psi?: PsiMode;
  seed?: number;
  n?: number;
}): { network: Network; x: Float64Array; labels: Uint8Array; n: number } {
  const { inputs = 7, outputs = 4, seed = 1, n = 16 } = options;
  const rng = seededRandom(seed, 'example');
  const network = initialNetwork(
    {
      hidden: options.hidden,
      activation: options.activation ?? 'isotropic-tanh',
      oMode: options.o ?? 'trained',
      o: [0.3],
      psi: options.psi ?? 'trained',
      initialisation: 'xavier',
      seed,
    },
    inputs,
    outputs,
  );
  const { parameters, spec } = network;
  for (const bias of parameters.biases) for (let j = 0; j < bias.length; j++) bias[j] = 0.5 * rng.normal();
  spec.hidden.forEach((layer, l) => {
    if (!hasPsi(layer.psi)) return;
    for (let j = 0; j < parameters.psi[l].length; j++) parameters.psi[l][j] = 0.3 * rng.normal();
  });
  const x = Float64Array.from({ length: n * inputs }, () => rng.normal());
  const labels = Uint8Array.from({ length: n }, () => rng.integer(outputs));
  return { network, x, labels, n };
}

/** A layer divided into paths given as [width, activation, from]. */
export function dividedLayer(
  paths: [PathSpec['width'], PathSpec['activation'], PathSpec['from']][],
  merge?: Merge,
): HiddenSpec {
  return {
    width: paths.reduce((sum, [width]) => sum + width, 0),
    o: 'off',
    psi: 'off',
    paths: paths.map(([width, activation, from]) => ({ width, activation, from })),
    ...(merge && { merge }),
  };
}

/** Two pathways, two layers deep, of widths f₁, s₁ and f₂, s₂, met before the output. */
export function twoPathways(
  inputs: number,
  [f1, s1, f2, s2]: [number, number, number, number],
  outputs: number,
  merge?: Merge,
): NetworkSpec {
  const first = dividedLayer([
    [f1, 'relu', null],
    [s1, 'tanh', null],
  ]);
  const second = dividedLayer(
    [
      [f2, 'relu', 0],
      [s2, 'tanh', 1],
    ],
    merge,
  );
  return { inputs, outputs, activation: 'relu', hidden: [first, second] };
}

/** Three pathways T − V + μ·C of width h, then a layer of width ⌈h/2⌉. */
export function threePathways(inputs: number, h: number, outputs: number, mu: number): NetworkSpec {
  const paths = dividedLayer(
    [
      [h, 'relu', null],
      [h, 'softplus', null],
      [h, 'sigmoid', null],
    ],
    { kind: 'add', coefficients: [1, -1, mu] },
  );
  const half: HiddenSpec = { width: Math.ceil(h / 2), o: 'off', psi: 'off' };
  return { inputs, outputs, activation: 'relu', hidden: [paths, half] };
}

/** Convolution stages on planes [channels][height][width], then dense layers. */
export function convolutionalLayers(
  [inChannels, height, width]: [channels: number, height: number, width: number],
  channels: number[],
  dense: number[],
  outputs: number,
  activation: 'relu' | 'tanh' = 'relu',
): NetworkSpec {
  let below = { inChannels, inHeight: height, inWidth: width };
  const stages = channels.map((count) => {
    const stage = { ...below, channels: count, activation };
    const size = pooledSize(stage);
    below = { inChannels: count, inHeight: size.height, inWidth: size.width };
    return convolutionLayer(stage);
  });
  const rest = dense.map((own): HiddenSpec => ({ width: own, o: 'off', psi: 'off' }));
  return { inputs: inChannels * height * width, outputs, activation, hidden: [...stages, ...rest] };
}

/** A network of this description with every parameter that is there away from zero, and a probe batch. */
export function exampleOf(spec: NetworkSpec, seed = 1, n = 16) {
  const rng = seededRandom(seed, 'example');
  const network = seededStart(spec, 'xavier', seed, () => 0.3);
  for (const bias of network.parameters.biases) bias.forEach((_, j) => (bias[j] = 0.5 * rng.normal()));
  spec.hidden.forEach((layer, l) => {
    const psi = network.parameters.psi[l];
    if (hasPsi(layer.psi)) psi.forEach((_, j) => (psi[j] = 0.3 * rng.normal()));
  });
  const x = Float64Array.from({ length: n * spec.inputs }, () => rng.normal());
  const labels = Uint8Array.from({ length: n }, () => rng.integer(spec.outputs));
  return { network, x, labels, n };
}

/** Largest difference between the analytic gradient and central differences, relative to the gradient's size. */
export function gradientError(
  { network, x, labels }: ReturnType<typeof exampleNetwork>,
  by: Parameters<typeof gradients>[3],
  step = 1e-5,
): number {
  const { tensors } = gradients(network, x, labels, by);
  const loss = (changed: Network): number => gradients(changed, x, labels, by).loss.total;
  const { hidden } = network.spec;
  let worst = 0;
  let size = 1e-6;
  const check = (analytic: number, change: (p: Network['parameters'], sign: number) => void): void => {
    const shifted = (sign: number): Network => {
      const copy = cloneNetwork(network);
      change(copy.parameters, sign);
      return copy;
    };
    const numeric = (loss(shifted(1)) - loss(shifted(-1))) / (2 * step);
    worst = Math.max(worst, Math.abs(numeric - analytic));
    size = Math.max(size, Math.abs(analytic));
  };
  tensors.weights.forEach((w, l) => {
    const mask = parameterMask(network.spec, l);
    for (let i = 0; i < w.data.length; i += 3)
      if (mask?.[i] !== 0) check(w.data[i], (p, sign) => (p.weights[l].data[i] += sign * step));
  });
  tensors.biases.forEach((b, l) => {
    b.forEach((g, j) => check(g, (p, sign) => (p.biases[l][j] += sign * step)));
  });
  hidden.forEach((layer, l) => {
    if (layer.psi === 'trained' || layer.psi === 'decay')
      tensors.psi[l].forEach((g, j) => check(g, (p, sign) => (p.psi[l][j] += sign * step)));
    if (layer.o === 'trained') check(tensors.o[l], (p, sign) => (p.o[l] *= Math.exp(sign * step)));
  });
  return worst / size;
}
