import { permutation, seededRandom } from '../network/random';
import { tCritical, tTwoSided } from './distributions';
import type { ConfidenceInterval } from './intervals';
import { mean, squaredDeviations, variance } from './summary';

/**
 * A difference of two means with its test. `d` is Cohen's d: the difference divided by the pooled standard deviation, or
 * for pairs by the standard deviation of the differences.
 */
export interface MeanTest {
  difference: ConfidenceInterval;
  t: number;
  df: number;
  /** Two-sided. */
  p: number;
  d: number;
}

function test(value: number, error: number, df: number, n: number, d: number, level: number): MeanTest {
  const t = error === 0 ? (value === 0 ? 0 : Math.sign(value) * Infinity) : value / error;
  const half = tCritical(1 - level, df) * error;
  const p = error === 0 ? (value === 0 ? 1 : 0) : tTwoSided(t, df);
  return { difference: { value, low: value - half, high: value + half, n, level }, t, df, p, d };
}

const NONE = (n: number, level: number): MeanTest => ({
  difference: { value: NaN, low: NaN, high: NaN, n, level },
  t: NaN,
  df: NaN,
  p: NaN,
  d: NaN,
});

/** Welch's test of mean(a) − mean(b), variances not assumed equal; all NaN with fewer than two values on a side. */
export function welchTest(a: readonly number[], b: readonly number[], level = 0.95): MeanTest {
  const n = a.length + b.length;
  if (a.length < 2 || b.length < 2) return NONE(n, level);
  const [va, vb] = [variance(a) / a.length, variance(b) / b.length];
  const error = Math.sqrt(va + vb);
  const df = error === 0 ? n - 2 : (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  const difference = mean(a) - mean(b);
  const pooled = Math.sqrt((squaredDeviations(a) + squaredDeviations(b)) / (n - 2));
  return test(difference, error, df, n, difference / pooled, level);
}

/** Paired t test of the mean of a − b (same seed, same index); all NaN with fewer than two pairs. Throws where lengths differ. */
export function pairedTest(a: readonly number[], b: readonly number[], level = 0.95): MeanTest {
  if (a.length !== b.length) throw new Error(`Pairs need equal lengths, not ${a.length} and ${b.length}.`);
  const differences = a.map((v, i) => v - b[i]);
  const n = differences.length;
  if (n < 2) return NONE(n, level);
  const deviation = Math.sqrt(variance(differences));
  const value = mean(differences);
  return test(value, deviation / Math.sqrt(n), n - 1, n, value / deviation, level);
}

/**
 * A p-value by permutation: the share of rearrangements that are at least as extreme as the observed one. It is exact
 * where there are at most `resamples` rearrangements, for then all are looked at.
 */
export interface PermutationTest {
  p: number;
  arrangements: number;
  exact: boolean;
}

/**
 * Two-sided permutation test of mean(a) − mean(b). Where there are too many splits to look at all, `resamples` of them
 * are drawn and the observed one is counted with them, so p is never 0.
 */
export function permutationTest(
  a: readonly number[],
  b: readonly number[],
  { resamples = 10_000, seed = 0 } = {},
): PermutationTest {
  const all = [...a, ...b];
  const [n, k] = [all.length, a.length];
  if (k === 0 || k === n) return { p: NaN, arrangements: 0, exact: true };
  const total = all.reduce((s, v) => s + v, 0);
  const extent = (part: number): number => Math.abs(part / k - (total - part) / (n - k));
  const observed = extent(a.reduce((s, v) => s + v, 0));
  // Rounding must not decide about arrangements that are equal but for the order of a sum.
  const atLeast = (part: number): boolean => extent(part) >= observed * (1 - 1e-12);
  const splits = binomial(n, k);
  if (splits <= resamples) {
    let count = 0;
    const go = (from: number, left: number, part: number): void => {
      if (left === 0) count += Number(atLeast(part));
      else for (let i = from; i <= n - left; i++) go(i + 1, left - 1, part + all[i]);
    };
    go(0, k, 0);
    return { p: count / splits, arrangements: splits, exact: true };
  }
  const rng = seededRandom(seed, 'permutation');
  let count = 1;
  for (let r = 0; r < resamples; r++) {
    const order = permutation(n, rng);
    let part = 0;
    for (let i = 0; i < k; i++) part += all[order[i]];
    count += Number(atLeast(part));
  }
  return { p: count / (resamples + 1), arrangements: resamples, exact: false };
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) value = (value * (n - i + 1)) / i;
  return Math.round(value);
}

/**
 * Holm's correction for several tests (1979): the adjusted p-values, in the order given. NaN stays NaN and is not
 * counted as a test.
 */
export function holmAdjust(p: readonly number[]): number[] {
  const known = p.map((value, index) => ({ value, index })).filter(({ value }) => !Number.isNaN(value));
  known.sort((a, b) => a.value - b.value);
  const adjusted = p.map(() => NaN);
  let highest = 0;
  known.forEach(({ value, index }, k) => {
    highest = Math.max(highest, Math.min(1, (known.length - k) * value));
    adjusted[index] = highest;
  });
  return adjusted;
}
