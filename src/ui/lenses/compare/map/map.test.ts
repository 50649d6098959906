import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contour } from './contour';
import { gridFor, logShare, shareAt, positiveRange, MAP_SIDE, evenlySpaced, cellAxisValue } from './grid';

describe('the grid of the map', () => {
  it('spans the windows where λ and o bite', () => {
    const grid = gridFor(0.5, 0.005, Float32Array.of(600, 676, 700));
    expect(grid?.lambdas).toHaveLength(MAP_SIDE);
    expect(grid?.lambdas[0]).toBeCloseTo(0.1);
    expect(grid?.lambdas.at(-1)).toBeCloseTo(3000);
    expect(grid?.os[0]).toBeCloseTo(6.8);
    // A hundred times the median lies beyond what may be typed.
    expect(grid?.os.at(-1)).toBe(10_000);
  });

  it('does not exist before there is anything to measure', () => {
    expect(gridFor(NaN, 0.1, Float32Array.of(1))).toBeNull();
    expect(gridFor(0.5, 0, Float32Array.of(1))).toBeNull();
    expect(gridFor(0.5, 0.1, new Float32Array(0))).toBeNull();
    expect(gridFor(0.5, 1e-8, Float32Array.of(1))).toBeNull();
  });

  it('is evenly spaced in log', () => {
    expect(evenlySpaced({ low: 1, high: 1e4 }, 5)).toEqual([1, 10, 100, 1000, 10_000]);
  });
});

describe('places on the map', () => {
  const values = [1, 10, 100, 1000, 10_000];
  it('puts values at the centres of their cells', () => {
    values.forEach((value, k) => {
      expect(shareAt(value, values).share).toBeCloseTo((k + 0.5) / 5, 9);
      expect(shareAt(value, values).inside).toBe(true);
      expect(cellAxisValue((k + 0.5) / 5, values)).toBe(value);
    });
  });

  it('holds what lies off the axis at its end', () => {
    expect(shareAt(0, values)).toEqual({ share: 0, inside: false });
    expect(shareAt(1e-6, values)).toEqual({ share: 0, inside: false });
    expect(shareAt(1e9, values)).toEqual({ share: 1, inside: false });
  });

  it('there and back', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        expect(
          shareAt(cellAxisValue(share, [0.1, 1.3, 17, 230, 3000]), [0.1, 1.3, 17, 230, 3000]).share,
        ).toBeCloseTo(share, 2);
      }),
    );
  });

  it('colours by log E', () => {
    expect(logShare(0.1, [0.01, 1])).toBeCloseTo(0.5);
    expect(logShare(5, [0.01, 1])).toBe(1);
    expect(logShare(0, [0.01, 1])).toBe(0);
    expect(logShare(1, [1, 1])).toBe(1);
    expect(positiveRange([0, NaN, 3, 0.2])).toEqual([0.2, 3]);
    expect(positiveRange([0, NaN])).toBeNull();
  });
});

describe('the contour', () => {
  it('crosses where linear interpolation says', () => {
    const [line] = contour([0, 1, 0, 1], 2, 0.25);
    expect(line).toHaveLength(2);
    for (const [x] of line) expect(x).toBeCloseTo(0.25);
    expect(line.map(([, y]) => y).sort()).toEqual([0, 1]);
  });

  it('is one closed line around a hill', () => {
    const hill = [0, 0, 0, 0, 1, 0, 0, 0, 0];
    const lines = contour(hill, 3, 0.5);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toHaveLength(5);
    expect(lines[0][0]).toEqual(lines[0][4]);
  });

  it('is nowhere in a field wholly above or below, and leaves holes open', () => {
    expect(contour([1, 2, 3, 4], 2, 0)).toEqual([]);
    expect(contour([1, 2, 3, 4], 2, 9)).toEqual([]);
    expect(contour([0, 1, NaN, 1], 2, 0.5)).toEqual([]);
  });

  it('joins a saddle by its middle', () => {
    // High corners at (0,0) and (1,1): with the middle above the level, the low corners are cut off.
    for (const [level, nearLow] of [
      [0.4, true],
      [0.6, false],
    ] as const) {
      const lines = contour([1, 0, 0, 1], 2, level);
      expect(lines).toHaveLength(2);
      const isLow = ([[ax, ay], [bx, by]]: [number, number][]) =>
        Math.abs((ax + bx) / 2 - (ay + by) / 2) > 0.25;
      expect(lines.every((line) => isLow(line as [number, number][]) === nearLow)).toBe(true);
    }
  });

  it('stays on the grid and on the level, whatever the field', () => {
    const field = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(field, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (values, level) => {
        for (const [x, y] of contour(values, 5, level).flat()) {
          const [c, r] = [Math.min(3, Math.floor(x)), Math.min(3, Math.floor(y))];
          const [u, v] = [x - c, y - r];
          const corner = (i: number, j: number) => values[(r + j) * 5 + c + i];
          const there =
            corner(0, 0) * (1 - u) * (1 - v) +
            corner(1, 0) * u * (1 - v) +
            corner(0, 1) * (1 - u) * v +
            corner(1, 1) * u * v;
          expect(there).toBeCloseTo(level, 6);
        }
      }),
    );
  });
});
