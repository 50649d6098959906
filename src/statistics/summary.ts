/** Sum with Neumaier's compensation: means of thousands of close values keep their digits. */
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

/** Arithmetic mean; NaN of nothing. */
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

/** Quantile by linear interpolation between order statistics (R's type 7); NaN of nothing. */
export function quantile(values: readonly number[], p: number): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(1, Math.max(0, p)) * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

/** Ranks from 1, ties sharing their mean. `descending`: the largest value has rank 1. */
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
 * Rank variance (energy paper, Fig. 3): the rows (architectures) are ranked within each column (data set), largest first, and each row's
 * ranks have this variance over the columns (population, as ranks of all data sets looked at; `sample` for n − 1).
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
