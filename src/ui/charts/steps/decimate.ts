/** A point of a drawn line; y is null where the line has a gap. */
export interface LinePoint {
  x: number;
  y: number | null;
}

/** Rows of a series without copying them: x ascending. */
export interface SeriesRows {
  n: number;
  stepAt: (row: number) => number;
  valueAt: (row: number) => number;
}

/** First row whose step is ≥ `step` (n if none). */
export function lowerBound({ n, stepAt }: SeriesRows, step: number): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stepAt(middle) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What a line `pixels` wide can show of rows in [x0, x1]: for each pixel the rows with the smallest and the largest
 * value, in their order (so spikes survive, and at most two points a pixel remain). Values that are not finite make gaps.
 */
export function minMax(rows: SeriesRows, x0: number, x1: number, pixels: number): LinePoint[] {
  const from = lowerBound(rows, x0);
  const to = lowerBound(rows, x1 + 1e-9);
  const { stepAt, valueAt } = rows;
  const columns = Math.max(1, Math.floor(pixels));
  const points: LinePoint[] = [];
  if (to - from <= 2 * columns) {
    for (let r = from; r < to; r++) push(points, stepAt(r), valueAt(r));
    return points;
  }
  const scale = columns / Math.max(1e-12, x1 - x0);
  let r = from;
  while (r < to) {
    const column = columnOf(stepAt(r), x0, scale, columns);
    let low = -1;
    let high = -1;
    let lowest = Infinity;
    let highest = -Infinity;
    const first = r;
    for (; r < to && columnOf(stepAt(r), x0, scale, columns) === column; r++) {
      const value = valueAt(r);
      if (!Number.isFinite(value)) continue;
      if (value < lowest) {
        lowest = value;
        low = r;
      }
      if (value > highest) {
        highest = value;
        high = r;
      }
    }
    if (low < 0) push(points, stepAt(first), NaN);
    else {
      const [a, b] = low < high ? [low, high] : [high, low];
      push(points, stepAt(a), valueAt(a));
      if (a !== b) push(points, stepAt(b), valueAt(b));
    }
  }
  return points;
}

/** One row a pixel (the last in it), for series that are smooth by construction and dear to compute. */
export function sampleRows(rows: SeriesRows, x0: number, x1: number, pixels: number): LinePoint[] {
  const from = lowerBound(rows, x0);
  const to = lowerBound(rows, x1 + 1e-9);
  const columns = Math.max(1, Math.floor(pixels));
  const points: LinePoint[] = [];
  if (to - from <= columns) {
    for (let r = from; r < to; r++) push(points, rows.stepAt(r), rows.valueAt(r));
    return points;
  }
  const width = (x1 - x0) / columns;
  let next = from;
  for (let c = 0; c < columns && next < to; c++) {
    const end = c === columns - 1 ? to : Math.min(to, lowerBound(rows, x0 + (c + 1) * width));
    if (end <= next) continue;
    push(points, rows.stepAt(end - 1), rows.valueAt(end - 1));
    next = end;
  }
  return points;
}

function columnOf(x: number, x0: number, scale: number, columns: number): number {
  return Math.min(columns - 1, Math.floor((x - x0) * scale));
}

/** Appends a point; gaps next to gaps are one gap. */
function push(points: LinePoint[], x: number, y: number): void {
  if (Number.isFinite(y)) points.push({ x, y });
  else if (points.length && points[points.length - 1].y !== null) points.push({ x, y: null });
}

/** Smallest and largest finite y (null without any). */
export function finiteExtent(lines: readonly LinePoint[][]): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const points of lines)
    for (const { y } of points) {
      if (y === null) continue;
      if (y < low) low = y;
      if (y > high) high = y;
    }
  return low <= high ? [low, high] : null;
}
