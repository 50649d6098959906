import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finiteExtent, lowerBound, minMax, type SeriesRows, sampleRows } from './decimate';

const rowsOf = (values: number[], steps = values.map((_, i) => i + 1)): SeriesRows => ({
  n: values.length,
  stepAt: (row) => steps[row],
  valueAt: (row) => values[row],
});

describe('decimation', () => {
  it('keeps everything that fits', () => {
    expect(minMax(rowsOf([3, 1, 2]), 0, 10, 100)).toEqual([
      { x: 1, y: 3 },
      { x: 2, y: 1 },
      { x: 3, y: 2 },
    ]);
  });

  it('keeps the extremes, the order and at most two points a pixel', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const gap = fc.constantFrom(NaN, Infinity);
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: gap }), {
          maxLength: 900,
        }),
        fc.integer({ min: 1, max: 200 }),
        (values, pixels) => {
          const points = minMax(rowsOf(values), 0, Math.max(1, values.length), pixels);
          const finite = values.filter(Number.isFinite);
          expect(points.length).toBeLessThanOrEqual(Math.max(2 * pixels, 1));
          for (let i = 1; i < points.length; i++) expect(points[i].x).toBeGreaterThan(points[i - 1].x);
          for (const { x, y } of points) if (y !== null) expect(y).toBe(values[x - 1]);
          expect(finiteExtent([points])).toEqual(
            finite.length ? [Math.min(...finite), Math.max(...finite)] : null,
          );
        },
      ),
    );
  });

  it('keeps one spike among a hundred thousand rows', () => {
    const values = Array.from({ length: 100_000 }, () => 1);
    values[56_789] = 40;
    const points = minMax(rowsOf(values), 0, values.length, 220);
    expect(points.length).toBeLessThanOrEqual(440);
    expect(points).toContainEqual({ x: 56_790, y: 40 });
  });

  it('looks at the window only', () => {
    const points = minMax(rowsOf([9, 1, 2, 3, 9]), 2, 4, 50);
    expect(points.map((p) => p.y)).toEqual([1, 2, 3]);
  });

  it('breaks the line where values are not finite', () => {
    expect(minMax(rowsOf([1, NaN, NaN, 2]), 0, 4, 50).map((p) => p.y)).toEqual([1, null, 2]);
  });

  it('samples the last row of each pixel, the very last included', () => {
    const rows = rowsOf(Array.from({ length: 5000 }, (_, i) => i));
    const points = sampleRows(rows, 0, 5000, 100);
    expect(points.length).toBeLessThanOrEqual(100);
    expect(points.at(-1)).toEqual({ x: 5000, y: 4999 });
  });

  it('finds the first row at or after a step', () => {
    const rows = rowsOf([0, 0, 0], [2, 5, 9]);
    expect([1, 2, 3, 9, 10].map((step) => lowerBound(rows, step))).toEqual([0, 0, 1, 2, 3]);
  });
});
