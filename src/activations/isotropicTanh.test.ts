import { describe, expect, it } from 'vitest';
import { ISOTROPIC_TANH } from './isotropicTanh';

const { scale, slope } = ISOTROPIC_TANH;

/** m, tanh(m)/m, (sech²m − tanh(m)/m)/m²; from 80-digit decimal arithmetic, rounded to float64. */
const REFERENCE: readonly [number, number, number][] = [
  [0, 1.0, -0.6666666666666666],
  [0.0001, 0.9999999966666667, -0.6666666613333334],
  [0.01, 0.999966667999946, -0.6666133365712537],
  [0.1, 0.9966799462495581, -0.6613655402118392],
  [0.3, 0.971042041505303, -0.6211675519852646],
  [0.4999, 0.9242618700790107, -0.5511862674261203],
  [0.5001, 0.9242067554467152, -0.5511063814204321],
  [1, 0.7615941559557649, -0.3416198143417388],
  [2, 0.48201379003790845, -0.10284074129618599],
  [5, 0.19998184085251902, -0.007992010304863009],
  [10, 0.09999999958776927, -0.0009999999134315482],
  [50, 0.02, -8e-6],
];

describe('isotropic tanh scalars', () => {
  it.each(REFERENCE)('are accurate at m = %d', (m, s, g) => {
    expect(Math.abs(scale(m * m) / s - 1)).toBeLessThan(2e-15);
    expect(Math.abs(slope(m * m) / g - 1)).toBeLessThan(1e-14);
  });

  it('join smoothly where the series ends', () => {
    for (const f of [scale, slope]) expect(Math.abs(f(0.25 - 1e-15) - f(0.25))).toBeLessThan(5e-15);
  });

  it('have g/2 as the derivative of s by q', () => {
    for (const q of [0, 1e-8, 1e-3, 0.1, 0.3, 2, 40, 900]) {
      const step = 1e-5 * Math.max(1, q);
      const from = Math.max(0, q - step);
      const quotient = (scale(q + step) - scale(from)) / (q + step - from);
      expect(Math.abs(quotient - slope((q + step + from) / 2) / 2)).toBeLessThan(1e-9);
    }
  });
});
