import * as tf from '@tensorflow/tfjs-core';
import { ADAM, type OptimiserSettings } from '../optimisers';

/** A trained tensor with its moments; `second` exists once Adam has needed it. `matrix`: a weight matrix, which always decays. */
export interface TrainedTensor {
  matrix: boolean;
  value: tf.Variable;
  first: tf.Variable;
  second: tf.Variable | null;
}

/** One step of `optimiserStep` (training/optimisers.ts) on one tensor, in float32; `step` counts from 1. Call inside a tidy. */
export function updateTensor(
  trained: TrainedTensor,
  gradient: tf.Tensor,
  step: number,
  settings: OptimiserSettings,
): void {
  const { id, learningRate: lr, momentum } = settings;
  const { value, first } = trained;
  const decay = trained.matrix || settings.decayAll ? settings.weightDecay : 0;
  if (id === 'sgd') {
    const g = decay === 0 ? gradient : tf.add(gradient, tf.mul(value, decay));
    const velocity = momentum === 0 ? g : tf.add(tf.mul(first, momentum), g);
    value.assign(tf.sub(value, tf.mul(velocity, lr)));
    first.assign(velocity);
    return;
  }
  trained.second ??= tf.variable(tf.zerosLike(value));
  const { second } = trained;
  const { beta1, beta2, epsilon } = ADAM;
  const root = Math.sqrt(1 - beta2 ** step);
  const m: tf.Tensor = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
  const v: tf.Tensor = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  // lr·(m/c₁)/(√(v/c₂) + ε), with c₁ and √c₂ moved into the scalars.
  const change = tf.div(tf.mul(m, (lr * root) / (1 - beta1 ** step)), tf.add(tf.sqrt(v), epsilon * root));
  const kept = id === 'adamw' && decay !== 0 ? tf.mul(value, 1 - lr * decay) : value;
  value.assign(tf.sub(kept, change));
  first.assign(m);
  second.assign(v);
}
