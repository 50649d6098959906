import * as tf from '@tensorflow/tfjs-core';
import type { IsotropicActivation } from '../activations/types';

/**
 * s(q) of an isotropic activation for a tensor q of any shape, with ds/dq = g/2 as its gradient. The gradient is written out because that
 * of the formula is NaN at q = 0 and loses digits near it.
 */
export function isotropicScaleTensor({ tensor }: IsotropicActivation, q: tf.Tensor): tf.Tensor {
  return tf.customGrad((...args) => {
    const [at, save] = args as [tf.Tensor, (tensors: tf.Tensor[]) => void];
    const s = tensor.scale(tf, at);
    save([at, s]);
    return {
      value: s,
      gradFunc: (ds: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(ds, tf.mul(tensor.slope(tf, saved[0], saved[1]), 0.5)),
    };
  })(q);
}

/** What an isotropic layer makes of z: h [n, width], the scale s [n, 1] that multiplies ψ, and ‖z‖² [n, 1]. */
export interface IsotropicTensors {
  h: tf.Tensor2D;
  s: tf.Tensor2D;
  squaredNorm: tf.Tensor2D;
}

/** h = s(o + ‖z‖²)·z of z [n, width]; `o` is a squared length [1], or null for an exact 0. */
export function isotropicLayer(
  activation: IsotropicActivation,
  z: tf.Tensor2D,
  o: tf.Tensor | null,
): IsotropicTensors {
  const squaredNorm: tf.Tensor2D = tf.sum(tf.square(z), 1, true);
  const q = o ? tf.add(squaredNorm, o) : squaredNorm;
  const s = isotropicScaleTensor(activation, q) as tf.Tensor2D;
  return { h: tf.mul(z, s), s, squaredNorm };
}
