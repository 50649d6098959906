import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SweepState } from '../../../../worker/protocol';
import { toShare } from '../../../../drawing/scale';
import { earlierPoints, LADDER_TEXT, lambdaAxis, PAPER_TEXT, readLambdas } from './ladder';
import { sweepCsv } from '../sweep';

describe('a typed list of λs', () => {
  it('is read in any order and spelling', () => {
    expect(readLambdas(LADDER_TEXT)).toEqual([0, 1e-3, 1e-2, 0.1, 1]);
    expect(readLambdas(PAPER_TEXT)).toEqual([0, 1e-5, 1e-4, 1e-3, 1e-2]);
    expect(readLambdas(' 1;0.1  −0,1e4')).toEqual([0, 0.1, 1, 1e4]);
    expect(Object.is((readLambdas('-0 1') as number[])[0], 0)).toBe(true);
  });

  it('says what is wrong', () => {
    expect(readLambdas('0, a')).toBe('“a” is not a number.');
    expect(readLambdas('0, 1e-7')).toBe('“1e-7” is neither 0 nor between 1e-6 and 10000.');
    expect(readLambdas('0, -1')).toContain('neither 0');
    expect(readLambdas('0, 2e4')).toContain('neither 0');
    expect(readLambdas('1, 0.1, 1.0')).toBe('“1.0” stands there twice.');
    expect(readLambdas('1')).toBe('2 to 8 values, please: here is 1.');
    expect(readLambdas('')).toBe('2 to 8 values, please: here are 0.');
    expect(readLambdas('1 2 3 4 5 6 7 8 9')).toContain('here are 9');
  });
});

describe('the λ axis', () => {
  it('keeps 0 apart at the left and everything in sight', () => {
    const { scale, at, zero } = lambdaAxis([0, 1e-3, 1], [30], 10);
    expect(zero?.at).toBe(at(0));
    expect(at(0)).toBeLessThan(at(1e-3) - 0.5);
    const share = toShare(scale);
    expect(share(at(0))).toBeGreaterThan(0);
    expect(share(at(30))).toBeLessThan(1);
    expect(scale.ticks).toEqual([
      { value: at(0), label: '0' },
      { value: -3, label: '0.001' },
      { value: 0, label: '1' },
    ]);
  });

  it('drops ticks without room, never the first', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(0, 1e-6, 1e-5, 1e-3, 2e-3, 0.1, 1, 100, 1e4), {
          minLength: 2,
          maxLength: 8,
        }),
        fc.integer({ min: 1, max: 8 }),
        (lambdas, most) => {
          const { scale, at } = lambdaAxis(lambdas, [], most);
          const [low, high] = scale.domain;
          expect(scale.ticks.length).toBeLessThanOrEqual(most + 1);
          expect(scale.ticks[0].value).toBe(at(Math.min(...lambdas)));
          for (const lambda of lambdas) {
            expect(at(lambda)).toBeGreaterThan(low);
            expect(at(lambda)).toBeLessThan(high);
          }
        },
      ),
    );
  });

  it('stands where no λ is positive but 0 and a single one', () => {
    const { scale, at } = lambdaAxis([0, 1], [0], 6);
    expect(toShare(scale)(at(0))).toBeLessThan(toShare(scale)(at(1)));
    expect(toShare(lambdaAxis([0], [], 6).scale)(0)).toBeGreaterThan(0);
  });
});

describe('a sweep', () => {
  const state: SweepState = {
    sweep: { kind: 'ladder', lambdas: [0, 1] },
    startStep: 100,
    step: 110,
    n: 1000,
    modelAxis: true,
    points: [
      { lambda: 0, o: null, accuracy: 0.8, energy: 0.5, finite: true },
      { lambda: 1, o: null, accuracy: 0.1, energy: NaN, finite: false },
    ],
  };

  it('becomes long CSV', () => {
    const lines = sweepCsv([state]).join('').trim().split('\n');
    expect(lines).toHaveLength(7);
    expect(lines[1]).toBe('ladder,100,110,1000,0,,accuracy,0.8');
    expect(lines[6]).toBe('ladder,100,110,1000,1,,finite,0');
  });

  it('is thinned for drawing, the present left out', () => {
    expect(earlierPoints([1, 2, 3], 5)).toEqual([1, 2]);
    expect(
      earlierPoints(
        Array.from({ length: 101 }, (_, i) => i),
        4,
      ),
    ).toEqual([0, 25, 50, 75]);
    expect(earlierPoints([], 4)).toEqual([]);
  });
});
