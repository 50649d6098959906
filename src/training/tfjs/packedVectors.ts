import { isIsotropicActivation } from '../../activations/lookup';
import * as tf from '@tensorflow/tfjs-core';
import { weightShapes } from '../../network/merge';
import { zerosLike, type ParameterTensors } from '../../network/network';
import type { NetworkSpec } from '../../network/spec';

/** Where one trained vector (a bias, a ψ, a log o) sits in the packed vector. */
export interface VectorSlot {
  kind: 'bias' | 'psi' | 'logO';
  /** Affine layer of a bias, hidden layer of ψ and log o. */
  layer: number;
  from: number;
  size: number;
}

/**
 * Trained vectors in their packed order: all biases, then ψ and log o of the hidden layers that train them.
 * Packing makes one optimiser update of them all; on a GPU each vector would cost a dozen dispatches a step.
 */
export function vectorSlots(spec: NetworkSpec): VectorSlot[] {
  const shapes = weightShapes(spec);
  const slots: VectorSlot[] = [];
  let from = 0;
  const add = (kind: VectorSlot['kind'], layer: number, length: number): void => {
    slots.push({ kind, layer, from, size: length });
    from += length;
  };
  shapes.forEach(({ rows }, l) => add('bias', l, rows));
  if (isIsotropicActivation(spec.activation))
    spec.hidden.forEach((layer, i) => {
      if (layer.psi === 'trained' || layer.psi === 'decay') add('psi', i, shapes[i + 1].rows);
      if (layer.o === 'trained') add('logO', i, 1);
    });
  return slots;
}

/** The packed vector of `tensors`; `o` holds o itself where `logarithm` is true (parameters), else what belongs to log o (moments). */
export function packVectors(
  slots: VectorSlot[],
  tensors: ParameterTensors,
  logarithm: boolean,
): Float32Array {
  const packed = new Float32Array(slots.reduce((sum, slot) => sum + slot.size, 0));
  for (const { kind, layer, from } of slots) {
    if (kind === 'bias') packed.set(tensors.biases[layer], from);
    else if (kind === 'psi') packed.set(tensors.psi[layer], from);
    else packed[from] = logarithm ? Math.log(tensors.o[layer]) : tensors.o[layer];
  }
  return packed;
}

/** Float64 tensors from read-back weights and packed vector; what is not trained stays 0. */
export function unpackVectors(
  spec: NetworkSpec,
  slots: VectorSlot[],
  weights: Float32Array[],
  packed: Float32Array,
  logarithm: boolean,
): ParameterTensors {
  const tensors = zerosLike(spec);
  weights.forEach((data, l) => tensors.weights[l].data.set(data));
  for (const { kind, layer, from, size } of slots) {
    const values = packed.subarray(from, from + size);
    if (kind === 'bias') tensors.biases[layer].set(values);
    else if (kind === 'psi') tensors.psi[layer].set(values);
    else tensors.o[layer] = logarithm ? Math.exp(values[0]) : values[0];
  }
  return tensors;
}

/** The packed vector cut into its slots, in order (call inside a tidy). */
export function sliceVectors(slots: VectorSlot[], packed: tf.Tensor1D): tf.Tensor1D[] {
  return slots.map(({ from, size }) => tf.slice(packed, from, size));
}
