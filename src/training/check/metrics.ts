import type { gradients } from '../../energy/loss';
import { METRIC_COLUMNS, type StepMetrics } from '../engine';
import { namedArrays } from './fixtures';

/**
 * Where row `step` of an engine's metrics differs from the float64 reference by more than `tolerance` of its value (and 1e-6): one
 * sentence for each column, none where all agree.
 */
export function metricDisagreements(
  metrics: StepMetrics,
  step: number,
  expected: ReturnType<typeof gradients>,
  tolerance: number,
): string[] {
  const squares = namedArrays(expected.tensors).flatMap(([, values]) => Array.from(values, (v) => v * v));
  const columns: Record<(typeof METRIC_COLUMNS)[number], number> = {
    ...expected.loss,
    correct: expected.correct,
    gradientNorm: Math.sqrt(squares.reduce((a, b) => a + b, 0)),
  };
  return METRIC_COLUMNS.flatMap((name, c) => {
    const got = metrics.values[step * metrics.columns + c];
    const wanted = columns[name];
    return Math.abs(got - wanted) <= tolerance * Math.abs(wanted) + 1e-6
      ? []
      : [`${name} of step ${step}: ${got} for ${wanted}`];
  });
}
