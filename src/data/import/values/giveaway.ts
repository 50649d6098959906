/** Right answers above which a column gives the label away. */
const NEARLY = 0.97;
/** And of the errors that always naming the largest class makes, at most this share is left. */
const LEFT = 0.15;

/**
 * The share of samples whose class one column alone tells: each sample is given the class that most others with the same value have, and
 * where there are no others the largest class. `value(i)` is 0 … buckets − 1.
 */
export function toldBy(
  value: (sample: number) => number,
  buckets: number,
  labels: ArrayLike<number>,
  classes: number,
): number {
  const n = labels.length;
  const tally = new Uint32Array(buckets * classes);
  const sizes = new Uint32Array(classes);
  for (let i = 0; i < n; i++) {
    tally[value(i) * classes + labels[i]]++;
    sizes[labels[i]]++;
  }
  const largest = sizes.indexOf(Math.max(...sizes));
  let right = 0;
  for (let b = 0; b < buckets; b++) {
    let [first, second, at, total] = [0, 0, 0, 0];
    for (let c = 0; c < classes; c++) {
      const m = tally[b * classes + c];
      total += m;
      if (m > first) [second, first, at] = [first, m, c];
      else if (m > second) second = m;
    }
    if (total === 1) right += Number(at === largest);
    // Without the sample itself its class must still be ahead.
    else if (first - 1 > second || first === total) right += first;
  }
  return right / n;
}

/** Whether a share of right answers is nearly all, and far above always naming the largest class. */
export function givesAway(share: number, baseline: number): boolean {
  return share >= NEARLY && 1 - share <= LEFT * (1 - baseline);
}
