import type { SpecConfiguration } from './architectures/architecture';
import { specOf } from './architectures/registry';
import type { Planes } from './convolution';
import { orthonormalRows } from './householder';
import { transposeMatrix } from './linearAlgebra';
import { weightParts, checkPaths } from './merge';
import {
  createMatrix,
  zerosLike,
  type Matrix,
  type Network,
  type TrainingState,
  type OptimiserId,
} from './network';
import { seededRandom } from './random';
import { DEFAULT_NETWORK, intrinsicLengthSetting, type NetworkSettings } from './settings';
import type { InitialisationId, NetworkSpec } from './spec';

/** The fields of a configuration that decide a network's start; what of its architecture is left out is as in the defaults: an MLP. */
export type StartConfiguration = Pick<
  NetworkSettings,
  'hidden' | 'activation' | 'oMode' | 'o' | 'psi' | 'initialisation' | 'seed'
> &
  Partial<SpecConfiguration>;

/** Ways to draw the first weights; biases and ψ always start at zero. */
export const INITIALISATIONS: readonly { id: InitialisationId; label: string; describe: string }[] = [
  {
    id: 'orthogonal',
    label: 'Orthogonal',
    describe: 'Rows or columns orthonormal: every singular value is 1, as in the isotropic paper.',
  },
  {
    id: 'xavier',
    label: 'Xavier',
    describe: 'Normal with variance 2/(inputs + outputs) (Glorot & Bengio 2010).',
  },
  {
    id: 'he',
    label: 'He',
    describe: 'Normal with variance 2/inputs, meant for ReLU (He et al. 2015).',
  },
];

/**
 * First weights [rows, cols] of layer `layer`; each layer has a random stream of its own, whatever the activation, and so has
 * each path of a layer.
 */
export function initialWeights(
  kind: InitialisationId,
  rows: number,
  cols: number,
  seed: number,
  layer: number | string,
): Matrix {
  const rng = seededRandom(seed, `initialise/${layer}`);
  const gaussian = createMatrix(rows, cols);
  const deviation =
    kind === 'orthogonal' ? 1 : kind === 'xavier' ? Math.sqrt(2 / (rows + cols)) : Math.sqrt(2 / cols);
  for (let i = 0; i < gaussian.data.length; i++) gaussian.data[i] = deviation * rng.normal();
  if (kind !== 'orthogonal') return gaussian;
  return rows <= cols
    ? orthonormalRows(gaussian)
    : transposeMatrix(orthonormalRows(transposeMatrix(gaussian)));
}

/**
 * What network a configuration describes, of its architecture; o and ψ are `off` on all but isotropic layers. For `blocks` see
 * NetworkSpec; `planes` is what a convolution reads of a sample. Throws a sentence for people where the data do not fit.
 */
export function networkSpec(
  configuration: StartConfiguration,
  inputs: number,
  outputs: number,
  blocks?: readonly number[],
  planes?: Planes | null,
): NetworkSpec {
  return specOf({ ...DEFAULT_NETWORK, ...configuration }, { inputs, outputs, blocks, planes });
}

/**
 * A network of this description at its start: seeded weights (of paths each part by itself, as if it were a
 * matrix), zero biases and ψ, o of each hidden layer as given. Throws where its paths do not fit together.
 */
export function seededStart(
  spec: NetworkSpec,
  kind: InitialisationId,
  seed: number,
  o: (layer: number) => number,
): Network {
  checkPaths(spec);
  const parameters = zerosLike(spec);
  parameters.weights = parameters.weights.map((whole, l) => {
    const parts = weightParts(spec, l);
    if (parts.length === 1) return initialWeights(kind, whole.rows, whole.cols, seed, l);
    parts.forEach(({ row, rows, col, cols }, p) => {
      const { data } = initialWeights(kind, rows, cols, seed, `${l}/${p}`);
      for (let i = 0; i < rows; i++)
        whole.data.set(data.subarray(i * cols, (i + 1) * cols), (row + i) * whole.cols + col);
    });
    return whole;
  });
  spec.hidden.forEach((_, l) => (parameters.o[l] = o(l)));
  return { spec, parameters };
}

/** The network of a configuration at its start. Throws as `networkSpec`. */
export function initialNetwork(
  configuration: StartConfiguration,
  inputs: number,
  outputs: number,
  blocks?: readonly number[],
  planes?: Planes | null,
): Network {
  const spec = networkSpec(configuration, inputs, outputs, blocks, planes);
  return seededStart(spec, configuration.initialisation, configuration.seed, (l) =>
    spec.hidden[l].o === 'off' ? 0 : intrinsicLengthSetting(configuration, l),
  );
}

/** A network with a fresh optimiser: step 0, zero moments; `second` is null for SGD. */
export function initialTrainingState(network: Network, optimiser: OptimiserId): TrainingState {
  return {
    network,
    optimiser: {
      step: 0,
      first: zerosLike(network.spec),
      second: optimiser === 'sgd' ? null : zerosLike(network.spec),
    },
  };
}

/** The linear baseline: no hidden layer, all zeros, so that it starts at uniform probabilities. */
export function softmaxRegression(inputs: number, outputs: number, blocks?: readonly number[]): Network {
  const spec: NetworkSpec = {
    inputs,
    outputs,
    activation: 'relu',
    hidden: [],
    ...(blocks && { blocks: [...blocks] }),
  };
  return { spec, parameters: zerosLike(spec) };
}
