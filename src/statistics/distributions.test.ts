import { describe, expect, it } from 'vitest';
import { fUpperTail, logGamma, normalCdf, normalQuantile, tCritical, tTwoSided } from './distributions';

/** Relative error. */
const error = (value: number, truth: number): number => Math.abs(value / truth - 1);

// Truth: SciPy 1.17.
describe('distributions against an independent library', () => {
  it.each([
    [0.5, 0.5723649429247],
    [3.7, 1.428072326665388],
    [50, 144.56574394634487],
    [638, 3480.1097247820076],
  ])('log Γ(%d)', (x, truth) => {
    expect(error(logGamma(x), truth)).toBeLessThan(1e-13);
  });

  it.each([
    [67, 15, 1276, 5.2051218625337895e-149],
    [0.43, 3, 1276, 0.7315438893031811],
    [4.107, 2, 54, 0.02186009998253169],
    [92, 2, 54, 4.046258965448299e-18],
    [1e-3, 1, 5, 0.9759963654373662],
    [1e4, 2, 8, 2.5559080927254922e-14],
  ])('P(F > %d) with %i and %i degrees of freedom', (f, a, b, truth) => {
    expect(error(fUpperTail(f, a, b), truth)).toBeLessThan(2e-12);
  });

  it.each([
    [2.776, 4, 0.05002277831997642],
    [0.1, 7.3, 0.9230354971398295],
    [12, 30, 5.580185415199261e-13],
    [40, 9, 1.8982998449339822e-11],
    [1e-3, 2, 0.9992928933955901],
  ])('P(|T| > %d) with %d degrees of freedom', (t, df, truth) => {
    expect(error(tTwoSided(t, df), truth)).toBeLessThan(1e-12);
    expect(tTwoSided(-t, df)).toBe(tTwoSided(t, df));
  });

  it.each([
    [0.05, 4, 2.7764451051977943],
    [0.05, 9, 2.2621571627982053],
    [0.01, 2.5, 7.163728138948786],
    [0.05, 1000, 1.9623390808264085],
  ])('critical t for %d at %d', (alpha, df, truth) => {
    expect(error(tCritical(alpha, df), truth)).toBeLessThan(1e-12);
  });

  it('normal cdf and quantile', () => {
    expect(error(normalCdf(-6), 9.865876450376946e-10)).toBeLessThan(1e-12);
    expect(error(normalCdf(-9), 1.1285884059538324e-19)).toBeLessThan(1e-12);
    expect(error(normalCdf(-1.3), 0.09680048458561036)).toBeLessThan(1e-13);
    expect(error(normalCdf(2.9), 0.998134186699616)).toBeLessThan(1e-14);
    expect(error(normalCdf(3.1), 0.9990323967867817)).toBeLessThan(1e-14);
    expect(error(normalQuantile(0.025), -1.9599639845400545)).toBeLessThan(1e-13);
    expect(error(normalQuantile(1e-6), -4.753424308822899)).toBeLessThan(1e-12);
    expect(error(normalQuantile(0.3), -0.5244005127080409)).toBeLessThan(1e-13);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
  });

  it('keeps to the ends', () => {
    expect(fUpperTail(0, 2, 9)).toBe(1);
    expect(fUpperTail(Infinity, 2, 9)).toBe(0);
    expect(tTwoSided(0, 5)).toBe(1);
    expect(tCritical(0, 5)).toBeNaN();
  });
});
