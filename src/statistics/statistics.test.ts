import { describe, expect, it } from 'vitest';
import { bootstrapInterval, geometricInterval, meanInterval, sideOfThreshold } from './intervals';
import { leastSquaresLine, logLogLine } from './regression';
import { coefficientOfVariation, mean, quantile, ranks, rankVariance, sum, variance } from './summary';
import { holmAdjust, pairedTest, permutationTest, welchTest } from './tests';

/** Hours of extra sleep under two drugs (Student 1908; R's sleep). Truth of tests and intervals: SciPy 1.17. */
const A = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const B = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe('summaries', () => {
  it('keep their digits', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(variance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBe(30);
    expect(mean([])).toBeNaN();
    expect(variance([1])).toBeNaN();
  });
  it('quantiles, ranks with ties, CV', () => {
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
    expect(ranks([10, 30, 20, 20])).toEqual([1, 4, 2.5, 2.5]);
    expect(ranks([10, 30, 20, 20], true)).toEqual([4, 1, 2.5, 2.5]);
    expect(coefficientOfVariation([9, 10, 11])).toBeCloseTo(0.1, 12);
  });
  it('rank variance: 0 for who is always first', () => {
    const table = [
      [9, 9, 9],
      [1, 5, 2],
      [5, 1, 3],
    ];
    expect(rankVariance(table)).toEqual([0, 2 / 9, 2 / 9].map((v) => expect.closeTo(v, 12) as number));
    expect(rankVariance(table, true)[1]).toBeCloseTo(1 / 3, 12);
  });
});

describe('intervals', () => {
  it('t interval of the mean', () => {
    const { value, low, high, n } = meanInterval(A);
    expect(value).toBeCloseTo(0.75, 12);
    expect(low).toBeCloseTo(-0.5297804135262318, 12);
    expect(high).toBeCloseTo(2.0297804135262316, 12);
    expect(n).toBe(10);
    expect(meanInterval([1]).low).toBeNaN();
    expect([
      sideOfThreshold(meanInterval(A), 0),
      sideOfThreshold(meanInterval(B), 0),
      sideOfThreshold(meanInterval([1]), 0),
    ]).toEqual([0, 1, 0]);
  });
  it('geometric mean', () => {
    const { value, low, high } = geometricInterval([1, 10, 100]);
    expect(value).toBeCloseTo(10, 12);
    expect(low * high).toBeCloseTo(100, 9);
  });
  it('BCa bootstrap: near the one of 200,000 resamples, and the same each time', () => {
    const values = A.map(Math.exp);
    const options = { resamples: 4000, seed: 1 };
    const { low, high } = bootstrapInterval(values, mean, options);
    expect(Math.abs(low / 1.8455622384130488 - 1)).toBeLessThan(0.08);
    expect(Math.abs(high / 20.72060747877317 - 1)).toBeLessThan(0.08);
    expect(bootstrapInterval(values, mean, options)).toEqual(bootstrapInterval(values, mean, options));
    expect(bootstrapInterval([3, 3, 3]).low).toBe(3);
  });
});

describe('tests of two samples', () => {
  it('Welch', () => {
    const { t, df, p, difference } = welchTest(A, B);
    expect(t).toBeCloseTo(-1.8608134674868526, 11);
    expect(df).toBeCloseTo(17.776473516178488, 10);
    expect(p).toBeCloseTo(0.0793941401873583, 12);
    expect(difference.low).toBeCloseTo(-3.3654832307117104, 10);
    expect(difference.high).toBeCloseTo(0.20548323071171137, 10);
    expect(welchTest([1], B).p).toBeNaN();
    expect(welchTest([2, 2], [1, 1]).p).toBe(0);
    expect(welchTest([2, 2], [2, 2]).p).toBe(1);
  });
  it('paired', () => {
    const { t, p, difference } = pairedTest(A, B);
    expect(t).toBeCloseTo(-4.062127683382037, 11);
    expect(p).toBeCloseTo(0.002832890197384273, 13);
    expect(difference.low).toBeCloseTo(-2.459885763276983, 11);
    expect(() => pairedTest([1], [1, 2])).toThrow('equal lengths');
  });
  it('permutation: exact where it can be, near it where drawn', () => {
    const exact = permutationTest(A.slice(0, 5), B.slice(0, 5));
    expect(exact).toEqual({
      p: expect.closeTo(0.047619047619047616, 12) as number,
      arrangements: 252,
      exact: true,
    });
    const drawn = permutationTest(A.slice(0, 5), B.slice(0, 5), { resamples: 200 });
    expect(drawn.exact).toBe(false);
    expect(Math.abs(drawn.p - 0.0476)).toBeLessThan(0.05);
    // None of 40 drawn arrangements is as extreme as these; the observed one counts, so p is 1/41 and not 0.
    const apart = Array.from({ length: 12 }, (_, i) => i);
    const far = permutationTest(
      apart,
      apart.map((value) => value + 1000),
      { resamples: 40 },
    );
    expect(far).toEqual({ p: 1 / 41, arrangements: 40, exact: false });
    expect(permutationTest([], [1]).p).toBeNaN();
  });
  it('Holm: the worked order of his paper', () => {
    expect(holmAdjust([0.01, 0.04, 0.03, 0.005])).toEqual(
      [0.03, 0.06, 0.06, 0.02].map((v) => expect.closeTo(v, 12) as number),
    );
    expect(holmAdjust([NaN, 0.02])).toEqual([NaN, 0.02]);
  });
});

describe('lines', () => {
  it('least squares with the interval of the slope', () => {
    const { slope, intercept, r2, p } = leastSquaresLine(A, B);
    expect(slope.value).toBeCloseTo(0.8899496615170975, 12);
    expect(slope.high - slope.value).toBeCloseTo(0.5533116462629937, 11);
    expect(intercept).toBeCloseTo(1.6625377538621766, 12);
    expect(r2).toBeCloseTo(0.6322956562454143, 12);
    expect(p).toBeCloseTo(0.005964995796918476, 13);
  });
  it('the exponent of a power law, without points that have no logarithm', () => {
    const { slope, r2 } = logLogLine([1, 10, 100, 0, 5], [3, 0.3, 0.03, 7, -1]);
    expect(slope.value).toBeCloseTo(-1, 12);
    expect(slope.n).toBe(3);
    expect(r2).toBeCloseTo(1, 12);
  });
});
