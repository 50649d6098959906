import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTick, linearTicks, logScale, logTicks, yScale } from './scale';

describe('axes', () => {
  it('ticks are round', () => {
    expect(linearTicks(0, 600, 3)).toEqual([0, 200, 400, 600]);
    expect(linearTicks(0, 3, 4, true)).toEqual([0, 1, 2, 3]);
    expect(logTicks(0.001, 100, 4)).toEqual([0.01, 1, 100]);
    expect(logTicks(0.4, 2.3, 4)).toEqual([0.5, 1, 2]);
  });

  it('numbers are short', () => {
    expect([0, 0.005, 25, 0.0001, 5e-4, 2e5].map(axisTick)).toEqual([
      '0',
      '0.005',
      '25',
      '10⁻⁴',
      '5·10⁻⁴',
      '2·10⁵',
    ]);
  });

  it('hold their data, and give every tick a place', () => {
    const value = fc.double({ min: 1e-9, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        value,
        value,
        fc.boolean(),
        fc.constantFrom('zero' as const, 'data' as const),
        (a, b, log, fit) => {
          const [low, high] = a < b ? [a, b] : [b, a];
          const scale = yScale([low, high], log, fit, 4);
          expect(scale.domain[0]).toBeLessThanOrEqual(low * (1 + 1e-9));
          expect(scale.domain[1]).toBeGreaterThanOrEqual(high * (1 - 1e-9));
          expect(scale.ticks.length).toBeGreaterThan(0);
          expect(scale.ticks.length).toBeLessThanOrEqual(8);
          for (const tick of scale.ticks) expect(Number.isFinite(scale.share(tick))).toBe(true);
        },
      ),
    );
  });

  it('a log axis puts zero at its foot and inverts', () => {
    const scale = logScale(0.01, 100, 4);
    expect(scale.share(0)).toBe(0);
    expect(scale.share(-3)).toBe(0);
    expect(scale.invert(scale.share(3))).toBeCloseTo(3, 12);
  });

  it('an axis without data is still an axis', () => {
    expect(yScale(null, false, 'zero', 4).domain).toEqual([0, 1]);
    expect(yScale([0, 0], true, 'data', 4).ticks.length).toBeGreaterThan(0);
  });
});
