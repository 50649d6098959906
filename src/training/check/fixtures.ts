/** Small networks and data for the tests of the engines; no test imports tfjs through this file. */
import type { DataSource } from '../../data/source';
import { parameterMask } from '../../network/merge';
import { zerosLike, type ParameterTensors, type TrainingState } from '../../network/network';
import { seededRandom } from '../../network/random';
import { hasPsi, type HiddenSpec, type NetworkSpec } from '../../network/spec';
import type { StepSettings } from '../engine';
import { isIsotropicActivation, type ActivationId } from '../../activations/lookup';
import { noiseData } from '../noiseData';

/** Random bytes in `size` columns, standardised to about unit variance. */
export function randomData(size: number, classes: number, images: number, seed = 1): DataSource {
  return noiseData(seededRandom(seed, 'fixture data'), size, classes, images);
}

/** `randomData` of several tasks with `classes` classes each, standardised differently by task. */
export function taskData(size: number, classes: number, tasks: number, images: number, seed = 1): DataSource {
  return {
    ...randomData(size, classes * tasks, images, seed),
    tasks,
    mean: Float32Array.from({ length: size * tasks }, (_, j) => 0.3 + 0.1 * Math.floor(j / size)),
    inverseDeviation: Float32Array.from({ length: size * tasks }, (_, j) => 2 + Math.floor(j / size)),
  };
}

export function fixtureNetwork(
  inputs: number,
  hidden: number[],
  outputs: number,
  activation: ActivationId = 'isotropic-tanh',
  modes: Pick<HiddenSpec, 'o' | 'psi'> = { o: 'trained', psi: 'decay' },
): NetworkSpec {
  const { o, psi } = isIsotropicActivation(activation) ? modes : ({ o: 'off', psi: 'off' } as const);
  return { inputs, outputs, activation, hidden: hidden.map((width) => ({ width, o, psi })) };
}

/** A state with every parameter in force random (o in 0.05 … 1), a fresh optimiser, and `second` unless `sgd`. */
export function randomState(spec: NetworkSpec, seed = 1, sgd = false): TrainingState {
  const rng = seededRandom(seed, 'fixture state');
  const parameters = zerosLike(spec);
  const fill = (data: Float64Array, scale: number) =>
    data.forEach((_, i) => (data[i] = scale * rng.normal()));
  parameters.weights.forEach((w, l) => {
    fill(w.data, 1 / Math.sqrt(w.cols));
    parameterMask(spec, l)?.forEach((there, i) => (w.data[i] *= there));
  });
  parameters.biases.forEach((b) => fill(b, 0.3));
  spec.hidden.forEach((layer, i) => {
    if (hasPsi(layer.psi)) fill(parameters.psi[i], 0.3);
    if (layer.o !== 'off') parameters.o[i] = 0.05 + 0.95 * rng.uniform();
  });
  return {
    network: { spec, parameters },
    optimiser: { step: 0, first: zerosLike(spec), second: sgd ? null : zerosLike(spec) },
  };
}

/** SGD without momentum, at rate 0: the first moment is then the gradient, and nothing moves. */
export function gradientOnlySettings(patch: Partial<StepSettings> = {}): StepSettings {
  return {
    lambda: 0,
    measure: 'mean-square',
    psiDecay: 0.1,
    optimiser: { id: 'sgd', learningRate: 0, weightDecay: 0, decayAll: false, momentum: 0 },
    ...patch,
  };
}

/** All arrays of `tensors` with a name each, in one fixed order. */
export function namedArrays(tensors: ParameterTensors): [string, Float64Array][] {
  return [
    ...tensors.weights.map((w, l): [string, Float64Array] => [`weights ${l}`, w.data]),
    ...tensors.biases.map((b, l): [string, Float64Array] => [`biases ${l}`, b]),
    ...tensors.psi.map((p, l): [string, Float64Array] => [`psi ${l}`, p]),
    ...Array.from(tensors.o, (o, l): [string, Float64Array] => [`o ${l}`, Float64Array.of(o)]),
  ];
}

/** Names of arrays further apart than `relative`·max|expected| + `floor`, with both sizes; empty when all agree. */
export function disagreements(
  actual: ParameterTensors,
  expected: ParameterTensors,
  relative: number,
  floor = 1e-7,
): string[] {
  const reference = namedArrays(expected);
  return namedArrays(actual).flatMap(([name, values], t) => {
    const wanted = reference[t][1];
    let apart = 0;
    let size = 0;
    values.forEach((value, i) => {
      apart = Math.max(apart, Math.abs(value - wanted[i]));
      size = Math.max(size, Math.abs(wanted[i]));
    });
    return apart <= relative * size + floor ? [] : [`${name}: ${apart} apart, size ${size}`];
  });
}
