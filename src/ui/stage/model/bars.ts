import { type UnitAxis, blocksOf } from '../geometry/unitAxis';

/** The numbers behind the bars and tiles. */

/** Euclidean norm of each row of a row-major [rows, cols] matrix. */
export function rowNorms(weights: ArrayLike<number>, rows: number, cols: number): Float64Array {
  const norms = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = i * cols; j < (i + 1) * cols; j++) sum += weights[j] * weights[j];
    norms[i] = Math.sqrt(sum);
  }
  return norms;
}

/** Per slot of `perSlot` neighbours the value of largest magnitude, with its sign. */
export function binLargest(values: ArrayLike<number>, perSlot: number): Float64Array {
  const out = new Float64Array(Math.ceil(values.length / perSlot));
  for (let i = 0; i < values.length; i++) {
    const slot = Math.floor(i / perSlot);
    if (Math.abs(values[i]) > Math.abs(out[slot])) out[slot] = values[i];
  }
  return out;
}

/** The bars of an axis: binned by largest magnitude within each of its groups, each group with where it stands. */
export function binAxis(values: Float64Array, axis: UnitAxis): { values: Float64Array; axis: UnitAxis }[] {
  return blocksOf(axis).map(({ first, axis: own }) => ({
    values: binLargest(values.subarray(first, first + own.n), own.perSlot),
    axis: own,
  }));
}

/** Indices of the k largest values, largest first; equal values keep their order. */
export function largestIndices(values: ArrayLike<number>, k: number): number[] {
  return Array.from({ length: values.length }, (_, i) => i)
    .sort((a, b) => values[b] - values[a] || a - b)
    .slice(0, k);
}

/**
 * The k largest units in steady places: a unit shown before keeps its place while it is within `margin` of the k largest,
 * so that tiles of nearly equal units do not change places at every step.
 */
export function steadyLargest(
  before: readonly number[],
  values: ArrayLike<number>,
  k: number,
  margin = 0.08,
): number[] {
  const top = largestIndices(values, k);
  if (before.length !== top.length) return top;
  const least = values[top[top.length - 1]];
  const stays = before.map((i) => i < values.length && values[i] * (1 + margin) >= least);
  const kept = new Set(before.filter((_, place) => stays[place]));
  const fresh = top.filter((i) => !kept.has(i));
  let next = 0;
  return before.map((i, place) => (stays[place] ? i : fresh[next++]));
}
