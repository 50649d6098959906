import { tCritical, tTwoSided } from './distributions';
import type { ConfidenceInterval } from './intervals';
import { mean, sum } from './summary';

/** A straight line by least squares: y = intercept + slope·x. */
export interface RegressionLine {
  slope: ConfidenceInterval;
  intercept: number;
  /** Share of the variance of y that the line explains. */
  r2: number;
  /** Two-sided p-value of the hypothesis that the slope is 0. */
  p: number;
}

/** Least-squares line through points; the slope's interval is NaN with fewer than three of them. Points that are not finite are left out. */
export function leastSquaresLine(xs: readonly number[], ys: readonly number[], level = 0.95): RegressionLine {
  const kept = xs.map((_, i) => i).filter((i) => Number.isFinite(xs[i]) && Number.isFinite(ys[i]));
  const x = kept.map((i) => xs[i]);
  const y = kept.map((i) => ys[i]);
  const n = x.length;
  const [mx, my] = [mean(x), mean(y)];
  const sxx = sum(x.map((v) => (v - mx) ** 2));
  const sxy = sum(x.map((v, i) => (v - mx) * (y[i] - my)));
  const syy = sum(y.map((v) => (v - my) ** 2));
  const value = sxy / sxx;
  const residual = sum(x.map((v, i) => (y[i] - my - value * (v - mx)) ** 2));
  const error = n > 2 ? Math.sqrt(residual / (n - 2) / sxx) : NaN;
  const half = n > 2 ? tCritical(1 - level, n - 2) * error : NaN;
  return {
    slope: { value, low: value - half, high: value + half, n, level },
    intercept: my - value * mx,
    r2: syy === 0 ? NaN : 1 - residual / syy,
    p: n > 2 ? (error === 0 ? 0 : tTwoSided(value / error, n - 2)) : NaN,
  };
}

/** Line of log y against log x through the pairs where both are positive. Its slope is the exponent of a power law. */
export function logLogLine(xs: readonly number[], ys: readonly number[], level = 0.95): RegressionLine {
  const log = (v: number): number => (v > 0 ? Math.log(v) : NaN);
  return leastSquaresLine(xs.map(log), ys.map(log), level);
}
