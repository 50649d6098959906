import * as tf from '@tensorflow/tfjs-core';
import { affine } from '../../layers/affine';
import { elementwiseTanh, relu } from '../../layers/elementwise';
import { isotropicTanh } from '../../layers/isotropicTanh';
import { activatePaths, mergePaths } from '../../layers/merge';
import type { NetworkSpec } from '../../network/spec';

/** Parameters as the forward pass takes them; `psi[i]` and `o[i]` ([1], o itself) are null where off. */
export interface LayerTensors {
  weights: tf.Tensor2D[];
  biases: tf.Tensor1D[];
  psi: (tf.Tensor1D | null)[];
  o: (tf.Tensor | null)[];
}

/** One hidden layer of a pass: z and h (before a merge) [n, width], ‖z‖² [n, 1] where the activation has it at hand. */
export interface HiddenPass {
  z: tf.Tensor2D;
  h: tf.Tensor2D;
  squaredNorm: tf.Tensor2D | null;
}

/** The network on x [n, inputs] (facts/isotropic-networks §1.4), differentiable by every tensor of `parameters`. */
export function forward(
  { activation, hidden: layers }: Pick<NetworkSpec, 'activation' | 'hidden'>,
  parameters: LayerTensors,
  x: tf.Tensor2D,
): { logits: tf.Tensor2D; hidden: HiddenPass[] } {
  const hidden: HiddenPass[] = [];
  const last = parameters.weights.length - 1;
  let input = x;
  let s: tf.Tensor2D | null = null;
  for (let l = 0; ; l++) {
    let z = affine(input, parameters.weights[l], parameters.biases[l], l === 0);
    const psi = l > 0 ? parameters.psi[l - 1] : null;
    if (psi && s) z = tf.add(z, tf.mul(s, psi));
    if (l === last) return { logits: z, hidden };
    const { paths } = layers[l];
    if (paths) {
      const h = activatePaths(layers[l], paths, z);
      s = null;
      input = mergePaths(layers[l], h);
      hidden.push({ z, h, squaredNorm: null });
    } else if (activation === 'isotropic-tanh') {
      const active = isotropicTanh(z, parameters.o[l]);
      s = active.s;
      input = active.h;
      hidden.push({ z, h: active.h, squaredNorm: active.squaredNorm });
    } else {
      input = activation === 'tanh' ? elementwiseTanh(z) : relu(z);
      hidden.push({ z, h: input, squaredNorm: null });
    }
  }
}
