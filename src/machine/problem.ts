/** The networks that engines are measured on, the same in the benchmark and on the visitor's machine. */
import { convolutionLayer, pooledSize, type Planes } from '../network/convolution';
import { initialTrainingState, seededStart } from '../network/initialise';
import type { TrainingState } from '../network/network';
import { seededRandom } from '../network/random';
import type { HiddenSpec, NetworkSpec } from '../network/spec';
import type { DataSource } from '../data/source';
import type { StepSettings } from '../training/engine';
import { noiseData } from '../training/noiseData';

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
