import { describe, expect, it } from 'vitest';
import {
  formatInterval,
  formatNumber,
  groupedInteger,
  percent,
  reductionRatio,
  roundedNumber,
  significant,
  typedNumber,
} from './format';

describe('numbers', () => {
  it('measured values have three significant digits and one notation of powers', () => {
    expect(
      [4.9123, 0.012345, 0.5, 12345, 2.1e-6, 0, 123456, 1e-7, 9.99e-7, -2.5e-5, -1e6, 99_999.9].map((v) =>
        significant(v),
      ),
    ).toEqual([
      '4.91',
      '0.0123',
      '0.500',
      '12300',
      '2.1×10⁻⁶',
      '0',
      '1.2×10⁵',
      '10⁻⁷',
      '10⁻⁶',
      '−2.5×10⁻⁵',
      '−10⁶',
      '10⁵',
    ]);
    expect([NaN, Infinity, -Infinity].map((v) => significant(v))).toEqual(['–', '∞', '−∞']);
  });

  it('set values carry no trailing zeros, in the same notation', () => {
    expect([0.5, 0.001, 25, 5e-4, 2.1e-6, -3, 1e5, 0].map((v) => roundedNumber(v))).toEqual([
      '0.5',
      '0.001',
      '25',
      '5×10⁻⁴',
      '2.1×10⁻⁶',
      '−3',
      '10⁵',
      '0',
    ]);
  });

  it('what a number is decides how it is written', () => {
    expect([
      formatNumber(0.84561, 'share'),
      formatNumber(1.5, 'points'),
      formatNumber(-0.254, 'points'),
      formatNumber(2.1e-6, 'number'),
      formatNumber(60000, 'count'),
      formatNumber(0.0025, 'seconds'),
      formatNumber(0.5, 'ratio'),
      formatNumber(null, 'number'),
      formatNumber(-Infinity, 'ratio'),
    ]).toEqual(['84.56 %', '+1.50', '−0.25', '2.1×10⁻⁶', '60,000', '2.5 ms', '×0.5', '–', '−∞']);
    expect(formatInterval({ value: 0.98, low: 0.97, high: 0.99 }, 'number')).toBe('0.98 [0.97, 0.99]');
    expect(formatInterval({ value: 0.98, low: NaN, high: NaN }, 'number')).toBe('0.98');
  });

  it('accuracies, typed values, counts and reductions', () => {
    expect(percent(0.84561)).toBe('84.6 %');
    expect(percent(NaN)).toBe('–');
    expect([0, 0.001, 1e-6, 100].map(typedNumber)).toEqual(['0', '0.001', '1e-6', '100']);
    expect(reductionRatio(39.2, 1)).toBe('÷39');
    expect(reductionRatio(1, 1.8)).toBe('×1.8');
    expect([reductionRatio(1.001, 1), reductionRatio(9.96, 1), reductionRatio(1234, 1)]).toEqual([
      '÷1.0',
      '÷10',
      '÷1200',
    ]);
    expect(groupedInteger(60000)).toBe('60,000');
  });
});
