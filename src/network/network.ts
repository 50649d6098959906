import { z } from 'zod';
import { activationOf, isIsotropicActivation } from '../activations/lookup';
import type { IsotropicActivation } from '../activations/types';
import { weightParts, cloneMerge, weightShapes } from './merge';
import type { HiddenSpec, NetworkSpec } from './spec';

/** Row-major matrix. Weights are [out, in], as in the papers. */
export interface Matrix {
  rows: number;
  cols: number;
  data: Float64Array;
}

/**
 * One value for each parameter: the parameters themselves, a gradient, or a moment of the optimiser. With H hidden
 * layers there are H + 1 weights [out, in] and biases. `psi[i]` (i < H) has the size of the output of layer i + 1 and
 * is all zeros while it is off; below a convolution there is no ψ. `o[i]` is the intrinsic length itself among
 * parameters, and what belongs to log o among gradients and moments. Where a path reads one path below, the rest of
 * its rows in the weights is 0 and stays so (see weightParts).
 */
export interface ParameterTensors {
  weights: Matrix[];
  biases: Float64Array[];
  psi: Float64Array[];
  o: Float64Array;
}

/** A network at one moment: what it is and what it has learned. */
export interface Network {
  spec: NetworkSpec;
  parameters: ParameterTensors;
}

/** Optimisers (training/optimisers.ts), as configurations and links name them: here, since it decides what state one keeps. */
export const optimiserId = z.enum(['adam', 'adamw', 'sgd']);
export type OptimiserId = z.infer<typeof optimiserId>;

/** Optimiser state. `first` = momentum / Adam m, `second` = Adam v (null for SGD), both shaped like the parameters. */
export interface OptimiserState {
  step: number;
  first: ParameterTensors;
  second: ParameterTensors | null;
}

/** All that is needed to go on training as if nothing had happened. */
export interface TrainingState {
  network: Network;
  optimiser: OptimiserState;
}

export function createMatrix(rows: number, cols: number, data = new Float64Array(rows * cols)): Matrix {
  if (data.length !== rows * cols)
    throw new Error(`A ${rows}×${cols} matrix needs ${rows * cols} values, got ${data.length}.`);
  return { rows, cols, data };
}

/** Layer sizes from input to output, e.g. [784, 128, 64, 10]; of layers with paths the units before the merge. */
export function layerWidths(spec: NetworkSpec): number[] {
  return [spec.inputs, ...spec.hidden.map((layer) => layer.width), spec.outputs];
}

/**
 * The activation of an isotropic hidden layer; null where there is no such layer, or where it acts unit by unit (an elementwise network,
 * parallel paths, a convolution).
 */
export function isotropicActivation(
  { activation, hidden }: Pick<NetworkSpec, 'activation' | 'hidden'>,
  layer: number,
): IsotropicActivation | null {
  const own = hidden.at(layer);
  if (!own || own.paths || own.convolution) return null;
  const found = activationOf(activation);
  return found.kind === 'isotropic' ? found : null;
}

/** Whether a hidden layer is isotropic, so that o, ψ and changes of its basis have something to act on. */
export function isIsotropic(spec: NetworkSpec, layer: number): boolean {
  return isotropicActivation(spec, layer) !== null;
}

/** Zeros in the shape of a network's parameters. */
export function zerosLike(spec: NetworkSpec): ParameterTensors {
  const shapes = weightShapes(spec);
  return {
    weights: shapes.map(({ rows, cols }) => createMatrix(rows, cols)),
    biases: shapes.map(({ rows }) => new Float64Array(rows)),
    psi: spec.hidden.map((_, i) => new Float64Array(shapes[i + 1].rows)),
    o: new Float64Array(spec.hidden.length),
  };
}

export function cloneParameters(t: ParameterTensors): ParameterTensors {
  return {
    weights: t.weights.map((w) => createMatrix(w.rows, w.cols, w.data.slice())),
    biases: t.biases.map((b) => b.slice()),
    psi: t.psi.map((p) => p.slice()),
    o: t.o.slice(),
  };
}

function cloneHidden(layer: HiddenSpec): HiddenSpec {
  const copy = { ...layer };
  if (layer.paths) copy.paths = layer.paths.map((path) => ({ ...path }));
  if (layer.merge) copy.merge = cloneMerge(layer.merge);
  if (layer.convolution) copy.convolution = { ...layer.convolution };
  return copy;
}

export function cloneSpec(spec: NetworkSpec): NetworkSpec {
  const { blocks } = spec;
  return { ...spec, hidden: spec.hidden.map(cloneHidden), ...(blocks && { blocks: [...blocks] }) };
}

export function cloneNetwork(network: Network): Network {
  return { spec: cloneSpec(network.spec), parameters: cloneParameters(network.parameters) };
}

export function cloneTrainingState(state: TrainingState): TrainingState {
  const { step, first, second } = state.optimiser;
  return {
    network: cloneNetwork(state.network),
    optimiser: { step, first: cloneParameters(first), second: second && cloneParameters(second) },
  };
}

/**
 * Number of trained parameters: weights (of paths only those that exist), biases, and o and ψ where they are trained.
 * A fixed o or ψ does not count.
 */
export function parameterCount(spec: NetworkSpec): number {
  const shapes = weightShapes(spec);
  let count = 0;
  for (let l = 0; l < shapes.length; l++)
    count += weightParts(spec, l).reduce((sum, { rows, cols }) => sum + rows * cols, shapes[l].rows);
  if (isIsotropicActivation(spec.activation)) {
    spec.hidden.forEach((layer, i) => {
      if (layer.o === 'trained') count += 1;
      if (layer.psi === 'trained' || layer.psi === 'decay') count += shapes[i + 1].rows;
    });
  }
  return count;
}
