import { describe, expect, it } from 'vitest';
import { ISOTROPIC_TANH } from '../../../activations/isotropicTanh';
import { DETENT, positionOf, stepValue, trackValueAt } from '../../kit/slider/logScale';
import { hasDrifted, lambdaWindow, lengthWindow, logHistogram, shellShare } from './trackWindows';

describe('windows of the hands', () => {
  it('spans λ where λ·E is 0.1 % to 3000 % of the data loss', () => {
    const window = lambdaWindow(0.5, 0.01);
    expect(window?.low).toBeCloseTo(0.05, 12);
    expect(window?.high).toBeCloseTo(1500, 9);
    expect(lambdaWindow(0.5, 0)).toBeNull();
    expect(lambdaWindow(NaN, 1)).toBeNull();
  });
  it('spans o over four decades about the median ‖z‖²', () => {
    const window = lengthWindow(Float32Array.of(300, 500, 900));
    expect(window?.low).toBeCloseTo(5, 6);
    expect(window?.high).toBe(1e4);
    expect(lengthWindow(new Float32Array(0))).toBeNull();
  });
  it('follows only a drift of a quarter decade', () => {
    expect(hasDrifted({ low: 1, high: 100 }, { low: 1.5, high: 150 })).toBe(false);
    expect(hasDrifted({ low: 1, high: 100 }, { low: 2, high: 200 })).toBe(true);
  });
  it('bins on a log axis', () => {
    expect(logHistogram(Float32Array.of(1.5, 15, 15, 1e9), { low: 1, high: 100 }, 2)).toEqual([0.25, 0.5]);
  });
  it('finds the shell by the length of h, so that a larger o leaves it', () => {
    const norms = Float32Array.of(676, 676, 1);
    expect(shellShare(norms, 0, ISOTROPIC_TANH)).toBeCloseTo(2 / 3, 6);
    expect(shellShare(norms, 100, ISOTROPIC_TANH)).toBe(0);
  });
});

describe('log track with an exact zero', () => {
  const track = { low: 1e-3, high: 1e3, zero: true };
  it('goes there and back', () => {
    for (const value of [1e-3, 0.02, 1, 55, 1e3])
      expect(trackValueAt(positionOf(value, track), track)).toBeCloseTo(value, 6);
    expect(trackValueAt(0, track)).toBe(0);
    expect(trackValueAt(DETENT * 0.4, track)).toBe(0);
    expect(positionOf(1e9, track)).toBe(1);
  });
  it('steps to an exact zero below the window and back into it', () => {
    expect(stepValue(1e-3, -1, 1e-6, 1e4, track)).toBe(0);
    expect(stepValue(0, 1, 1e-6, 1e4, track)).toBe(1e-3);
    expect(stepValue(1, 20, 1e-6, 1e4, track)).toBe(10);
    expect(stepValue(9000, 20, 1e-6, 1e4, track)).toBe(1e4);
  });
});
