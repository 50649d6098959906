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

/** How many rows of logits [n, classes] have their largest value at the label [n] (int32); scalar. */
export function correctCount(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'float32'));
}
