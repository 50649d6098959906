import { describe, expect, it } from 'vitest';
import { measureId } from './ids';
import { convertLambda, energyMeasure, MEASURES } from './measures';

const h = Float64Array.from([1, -2, 0, 0.5, 0, 0.01]);

describe('energy measures', () => {
  it('cover exactly the ids of the configuration', () => {
    expect(MEASURES.map((m) => m.id)).toEqual(measureId.options);
  });

  it('have the values of their formulas', () => {
    const value = (id: (typeof MEASURES)[number]['id']): number => energyMeasure(id).layer(h, 2, 3);
    expect(value('mean-square')).toBeCloseTo(5.2501 / 6, 12);
    expect(value('sum-square')).toBeCloseTo(5.2501 / 2, 12);
    expect(value('l1')).toBeCloseTo(3.51 / 2, 12);
    expect(value('active-count')).toBeCloseTo((1 / 1.0001 + 4 / 4.0001 + 0.25 / 0.2501 + 0.5) / 2, 12);
    expect(value('hoyer-square')).toBeCloseTo((9 / 5 + 0.51 ** 2 / 0.2501) / 2, 12);
    expect(energyMeasure('mean-square').combine([1, 3])).toBe(2);
    expect(energyMeasure('l1').combine([1, 3])).toBe(4);
  });

  it.each(MEASURES)('$id: the gradient agrees with finite differences', (measure) => {
    const into = new Float64Array(6);
    measure.addGradient(h, 2, 3, 3, 0.5, into);
    const energy = (x: Float64Array): number => measure.combine([measure.layer(x, 2, 3), 0, 0]);
    h.forEach((_, i) => {
      const step = 1e-6;
      const [up, down] = [1, -1].map((sign) => energy(h.map((v, j) => (i === j ? v + sign * step : v))));
      expect(Math.abs(into[i] - (0.5 * (up - down)) / (2 * step))).toBeLessThan(1e-6);
    });
  });

  it.each(MEASURES)('$id: is 0, not NaN, on an empty batch and without layers', (measure) => {
    expect(measure.layer(new Float64Array(0), 0, 3)).toBe(0);
    expect(measure.combine([])).toBe(0);
    expect(measure.printed([])).toBe('E = 0');
  });

  it('count no unit of silent images, and under the Hoyer square no scale', () => {
    const { layer, addGradient } = energyMeasure('hoyer-square');
    const silent = Float64Array.from([0, 0, 0, 3, 3, 3]);
    expect(layer(silent, 2, 3)).toBe(1.5);
    expect(
      layer(
        silent.map((v) => 1e-9 * v),
        2,
        3,
      ),
    ).toBeCloseTo(1.5, 12);
    const into = new Float64Array(6);
    addGradient(silent, 2, 3, 1, 1, into);
    expect(into.every((v) => v === 0)).toBe(true);
  });

  it('translate λ where one λ pushes every activation as hard as another', () => {
    const push = (id: (typeof MEASURES)[number]['id'], lambda: number): number[] => {
      const into = new Float64Array(6);
      energyMeasure(id).addGradient(h, 2, 3, 4, lambda, into);
      return [...into];
    };
    const widths = [3, 3, 3, 3];
    const sum = convertLambda(0.6, 'mean-square', 'sum-square', widths) ?? NaN;
    expect(sum).toBeCloseTo(0.05, 15);
    push('sum-square', sum).forEach((v, i) => expect(v).toBeCloseTo(push('mean-square', 0.6)[i], 15));
    expect(convertLambda(sum, 'sum-square', 'mean-square', widths)).toBeCloseTo(0.6, 15);
    expect(convertLambda(1e-2, 'mean-square', 'sum-square', [256, 256])).toBeCloseTo(2e-5, 6);
    expect(convertLambda(0.6, 'mean-square', 'sum-square', [3, 4])).toBeNull();
    expect(convertLambda(0.6, 'mean-square', 'l1', widths)).toBeNull();
    expect(convertLambda(0.6, 'l1', 'l1', [3, 4])).toBe(0.6);
  });

  it('print the formula in force', () => {
    expect(energyMeasure('mean-square').printed([128, 64])).toBe(
      'E = (1/2)·(mean of 128 h₁² + mean of 64 h₂²), mean over images',
    );
    expect(energyMeasure('l1').printed([32])).toBe('E = Σ of 32 |h₁|, mean over images');
    expect(energyMeasure('hoyer-square').printed([32, 8], 'pre')).toBe(
      'E = (Σ of 32 |z₁|)²/Σz₁² + (Σ of 8 |z₂|)²/Σz₂², mean over images',
    );
  });
});
