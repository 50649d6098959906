import * as tf from '@tensorflow/tfjs-core';

/** Mean cross-entropy (nats, scalar) of logits [n, classes] against one-hot labels [n, classes]; ∂logits = (softmax − labels)/n. */
export function softmaxCrossEntropy(logits: tf.Tensor2D, oneHot: tf.Tensor2D): tf.Scalar {
  const n = logits.shape[0];
  return tf.customGrad((...args) => {
    const [y, save] = args as [tf.Tensor2D, (tensors: tf.Tensor[]) => void];
    const shifted = tf.sub(y, tf.max(y, 1, true));
    const exponentials = tf.exp(shifted);
    const sums = tf.sum(exponentials, 1, true);
    const loss = tf.sub(tf.sum(tf.log(sums)), tf.sum(tf.mul(shifted, oneHot)));
    save([tf.div(exponentials, sums)]);
    return {
      value: tf.div(loss, n),
      gradFunc: (d: tf.Tensor, saved: tf.Tensor[]) => tf.mul(tf.sub(saved[0], oneHot), tf.div(d, n)),
    };
  })(logits) as tf.Scalar;
}

/** What is added to outputs outside the block an image is scored on: far below any logit, so that their softmax is 0. */
const OUTSIDE = -1e30;

/**
 * Logits [n, blocks·c] with all outputs out of reach but those of the block each label (int32, [n]) lies in; softmax
 * cross-entropy and `correctCount` of them are those of the block alone, and no gradient passes to the others.
 */
export function withinBlock(logits: tf.Tensor2D, labels: tf.Tensor1D, blocks: number): tf.Tensor2D {
  const [n, outputs] = logits.shape;
  const size = outputs / blocks;
  const block = tf.floor(tf.div(tf.cast(labels, 'float32'), size));
  const blockOfOutput = tf.floor(tf.div(tf.range(0, outputs), size));
  const inside = tf.equal(tf.reshape(block, [n, 1]), tf.reshape(blockOfOutput, [1, outputs]));
  return tf.where(inside, logits, tf.fill([n, outputs], OUTSIDE));
}

/** How many rows of logits [n, classes] have their largest value at the label [n] (int32); scalar. */
export function correctCount(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'float32'));
}
