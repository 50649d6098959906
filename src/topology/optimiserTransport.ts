import { cloneParameters, type OptimiserState, type ParameterTensors } from '../network/network';
import type { OperationOptions } from './types';

/** The name of one tensor of the parameters: its kind, and its index `layer` in `weights`, `biases` or `psi`. */
export interface TensorName {
  kind: 'weights' | 'biases' | 'psi';
  layer: number;
}

/** The values of a tensor, not copied. */
export function tensorValues(t: ParameterTensors, { kind, layer }: TensorName): Float64Array {
  return kind === 'weights' ? t.weights[layer].data : t[kind][layer];
}

/**
 * The tensors whose basis or size changes with hidden layer `layer` (and, for full diagonalisation, with the one below): rows
 * into it, its bias, the ψ that feeds it and the weights that read it.
 */
export function tensorsTouchedBy(layer: number, below = false): TensorName[] {
  return [
    { kind: 'weights', layer },
    { kind: 'biases', layer },
    ...(layer >= 1 ? [{ kind: 'psi' as const, layer: layer - 1 }] : []),
    { kind: 'weights', layer: layer + 1 },
    ...(below
      ? tensorsTouchedBy(layer - 1).filter(({ kind, layer: l }) => kind !== 'weights' || l !== layer)
      : []),
  ];
}

function mean(values: Float64Array): number {
  return values.length > 0 ? values.reduce((sum, v) => sum + v, 0) / values.length : 0;
}

/**
 * The optimiser as an operation's map may carry it (`transport`). `both`: as it is. `first`: every second moment of a touched
 * tensor becomes the mean of that tensor, which no rotation changes: the scale of Adam's steps stays (a reset to 0 would make the
 * next steps up to 6.6·lr long), what it knew of single entries goes. `off`: both moments of the touched tensors start again at 0
 * (first step 3.16·lr; with `warmUp` the second moments take the mean instead). The step count and all other tensors stay.
 * An operation touches what `touchedBy` lists; o, ψ of the layer itself and the next bias, which a removal only adds constants to, keep theirs.
 */
export function prepareOptimiser(
  optimiser: OptimiserState,
  touched: readonly TensorName[],
  { transport = 'both', warmUp = false }: OperationOptions,
): OptimiserState {
  if (transport === 'both') return optimiser;
  const first = cloneParameters(optimiser.first);
  const second = optimiser.second && cloneParameters(optimiser.second);
  for (const name of touched) {
    if (transport === 'off') tensorValues(first, name).fill(0);
    if (!second) continue;
    const values = tensorValues(second, name);
    values.fill(transport === 'first' || warmUp ? mean(values) : 0);
  }
  return { step: optimiser.step, first, second };
}

/**
 * Second moments of new entries, in place. They start at 0, so that under Adam, whose bias correction has long ended, the first
 * step of a new entry is (1 − β₁)/√(1 − β₂) = 3.16·lr whatever its gradient; with `warmUp` they take the mean
 * second moment their tensor had `before`, so that the step is as long as the gradient is large beside it. `pad` is the operation on
 * anything shaped like the parameters: what it fills with zeros is new.
 */
export function warmSecondMoments(
  before: OptimiserState,
  after: OptimiserState,
  touched: readonly TensorName[],
  pad: (t: ParameterTensors) => ParameterTensors,
  { warmUp = false }: OperationOptions,
): void {
  if (!warmUp || !before.second || !after.second) return;
  const ones = cloneParameters(before.second);
  for (const name of touched) tensorValues(ones, name).fill(1);
  const old = pad(ones);
  for (const name of touched) {
    const start = mean(tensorValues(before.second, name));
    const marks = tensorValues(old, name);
    const values = tensorValues(after.second, name);
    for (let i = 0; i < values.length; i++) if (marks[i] === 0) values[i] = start;
  }
}
