import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fittedAxis,
  fromShare,
  linearAxis,
  linearTicks,
  logAxis,
  logTicks,
  reversedAxis,
  tickLabels,
  toShare,
} from './scale';

const written = (axis: { ticks: { label: string }[] }): string[] => axis.ticks.map(({ label }) => label);

/** A label as the number it stands for. */
function readBack(label: string): number {
  const [mantissa, exponent = ''] = label
    .replace('−', '-')
    .replace(/^(-?)10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹])/, '$11×10$2')
    .split('×10');
  const power = exponent
    .replace('⁻', '-')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)));
  return Number(mantissa) * 10 ** Number(power);
}

describe('axes', () => {
  it('ticks are round, and no more than there is room for', () => {
    expect(linearTicks(0, 600, 3)).toEqual([0, 200, 400, 600]);
    expect(linearTicks(0, 3, 4, true)).toEqual([0, 1, 2, 3]);
    expect(logTicks(0.001, 100, 4)).toEqual([0.01, 1, 100]);
    expect(logTicks(0.4, 2.3, 4)).toEqual([0.5, 1, 2]);
    expect(logTicks(0.39, 2.7, 7)).toEqual([0.5, 1, 2]);
    expect(logTicks(0.025, 0.065, 5)).toEqual([0.03, 0.04, 0.05, 0.06]);
  });

  it('a tick is written as the number it is, never rounded to another', () => {
    const accuracy = fittedAxis([0.8325, 0.8381], { log: false, fit: 'data', count: 4, format: 'percent' });
    expect(written(accuracy)).toEqual(accuracy.ticks.map(({ value }) => (100 * value).toFixed(1)));
    expect(written(linearAxis(0.8325, 0.8345, { count: 4, format: 'percent' }))).toEqual([
      '83.25',
      '83.30',
      '83.35',
      '83.40',
      '83.45',
    ]);
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: 1e-3, max: 100, noNaN: true }),
        (low, span) => {
          for (const { value, label } of linearAxis(low, low + span, { count: 5 }).ticks)
            expect(readBack(label)).toBeCloseTo(value, 9);
        },
      ),
    );
  });

  it('ticks are written in the one notation', () => {
    expect(tickLabels([0, 0.005, 25, 0.0001, 5e-4, 2e5], 'number', true)).toEqual([
      '0',
      '0.005',
      '25',
      '10⁻⁴',
      '5×10⁻⁴',
      '2×10⁵',
    ]);
    expect(tickLabels([0, 0.5, 1], 'share')).toEqual(['0 %', '50 %', '100 %']);
    expect(tickLabels([0, 20_000], 'count')).toEqual(['0', '20,000']);
    expect(tickLabels([0.001, 0.002], 'seconds')).toEqual(['1 ms', '2 ms']);
    expect(tickLabels([-0.5, 0, 0.5], 'number')).toEqual(['−0.5', '0', '0.5']);
  });

  it('hold their data, and give every tick a place', () => {
    const value = fc.double({ min: 1e-9, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        value,
        value,
        fc.boolean(),
        fc.constantFrom('zero' as const, 'data' as const),
        fc.integer({ min: 2, max: 8 }),
        (a, b, log, fit, count) => {
          const [low, high] = a < b ? [a, b] : [b, a];
          const axis = fittedAxis([low, high], { log, fit, count });
          expect(axis.domain[0]).toBeLessThanOrEqual(low * (1 + 1e-9));
          expect(axis.domain[1]).toBeGreaterThanOrEqual(high * (1 - 1e-9));
          expect(axis.ticks.length).toBeGreaterThan(0);
          expect(axis.ticks.length).toBeLessThanOrEqual(Math.max(5, count + 2));
          const share = toShare(axis);
          for (const tick of axis.ticks) {
            const { value: at } = tick;
            expect(at).toBeGreaterThanOrEqual(axis.domain[0] * (1 - 1e-9) - 1e-12);
            expect(at).toBeLessThanOrEqual(axis.domain[1] * (1 + 1e-9) + 1e-12);
            expect(Number.isFinite(share(at))).toBe(true);
          }
        },
      ),
    );
  });

  it('an axis of accuracies is cut into fifths, not into halves, where there is room for five pieces', () => {
    const axis = fittedAxis([0.1, 0.9], { log: false, fit: 'zero', count: 4, format: 'percent' });
    expect(written(axis)).toEqual(['0', '20', '40', '60', '80', '100']);
  });

  it('a linear axis ends on ticks', () => {
    for (const range of [
      [0, 4.4],
      [0.8325, 0.8381],
      [3, 97],
      [0, 1],
    ] as const)
      for (const count of [2, 3, 4, 6]) {
        const { domain, ticks } = fittedAxis(range, { log: false, fit: 'data', count });
        expect([ticks[0].value, ticks[ticks.length - 1].value]).toEqual(domain);
      }
  });

  it('a log axis puts zero at its foot and inverts', () => {
    const axis = logAxis(0.01, 100);
    const share = toShare(axis);
    expect(share(0)).toBe(0);
    expect(share(-3)).toBe(0);
    expect(fromShare(axis)(share(3))).toBeCloseTo(3, 12);
  });

  it('a reversed axis runs from its large end', () => {
    const axis = reversedAxis(logAxis(0.01, 100));
    const share = toShare(axis);
    expect([100, 0.01, 0].map(share)).toEqual([0, 1, 1]);
    expect(share(1)).toBeCloseTo(0.5, 12);
  });

  it('an axis without data is still an axis', () => {
    const wanted = { log: false, fit: 'zero', count: 4 } as const;
    expect(fittedAxis(null, wanted).domain).toEqual([0, 1]);
    expect(fittedAxis([0, 0], { ...wanted, log: true, fit: 'data' }).ticks.length).toBeGreaterThan(0);
    expect(fittedAxis([0, 0], wanted).ticks.length).toBeGreaterThan(0);
  });
});
