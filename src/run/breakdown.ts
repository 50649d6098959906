import type { StepMetrics } from '../training/engine';

/**
 * Whether and where training has broken down: the first row of metrics with a number that is not finite, be it a loss, an energy or the
 * norm of the gradient. Null where all are finite.
 */
export function firstBrokenRow({ columns, values }: Pick<StepMetrics, 'columns' | 'values'>): number | null {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  return bad < 0 ? null : Math.floor(bad / columns);
}
