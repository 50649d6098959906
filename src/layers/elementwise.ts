import * as tf from '@tensorflow/tfjs-core';

/** h = tanh z unit by unit, any shape. */
export const elementwiseTanh = <T extends tf.Tensor>(z: T): T => tf.tanh(z);

/** h = max(0, z) unit by unit, any shape; its slope at 0 is 0. */
export const relu = <T extends tf.Tensor>(z: T): T => tf.relu(z);

/** h = 1/(1 + e^(−z)) unit by unit, any shape. */
export const sigmoid = <T extends tf.Tensor>(z: T): T => tf.sigmoid(z);

/** h = log(1 + e^z) unit by unit, any shape. */
export const softplus = <T extends tf.Tensor>(z: T): T => tf.softplus(z);

/** h = ½z² unit by unit, any shape. */
export const halfSquare = <T extends tf.Tensor>(z: T): T => tf.mul(tf.square(z), 0.5);
