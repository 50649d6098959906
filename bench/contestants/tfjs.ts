/** tfjs the way its documentation teaches: variables, ops, `tf.train.adam`, `minimize`. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { openWasm, openWebGpu } from '../../src/training/tfjs/backends';
import type { ConvolutionSpec } from '../../src/network/spec';
import { LAMBDA, LEARNING_RATE, O, ready, sideOf, start, type Contestant, type Problem } from '../problem';

const fail = (message: string): never => {
  throw new Error(message);
};

/** [dy, dx, in, out] of a convolution's kernels; null where there is none. */
const kernelShape = (stage: ConvolutionSpec | undefined): number[] | null =>
  stage ? [3, 3, stage.inChannels, stage.channels] : null;

export async function idiomatic(problem: Problem, backend: 'webgpu' | 'wasm'): Promise<Contestant> {
  const engine = await (backend === 'webgpu' ? openWebGpu(fail) : openWasm(fail));
  const use = (): void => void (tf.getBackend() === backend || tf.setBackend(backend));
  use();
  const { hidden } = problem.state.network.spec;
  const layers = start(problem).map(({ shape, weights, biases }, l) => ({
    stage: hidden.at(l)?.convolution,
    w: tf.tidy(() => tf.variable(tf.tensor(weights, kernelShape(hidden.at(l)?.convolution) ?? shape))),
    b: tf.tidy(() => tf.variable(tf.tensor1d(biases))),
  }));
  const data = ready(problem).map(({ x, y }) => ({
    x: tf.tensor2d(x, [problem.batch, problem.data.size]),
    y: tf.tensor2d(y, [problem.batch, problem.data.classes]),
  }));
  const optimiser = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  const loss = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Scalar => {
    let h = x;
    let picture: tf.Tensor4D = tf.reshape(x, [problem.batch, sideOf(problem), sideOf(problem), 1]);
    const energies: tf.Tensor[] = [];
    layers.slice(0, -1).forEach(({ stage, w, b }) => {
      if (stage) {
        const z = tf.add(tf.conv2d(picture, w as tf.Tensor4D, 1, 'same'), b);
        picture = tf.relu(tf.maxPool(z as tf.Tensor4D, 2, 2, 'valid'));
        energies.push(tf.mean(tf.square(picture)));
        h = tf.reshape(picture, [problem.batch, -1]);
        return;
      }
      const z = tf.add(tf.matMul(h, w as tf.Tensor2D), b);
      const m = tf.sqrt(tf.add(tf.sum(tf.square(z), 1, true), O));
      h = tf.mul(z, tf.div(tf.tanh(m), m));
      energies.push(tf.mean(tf.square(h)));
    });
    const { w, b } = layers[layers.length - 1];
    const logits = tf.add(tf.matMul(h, w as tf.Tensor2D), b);
    const crossEntropy = tf.losses.softmaxCrossEntropy(y, logits);
    return tf.add(crossEntropy, tf.mul(tf.div(tf.addN(energies), energies.length), LAMBDA));
  };
  let next = 0;
  let waiting: tf.Scalar[] = [];
  return {
    steps: (count) => {
      use();
      for (let k = 0; k < count; k++) {
        const { x, y } = data[next++ % data.length];
        const value = optimiser.minimize(() => loss(x, y), true);
        if (value) waiting.push(value);
      }
    },
    losses: async () => {
      use();
      const read = await Promise.all(waiting.map((value) => value.data()));
      waiting.forEach((value) => value.dispose());
      waiting = [];
      return read.map(([value]) => value);
    },
    parameters: async () => {
      use();
      return (await Promise.all(layers.flatMap(({ w, b }) => [w.data(), b.data()]))) as Float32Array[];
    },
    dispose: () => {
      use();
      data.forEach(({ x, y }) => tf.dispose([x, y]));
      layers.forEach(({ w, b }) => tf.dispose([w, b]));
      optimiser.dispose();
      engine.dispose();
    },
  };
}
