import * as tf from '@tensorflow/tfjs-core';
import type { MeasureId } from '../energy/ids';
import { ACTIVE_SIGMA } from '../energy/measures';

/** sign(h) with 0 at 0. Not tf.sign, which fails on WebGPU under Linux. */
const signOf = (h: tf.Tensor): tf.Tensor => tf.sub(tf.step(h), tf.step(tf.neg(h)));

/** Σ|h|, whose slope is sign(h) and 0 at 0. The slope of tf.abs is −1 there, which would push silent units. */
function sumOfSizes(h: tf.Tensor): tf.Tensor {
  return tf.customGrad((...args) => {
    const [x, save] = args as [tf.Tensor, (tensors: tf.Tensor[]) => void];
    save([x]);
    return {
      value: tf.sum(tf.abs(x)),
      gradFunc: (d: tf.Tensor, saved: tf.Tensor[]) => tf.mul(signOf(saved[0]), d),
    };
  })(h);
}

/** Σ over images of (Σ|h|)²/Σh² of h [n, width]. A silent image adds 0, and its slope is 0. */
function sumOfHoyerSquares(h: tf.Tensor2D): tf.Tensor {
  return tf.customGrad((...args) => {
    const [x, save] = args as [tf.Tensor2D, (tensors: tf.Tensor[]) => void];
    const sizes = tf.sum(tf.abs(x), 1, true);
    const squares = tf.sum(tf.square(x), 1, true);
    // 0/1 of a silent image: divided by 1 in place of 0.
    const ratio = tf.div(sizes, tf.where(tf.equal(squares, 0), tf.onesLike(squares), squares));
    save([x, ratio]);
    return {
      value: tf.sum(tf.mul(sizes, ratio)),
      gradFunc: (d: tf.Tensor, [at, of]: tf.Tensor[]) =>
        tf.mul(tf.mul(tf.sub(signOf(at), tf.mul(at, of)), of), tf.mul(d, 2)),
    };
  })(h);
}

/**
 * Energy of one hidden layer, a scalar that tfjs can differentiate, from its values h [n, width] (or z, see
 * EnergySite). The definitions are those of energy/measures.ts.
 */
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
    case 'hoyer-square':
      return tf.mul(sumOfHoyerSquares(h), 1 / n);
  }
}

/** E of the network from the energies of its hidden layers (at least one): their mean for mean-square, else their sum. */
export function networkEnergy(measure: MeasureId, layers: tf.Scalar[]): tf.Scalar {
  const sum = layers.reduce((a, b) => tf.add(a, b));
  return measure === 'mean-square' ? tf.div(sum, layers.length) : sum;
}
