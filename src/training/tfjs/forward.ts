import * as tf from '@tensorflow/tfjs-core';
import { elementwiseOf } from '../../activations/lookup';
import { affineLayer } from '../../layers/affine';
import { pooledConvolution } from '../../layers/convolution';
import { isotropicLayer } from '../../layers/isotropic';
import { activatePaths, mergePaths } from '../../layers/merge';
import { normalise } from '../../layers/normalise';
import { isotropicActivation } from '../../network/network';
import type { NetworkSpec } from '../../network/spec';

/** Parameters as the forward pass takes them; `psi[i]` and `o[i]` ([1], o itself) are null where off. */
export interface LayerTensors {
  weights: tf.Tensor2D[];
  biases: tf.Tensor1D[];
  psi: (tf.Tensor1D | null)[];
  o: (tf.Tensor | null)[];
}

/** One hidden layer of a pass: z (of a convolution after pooling) and h (before a merge) [n, width], ‖z‖² [n, 1] where the activation has it at hand. */
export interface HiddenPass {
  z: tf.Tensor2D;
  h: tf.Tensor2D;
  squaredNorm: tf.Tensor2D | null;
}

/** What hidden layer l makes of its z, with the isotropic scale s [n, 1] where there is one. */
function activate(
  spec: Pick<NetworkSpec, 'activation' | 'hidden'>,
  l: number,
  z: tf.Tensor2D,
  o: tf.Tensor | null,
): HiddenPass & { s: tf.Tensor2D | null } {
  const layer = spec.hidden[l];
  const isotropic = isotropicActivation(spec, l);
  if (isotropic) return { z, ...isotropicLayer(isotropic, z, o) };
  const a = layer.paths
    ? activatePaths(layer, layer.paths, z)
    : elementwiseOf(layer.convolution?.activation ?? spec.activation).tensor(tf, z);
  return { z, h: layer.normalise ? normalise(a) : a, squaredNorm: null, s: null };
}

/** The network on x [n, inputs], differentiable by every tensor of `parameters`. */
export function tensorForward(
  spec: Pick<NetworkSpec, 'activation' | 'hidden'>,
  parameters: LayerTensors,
  x: tf.Tensor2D,
): { logits: tf.Tensor2D; hidden: HiddenPass[] } {
  const { hidden: layers } = spec;
  const hidden: HiddenPass[] = [];
  const { weights, biases } = parameters;
  let input = x;
  let s: tf.Tensor2D | null = null;
  layers.forEach((layer, l) => {
    const pre = layer.convolution
      ? pooledConvolution(layer.convolution, input, weights[l], biases[l], l === 0)
      : withPsi(affineLayer(input, weights[l], biases[l], l === 0), l, s);
    const { s: scalar, ...pass } = activate(spec, l, pre, parameters.o[l]);
    hidden.push(pass);
    s = scalar;
    input = layer.paths ? mergePaths(layer, pass.h) : pass.h;
  });
  const last = layers.length;
  return { logits: withPsi(affineLayer(input, weights[last], biases[last], last === 0), last, s), hidden };

  /** ψ of the layer below rides on its scalar. */
  function withPsi(z: tf.Tensor2D, l: number, scalar: tf.Tensor2D | null): tf.Tensor2D {
    const psi = l > 0 ? parameters.psi[l - 1] : null;
    return psi && scalar ? tf.add(z, tf.mul(scalar, psi)) : z;
  }
}
