/** Sum with Neumaier's compensation, so that sums of thousands of nearly equal values keep their digits. */
export function sum(values: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (const v of values) {
    const next = total + v;
    lost += Math.abs(total) >= Math.abs(v) ? total - next + v : v - next + total;
    total = next;
  }
  return total + lost;
}

/** Arithmetic mean; NaN where there are no values. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Sum of squared deviations from the mean, in two passes. */
export function squaredDeviations(values: readonly number[]): number {
  const m = mean(values);
  return sum(values.map((v) => (v - m) ** 2));
}

/** Sample variance (n − 1); NaN of fewer than two values. */
export function variance(values: readonly number[]): number {
  return values.length < 2 ? NaN : squaredDeviations(values) / (values.length - 1);
}

/** Sample standard deviation (n − 1). */
export function standardDeviation(values: readonly number[]): number {
  return Math.sqrt(variance(values));
}

/** Coefficient of variation sd/|mean| (n − 1), a fraction; NaN where the mean is 0. */
export function coefficientOfVariation(values: readonly number[]): number {
  const m = mean(values);
  return m === 0 ? NaN : standardDeviation(values) / Math.abs(m);
}

/** Quantile p (0 … 1) of the values, by linear interpolation between neighbours (R's type 7); NaN of none. */
export function quantile(values: readonly number[], p: number): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(1, Math.max(0, p)) * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

/**
 * Ranks of the values, from 1; equal values share the mean of their ranks. With `descending` the largest value has rank
 * 1.
 */
export function ranks(values: readonly number[], descending = false): number[] {
  const order = values
    .map((_, i) => i)
    .sort((i, j) => (descending ? values[j] - values[i] : values[i] - values[j]));
  const result = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) result[order[k]] = (from + 1 + to) / 2;
    from = to;
  }
  return result;
}

/**
 * Rank variance (energy paper, Fig. 3). Within each column (data set) the rows (architectures) are ranked, the largest
 * first; the answer gives for each row the variance of its ranks over the columns. It is the variance of a population,
 * or with `sample` that of a sample (n − 1).
 */
export function rankVariance(table: readonly (readonly number[])[], sample = false): number[] {
  const columns = table[0]?.length ?? 0;
  const ranked = Array.from({ length: columns }, (_, j) =>
    ranks(
      table.map((row) => row[j]),
      true,
    ),
  );
  return table.map(
    (_, i) => squaredDeviations(ranked.map((column) => column[i])) / (sample ? columns - 1 : columns),
  );
}
