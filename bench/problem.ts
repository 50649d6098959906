/** What every engine of the benchmark does: the same network, loss, optimiser, start and batches. */
import { gather, gatherLabels } from '../src/data/gather';
import { initialNetwork, initialState } from '../src/network/initialise';
import type { TrainingState } from '../src/network/network';
import { random } from '../src/network/random';
import type { Controls, DataSource } from '../src/training/engine';
import { noise } from '../src/training/noise';

/** What all of them are set to: the weight of the energy, the intrinsic length, Adam's rate. */
export const LAMBDA = 1e-2;
export const O = 1e-6;
export const LEARNING_RATE = 1e-3;
const DISTINCT_BATCHES = 8;

/** A network by its layer sizes, isotropic with o fixed and ψ off, and the batches it sees, over and over. */
export interface Problem {
  sizes: number[];
  batch: number;
  state: TrainingState;
  data: DataSource;
  /** [batches][batch] image indices. */
  indices: Uint32Array[];
}

/** The same settings as the lab's engines take them. */
export const CONTROLS: Controls = {
  lambda: LAMBDA,
  measure: 'mean-square',
  psiDecay: 0,
  optimiser: { id: 'adam', learningRate: LEARNING_RATE, weightDecay: 0, decayAll: false, momentum: 0 },
};

/** The problem of layer `sizes` (inputs first, classes last): its start and its random images come of fixed seeds. */
export function problemOf(sizes: number[], batch: number): Problem {
  const [size, classes] = [sizes[0], sizes[sizes.length - 1]];
  const network = initialNetwork(
    {
      hidden: sizes.slice(1, -1),
      activation: 'isotropic-tanh',
      oMode: 'fixed',
      o: [O],
      psi: 'off',
      initialisation: 'xavier',
      seed: 7,
    },
    size,
    classes,
  );
  return {
    sizes,
    batch,
    state: initialState(network, 'adam'),
    data: noise(random(1, 'benchmark'), size, classes, DISTINCT_BATCHES * batch),
    indices: Array.from({ length: DISTINCT_BATCHES }, (_, b) =>
      Uint32Array.from({ length: batch }, (__, i) => b * batch + i),
    ),
  };
}

/** The batches as peers take them, made before any clock runs: images [batch, size], one-hot labels [batch, classes]. */
export function ready(problem: Problem): { x: Float32Array; y: Float32Array }[] {
  const { data, batch, indices } = problem;
  return indices.map((own) => {
    const x = new Float32Array(batch * data.size);
    const labels = new Uint8Array(batch);
    gather(data, data.train, own, 0, batch, x);
    gatherLabels(data.train, own, 0, batch, labels);
    const y = new Float32Array(batch * data.classes);
    labels.forEach((label, i) => (y[i * data.classes + label] = 1));
    return { x, y };
  });
}

/** First weights as peers keep them, [in, out], and biases. */
export function start(
  problem: Problem,
): { shape: [number, number]; weights: Float32Array; biases: Float32Array }[] {
  const { weights, biases } = problem.state.network.parameters;
  return weights.map(({ rows, cols, data }, l) => {
    const values = new Float32Array(rows * cols);
    for (let o = 0; o < rows; o++) for (let i = 0; i < cols; i++) values[i * rows + o] = data[o * cols + i];
    return { shape: [cols, rows], weights: values, biases: Float32Array.from(biases[l]) };
  });
}

/** One engine at work on a problem. */
export interface Contestant {
  /** Enqueues steps; the batches go round. Returns when the host has done its part (all of it, on the CPU). */
  steps: (count: number) => void | Promise<void>;
  /** Waits for all steps; the mean cross-entropy + λE of the steps since the last call. */
  losses: () => Promise<number[]>;
  /** Weights [in, out] and biases, one array each. */
  parameters: () => Promise<Float32Array[]>;
  dispose: () => void;
}

export type EngineName =
  'parsimony-webgpu' | 'parsimony-tfjs-wasm' | 'tfjs-webgpu' | 'tfjs-wasm' | 'jax-webgpu' | 'jax-wasm';
