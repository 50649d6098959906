import type { ParameterTensors } from '../../network/network';
import { zerosLike } from '../../network/network';
import type { NetworkSpec } from '../../network/spec';
import { kernelPlace, type LayerLayout, type NetworkLayout } from './layout';

/** exp of this is as good as 0, and still a number to train from. */
const LOG_OF_ZERO = -80;

/** Calls `each` with every weight's index in the network's matrix and its place in floats. */
function eachWeight(
  { parts, stage }: LayerLayout,
  below: LayerLayout | null,
  cols: number,
  each: (index: number, place: number) => void,
): void {
  for (const part of parts) {
    if (stage) {
      for (let r = 0; r < part.rows; r++)
        for (let c = 0; c < cols; c++) each(r * cols + c, part.at + kernelPlace(stage, r, c));
      continue;
    }
    for (let r = 0; r < part.rows; r++) {
      const panel = part.at + (r >> 3) * 8 * part.inLanes + (r & 7);
      const row = (part.row + r) * cols;
      for (let c = part.col; c < part.col + part.cols; c++) {
        const lane = (below ? below.readLanes[c] : c) - part.inLane;
        each(row + c, panel + 8 * lane);
      }
    }
  }
}

/** Calls `copy` with each vector of a network that is in the layout: an array, its own index, its place in floats. */
function eachVector(
  { layers }: NetworkLayout,
  { biases, psi, o }: ParameterTensors,
  copy: (values: Float64Array, index: number, place: number) => void,
): void {
  layers.forEach((layer, l) => {
    const lane = (i: number): number => (layer.stage ? i : layer.unitLanes[i]);
    for (let i = 0; i < biases[l].length; i++) copy(biases[l], i, layer.bias + lane(i));
    if (layer.psi !== null)
      for (let i = 0; i < psi[l - 1].length; i++) copy(psi[l - 1], i, layer.psi + lane(i));
    if (layer.o !== null) copy(o, l, layer.o);
  });
}

/** Writes tensors into a block of zeros; o as it is kept (log o where it is trained) when they are parameters. */
export function pack(
  layout: NetworkLayout,
  spec: NetworkSpec,
  tensors: ParameterTensors,
  parameters: boolean,
  into: Float32Array,
): void {
  layout.layers.forEach((layer, l) => {
    const { cols, data } = tensors.weights[l];
    eachWeight(layer, l > 0 ? layout.layers[l - 1] : null, cols, (i, at) => (into[at] = data[i]));
  });
  eachVector(layout, tensors, (values, i, at) => (into[at] = values[i]));
  if (parameters)
    layout.layers.forEach(({ o }, l) => {
      if (o !== null && spec.hidden[l].o === 'trained') into[o] = Math.max(LOG_OF_ZERO, Math.log(into[o]));
    });
}

/** The tensors of a block; o and ψ that are off are 0. */
export function unpack(
  layout: NetworkLayout,
  spec: NetworkSpec,
  from: Float32Array,
  parameters: boolean,
): ParameterTensors {
  const tensors = zerosLike(spec);
  layout.layers.forEach((layer, l) => {
    const { cols, data } = tensors.weights[l];
    eachWeight(layer, l > 0 ? layout.layers[l - 1] : null, cols, (i, at) => (data[i] = from[at]));
  });
  eachVector(layout, tensors, (values, i, at) => (values[i] = from[at]));
  if (parameters)
    layout.layers.forEach(({ o }, l) => {
      if (o !== null && spec.hidden[l].o === 'trained') tensors.o[l] = Math.exp(tensors.o[l]);
    });
  return tensors;
}
