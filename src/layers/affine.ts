import * as tf from '@tensorflow/tfjs-core';
import { matrixProduct } from './product';

type Save = (tensors: tf.Tensor[]) => void;

/**
 * z = x·Wᵀ + b for x [n, in], W [out, in], b [out] → [n, out], with the gradient written out (∂x = ∂z·W, ∂W = ∂zᵀ·x,
 * ∂b = Σ∂z), because tfjs's own uses the slow products of product.ts.
 * `isInput`: x is data, so ∂x is neither wanted nor computed.
 */
export function affineLayer(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, isInput: boolean): tf.Tensor2D {
  const forward = (input: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D =>
    tf.add(matrixProduct(input, weights, false, true), bias);
  const backward = (dz: tf.Tensor2D, input: tf.Tensor2D): tf.Tensor[] => [
    matrixProduct(dz, input, true, false),
    tf.sum(dz, 0),
  ];
  if (isInput)
    return tf.customGrad((...args) => {
      const [weights, bias] = args as [tf.Tensor2D, tf.Tensor1D, Save];
      return {
        value: forward(x, weights, bias),
        gradFunc: (dz: tf.Tensor) => backward(dz as tf.Tensor2D, x),
      };
    })(w, b) as tf.Tensor2D;
  return tf.customGrad((...args) => {
    const [input, weights, bias, save] = args as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, Save];
    save([input, weights]);
    return {
      value: forward(input, weights, bias),
      gradFunc: (dz: tf.Tensor, saved: tf.Tensor[]) => [
        matrixProduct(dz as tf.Tensor2D, saved[1] as tf.Tensor2D, false, false),
        ...backward(dz as tf.Tensor2D, saved[0] as tf.Tensor2D),
      ],
    };
  })(x, w, b);
}
