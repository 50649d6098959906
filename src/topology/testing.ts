import type { Matrix, Network, ParameterTensors, TrainingState } from '../network/network';
import { initialTrainingState } from '../network/initialise';
import { multiplyMatrices, transposeMatrix } from '../network/linearAlgebra';
import { seededRandom } from '../network/random';
import { exampleNetwork } from '../network/testing';
import { referenceForward } from '../network/reference';
import { logitDeviation } from './invariance';
import { svd } from './linear/svd';
import type { LogitDeviation } from './types';

type Options = Parameters<typeof exampleNetwork>[0];

/** A training state with non-zero moments and its probe set: for tests only. */
export function exampleState(
  options: Options,
  optimiser: 'adam' | 'sgd' = 'adam',
): { state: TrainingState; x: Float64Array; labels: Uint8Array; n: number } {
  const { network, x, labels, n } = exampleNetwork(options);
  const state = initialTrainingState(network, optimiser);
  const rng = seededRandom(options.seed ?? 1, 'moments');
  const fill = (t: ParameterTensors, draw: () => number): void => {
    for (const list of [...t.weights.map((w) => w.data), ...t.biases, ...t.psi, t.o])
      for (let i = 0; i < list.length; i++) list[i] = draw();
  };
  fill(state.optimiser.first, () => rng.normal());
  if (state.optimiser.second) fill(state.optimiser.second, () => rng.normal() ** 2);
  return { state, x, labels, n };
}

/** Deviation of the logits of two networks on a probe batch. */
export function networkDeviation(
  before: Network,
  after: Network,
  x: Float64Array,
  labels: Uint8Array,
): LogitDeviation {
  const { logits } = referenceForward(before, x, labels.length);
  return logitDeviation(
    logits,
    referenceForward(after, x, labels.length).logits,
    labels,
    before.spec.outputs,
  );
}

/** max |RᵀR − I|. */
export function orthogonalityError(r: Matrix): number {
  const product = multiplyMatrices(transposeMatrix(r), r);
  return product.data.reduce((top, v, i) => Math.max(top, Math.abs(v - (i % (r.cols + 1) === 0 ? 1 : 0))), 0);
}

/** Replaces a layer's weights by the nearest with its `count` smallest singular values set to `value`. */
export function setSmallSigma(network: Network, layer: number, count: number, value: number): void {
  const w = network.parameters.weights[layer];
  const { r, sigma, qt } = svd(w);
  w.data.fill(0);
  for (let k = 0; k < sigma.length; k++) {
    const s = k >= w.rows - count ? value : sigma[k];
    for (let i = 0; i < w.rows; i++)
      for (let j = 0; j < w.cols; j++)
        w.data[i * w.cols + j] += s * r.data[i * w.rows + k] * qt.data[k * w.cols + j];
  }
}
