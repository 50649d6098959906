import * as tf from '@tensorflow/tfjs-core';
import { NORMALISE_EPSILON } from '../network/spec';

type Save = (tensors: tf.Tensor[]) => void;

/** Root-mean-square normalisation per image: a / √(mean a² + ε) of a [n, width], with ∂a = (∂h − h·mean(∂h·h))/rms. */
export function normalise(a: tf.Tensor2D): tf.Tensor2D {
  return tf.customGrad((...args) => {
    const [x, save] = args as [tf.Tensor2D, Save];
    const rms = tf.sqrt(tf.add(tf.mean(tf.square(x), 1, true), NORMALISE_EPSILON));
    const h: tf.Tensor2D = tf.div(x, rms);
    save([h, rms]);
    return {
      value: h,
      gradFunc: (d: tf.Tensor, saved: tf.Tensor[]) =>
        tf.div(tf.sub(d, tf.mul(saved[0], tf.mean(tf.mul(d, saved[0]), 1, true))), saved[1]),
    };
  })(a);
}
