import * as tf from '@tensorflow/tfjs-core';
import type { MeasureId } from '../configuration/schema';
import { ACTIVE_SIGMA } from '../energy/measures';

/** Σ|h| with slope sign(h), 0 at 0 (tf.abs has slope −1 there, which would push a silent unit). */
function sumOfSizes(h: tf.Tensor): tf.Tensor {
  return tf.customGrad((...args) => {
    const [x, save] = args as [tf.Tensor, (tensors: tf.Tensor[]) => void];
    save([x]);
    return {
      value: tf.sum(tf.abs(x)),
      gradFunc: (d: tf.Tensor, saved: tf.Tensor[]) =>
        // Not tf.sign, which fails on WebGPU under Linux (facts/browser-labs §6.14).
        tf.mul(tf.sub(tf.step(saved[0]), tf.step(tf.neg(saved[0]))), d),
    };
  })(h);
}

/** Energy of one hidden layer from its activations h [n, width], scalar; same definitions as energy/measures.ts, differentiable. */
export function layerEnergy(measure: MeasureId, h: tf.Tensor2D): tf.Scalar {
  const [n, width] = h.shape;
  switch (measure) {
    case 'mean-square':
      return tf.mul(tf.sum(tf.square(h)), 1 / (n * width));
    case 'sum-square':
      return tf.mul(tf.sum(tf.square(h)), 1 / n);
    case 'l1':
      return tf.mul(sumOfSizes(h), 1 / n);
    case 'active-count': {
      const square = tf.square(h);
      return tf.mul(tf.sum(tf.div(square, tf.add(square, ACTIVE_SIGMA))), 1 / n);
    }
  }
}

/** E of the network from the energies of its hidden layers (at least one): their mean for mean-square, else their sum. */
export function networkEnergy(measure: MeasureId, layers: tf.Scalar[]): tf.Scalar {
  const sum = layers.reduce((a, b) => tf.add(a, b));
  return measure === 'mean-square' ? tf.div(sum, layers.length) : sum;
}
