import { seededRandom } from '../network/random';
import { normalCdf, normalQuantile, tCritical } from './distributions';
import { standardDeviation, mean, quantile } from './summary';

/**
 * A mean or difference with its confidence interval. `n` is the number of values behind it; `low` and `high` are NaN
 * where n is too small for an interval.
 */
export interface ConfidenceInterval {
  value: number;
  low: number;
  high: number;
  n: number;
  /** 0.95 for a 95 % interval. */
  level: number;
}

/** Student's t interval of the mean. It needs at least two values; with fewer, its limits are NaN. */
export function meanInterval(values: readonly number[], level = 0.95): ConfidenceInterval {
  const n = values.length;
  const value = mean(values);
  const half = n < 2 ? NaN : (tCritical(1 - level, n - 1) * standardDeviation(values)) / Math.sqrt(n);
  return { value, low: value - half, high: value + half, n, level };
}

/** Interval of a geometric mean of positive values: the t interval of their logarithms, carried back. */
export function geometricInterval(values: readonly number[], level = 0.95): ConfidenceInterval {
  const { value, low, high, n } = meanInterval(values.map(Math.log), level);
  return { value: Math.exp(value), low: Math.exp(low), high: Math.exp(high), n, level };
}

/**
 * Bias-corrected and accelerated bootstrap interval of a statistic (Efron 1987), seeded; falls back to the percentile interval where the
 * correction is undefined (all resamples alike). Needs two values.
 */
export function bootstrapInterval(
  values: readonly number[],
  statistic: (sample: readonly number[]) => number = mean,
  { level = 0.95, resamples = 2000, seed = 0 } = {},
): ConfidenceInterval {
  const n = values.length;
  const value = statistic(values);
  if (n < 2) return { value, low: NaN, high: NaN, n, level };
  const rng = seededRandom(seed, 'bootstrap');
  const drawn = Array.from({ length: resamples }, () =>
    statistic(Array.from({ length: n }, () => values[rng.integer(n)])),
  );
  const below = drawn.filter((v) => v < value).length + 0.5 * drawn.filter((v) => v === value).length;
  const bias = normalQuantile(below / resamples);
  const left = values.map((_, i) => statistic(values.filter((_v, j) => j !== i)));
  const centre = mean(left);
  const cubes = left.reduce((s, v) => s + (centre - v) ** 3, 0);
  const squares = left.reduce((s, v) => s + (centre - v) ** 2, 0);
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
  const at = (alpha: number): number => {
    const z = bias + normalQuantile(alpha);
    const p = normalCdf(bias + z / (1 - acceleration * z));
    return quantile(drawn, Number.isFinite(p) ? p : alpha);
  };
  return { value, low: at((1 - level) / 2), high: at((1 + level) / 2), n, level };
}

/**
 * On which side of a value an interval lies: 1 where all of it is above, −1 where all of it is below, 0 where it holds
 * the value or has no limits.
 */
export function sideOfThreshold({ low, high }: ConfidenceInterval, value: number): -1 | 0 | 1 {
  return low > value ? 1 : high < value ? -1 : 0;
}
