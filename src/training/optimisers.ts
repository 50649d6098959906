import type { OptimiserId } from '../network/network';

/** Settings shared by all optimisers, after PyTorch. Betas and ε are constants of the lab (β₁ 0.9, β₂ 0.999, ε 1e-8). */
export interface OptimiserSettings {
  id: OptimiserId;
  learningRate: number;
  /** Decoupled (AdamW) or L2 (SGD, as in PyTorch); Adam ignores it. */
  weightDecay: number;
  /** false: weight matrices only; true: biases, ψ and log o as well. */
  decayAll: boolean;
  momentum: number;
}

export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

export const OPTIMISERS = [
  {
    id: 'adam',
    label: 'Adam',
    describe:
      'Adaptive steps per parameter (Kingma & Ba), as in PyTorch: ε 1e-8 outside the root, bias-corrected.',
  },
  {
    id: 'adamw',
    label: 'AdamW',
    describe: 'Adam with decoupled weight decay: w ← w·(1 − lr·decay) before the step.',
  },
  {
    id: 'sgd',
    label: 'SGD with momentum',
    describe:
      'v ← momentum·v + g; w ← w − lr·v. Rotation-equivariant: a change of basis does not alter its path.',
  },
] as const satisfies readonly { id: OptimiserId; label: string; describe: string }[];

/**
 * One step on one flat parameter array, in place, in float64: the reference all engines are judged by.
 * `step` counts from 1. `decay` is the weight decay in force for this array (0 where `decayAll` is false and it is not a matrix).
 */
export function optimiserStep(
  settings: OptimiserSettings,
  step: number,
  decay: number,
  parameter: Float64Array,
  gradient: Float64Array,
  first: Float64Array,
  second: Float64Array | null,
): void {
  const { id, learningRate: lr, momentum } = settings;
  if (id === 'sgd') {
    for (let i = 0; i < parameter.length; i++) {
      const g = gradient[i] + decay * parameter[i];
      first[i] = momentum * first[i] + g;
      parameter[i] -= lr * first[i];
    }
    return;
  }
  if (!second) throw new Error('Adam needs a second moment.');
  const correction1 = 1 - ADAM.beta1 ** step;
  const correction2 = 1 - ADAM.beta2 ** step;
  for (let i = 0; i < parameter.length; i++) {
    if (id === 'adamw') parameter[i] *= 1 - lr * decay;
    const g = gradient[i];
    first[i] = ADAM.beta1 * first[i] + (1 - ADAM.beta1) * g;
    second[i] = ADAM.beta2 * second[i] + (1 - ADAM.beta2) * g * g;
    parameter[i] -= (lr * (first[i] / correction1)) / (Math.sqrt(second[i] / correction2) + ADAM.epsilon);
  }
}
