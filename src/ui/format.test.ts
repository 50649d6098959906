import { describe, expect, it } from 'vitest';
import { groupedInteger, percent, typedNumber, reductionRatio, significant } from './format';

describe('numbers on screen', () => {
  it('writes accuracies, energies, reductions and typed values', () => {
    expect(percent(0.84561)).toBe('84.6 %');
    expect(percent(NaN)).toBe('–');
    expect([4.9123, 0.012345, 2.1e-6, 0, 123456, 1e-7, 9.99e-7].map((v) => significant(v))).toEqual([
      '4.91',
      '0.0123',
      '2.1×10⁻⁶',
      '0',
      '1.2×10⁵',
      '10⁻⁷',
      '10⁻⁶',
    ]);
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
