/** What every engine of the benchmark does: the same network, loss, optimiser, start and batches. */
import type { DataSource } from '../src/data/source';
import { gatherImages, gatherLabels } from '../src/data/gather';
import { convolutionLayer, pooledSize, type Planes } from '../src/network/convolution';
import { initialTrainingState, seededStart } from '../src/network/initialise';
import type { TrainingState } from '../src/network/network';
import { seededRandom } from '../src/network/random';
import type { HiddenSpec, NetworkSpec } from '../src/network/spec';
import type { StepSettings } from '../src/training/engine';
import { noiseData } from '../src/training/noiseData';

/** What all of them are set to: the weight of the energy, the intrinsic length, Adam's rate. */
export const LAMBDA = 1e-2;
export const O = 1e-6;
export const LEARNING_RATE = 1e-3;
const DISTINCT_BATCHES = 8;

/** A network, dense layers isotropic with o fixed and ψ off, and the batches it sees, over and over. */
export interface Problem {
  batch: number;
  state: TrainingState;
  data: DataSource;
  /** [batches][batch] image indices. */
  indices: Uint32Array[];
}

/** The same settings as the lab's engines take them. */
export const CONTROLS: StepSettings = {
  lambda: LAMBDA,
  measure: 'mean-square',
  psiDecay: 0,
  optimiser: { id: 'adam', learningRate: LEARNING_RATE, weightDecay: 0, decayAll: false, momentum: 0 },
};

/** Side of the square pictures that convolutions read. */
export const sideOf = ({ data }: Pick<Problem, 'data'>): number => Math.sqrt(data.size);

/**
 * The problem of a network written as its layers with dashes between, inputs first, classes last, `c8` a convolution of 8 channels:
 * its start and its random images come of fixed seeds.
 */
export function problemOf(network: string, batch: number): Problem {
  const layers = network.split('-');
  const [inputs, outputs] = [Number(layers[0]), Number(layers[layers.length - 1])];
  let planes: Planes = { channels: 1, height: Math.sqrt(inputs), width: Math.sqrt(inputs) };
  const hidden = layers.slice(1, -1).map((layer): HiddenSpec => {
    if (!layer.startsWith('c')) return { width: Number(layer), o: 'fixed', psi: 'off' };
    const stage = {
      inChannels: planes.channels,
      inHeight: planes.height,
      inWidth: planes.width,
      channels: Number(layer.slice(1)),
      activation: 'relu' as const,
    };
    planes = { channels: stage.channels, ...pooledSize(stage) };
    return convolutionLayer(stage);
  });
  const spec: NetworkSpec = { inputs, outputs, activation: 'isotropic-tanh', hidden };
  return {
    batch,
    state: initialTrainingState(
      seededStart(spec, 'xavier', 7, () => O),
      'adam',
    ),
    data: noiseData(seededRandom(1, 'benchmark'), inputs, outputs, DISTINCT_BATCHES * batch),
    indices: Array.from({ length: DISTINCT_BATCHES }, (_, b) =>
      Uint32Array.from({ length: batch }, (__, i) => b * batch + i),
    ),
  };
}

/**
 * Which row [in] of our weights each row of a peer's is: kernels lie [dy][dx][channel] there, and what is read of a convolution
 * [y][x][channel].
 */
export function peerRows({ state }: Problem, l: number): Int32Array {
  const { hidden } = state.network.spec;
  const { cols } = state.network.parameters.weights[l];
  const own = l < hidden.length ? hidden[l].convolution : undefined;
  const below = l > 0 ? hidden[l - 1].convolution : undefined;
  const [inner, outer] = own
    ? [own.inChannels, 9]
    : below
      ? [below.channels, cols / below.channels]
      : [1, cols];
  return Int32Array.from({ length: cols }, (_, i) => (i % inner) * outer + Math.floor(i / inner));
}

/** The batches as peers take them, made before any clock runs: images [batch, size], one-hot labels [batch, classes]. */
export function ready(problem: Problem): { x: Float32Array; y: Float32Array }[] {
  const { data, batch, indices } = problem;
  return indices.map((own) => {
    const x = new Float32Array(batch * data.size);
    const labels = new Uint8Array(batch);
    gatherImages(data, data.train, own, 0, batch, x);
    gatherLabels(data.train, own, 0, batch, labels);
    const y = new Float32Array(batch * data.classes);
    labels.forEach((label, i) => (y[i * data.classes + label] = 1));
    return { x, y };
  });
}

/** First weights as peers keep them, [in, out] by peerRows, and biases. */
export function start(
  problem: Problem,
): { shape: [number, number]; weights: Float32Array; biases: Float32Array }[] {
  const { weights, biases } = problem.state.network.parameters;
  return weights.map(({ rows, cols, data }, l) => {
    const own = peerRows(problem, l);
    const values = new Float32Array(rows * cols);
    for (let o = 0; o < rows; o++)
      for (let i = 0; i < cols; i++) values[i * rows + o] = data[o * cols + own[i]];
    return { shape: [cols, rows], weights: values, biases: Float32Array.from(biases[l]) };
  });
}

/** One engine at work on a problem. */
export interface Contestant {
  /** Enqueues steps; the batches go round. Returns when the host has done its part (all of it, on the CPU). */
  steps: (count: number) => void | Promise<void>;
  /** Waits for all steps; the mean cross-entropy + λE of the steps since the last call. */
  losses: () => Promise<number[]>;
  /** Weights [in, out] by peerRows and biases, one array each. */
  parameters: () => Promise<Float32Array[]>;
  dispose: () => void;
}

export type EngineName =
  | 'parsimony-webgpu'
  | 'parsimony-wasm'
  | 'parsimony-tfjs-wasm'
  | 'tfjs-webgpu'
  | 'tfjs-wasm'
  | 'jax-webgpu'
  | 'jax-wasm';
