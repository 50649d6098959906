/** What every engine of the benchmark does: the same network, loss, optimiser, start and batches (src/machine/problem.ts), as peers take it. */
import { gatherImages, gatherLabels } from '../src/data/gather';
import type { Problem } from '../src/machine/problem';

export { CONTROLS, LAMBDA, LEARNING_RATE, O, problemOf, type Problem } from '../src/machine/problem';

/** Side of the square pictures that convolutions read. */
export const sideOf = ({ data }: Pick<Problem, 'data'>): number => Math.sqrt(data.size);

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
