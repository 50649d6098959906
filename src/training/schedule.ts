import { ADAM, type OptimiserSettings } from './optimisers';

/**
 * One entry [rate, ε, keep, l2] of the schedule, for optimiser step `step` (from 1): with bias corrections c₁, c₂ of Adam moved
 * into rate = lr·√c₂/c₁ and ε·√c₂, in float64; keep = 1 − lr·decay (AdamW), l2 = decay (SGD).
 */
export function scheduleEntry(
  settings: OptimiserSettings,
  step: number,
  into: Float32Array,
  at: number,
): void {
  const { id, learningRate: lr, weightDecay } = settings;
  if (id === 'sgd') {
    into.set([lr, 0, 1, weightDecay], at);
    return;
  }
  const root = Math.sqrt(1 - ADAM.beta2 ** step);
  const rate = (lr * root) / (1 - ADAM.beta1 ** step);
  into.set([rate, ADAM.epsilon * root, id === 'adamw' ? 1 - lr * weightDecay : 1, 0], at);
}
