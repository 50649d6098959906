import { describe, expect, it } from 'vitest';
import { interactionPermutation, type TwoWayObservation, oneWayAnova, twoWayAnova } from './anova';

const error = (value: number, truth: number): number => Math.abs(value / truth - 1);

/** Tooth growth of guinea pigs by supplement and dose (Crampton 1947; R's ToothGrowth): the textbook two-way table. */
const VC = [
  [4.2, 11.5, 7.3, 5.8, 6.4, 10, 11.2, 11.2, 5.2, 7],
  [16.5, 16.5, 15.2, 17.3, 22.5, 17.3, 13.6, 14.5, 18.8, 15.5],
  [23.6, 18.5, 33.9, 25.5, 26.4, 32.5, 26.7, 21.5, 23.3, 29.5],
];
const OJ = [
  [15.2, 21.5, 17.6, 9.7, 14.5, 10, 8.2, 9.4, 16.5, 9.7],
  [19.7, 23.3, 23.6, 26.4, 20, 25.2, 25.8, 21.2, 14.5, 27.3],
  [25.5, 26.4, 22.4, 24.5, 24.8, 30.9, 26.4, 27.3, 29.4, 23],
];
const observations = (cells: number[][][]): TwoWayObservation[] =>
  cells.flatMap((row, i) => row.flatMap((cell, j) => cell.map((y) => ({ a: `a${i}`, d: `d${j}`, y }))));

describe('two-way analysis of variance', () => {
  it('agrees with the published table of tooth growth to 1e-9 (SciPy and least squares)', () => {
    const table = twoWayAnova(observations([VC, OJ]), { a: 'supplement', d: 'dose' });
    expect(table.balanced).toBe(true);
    const truth = {
      a: [
        205.35, 15.57197945249724, 0.00023118280977342504, 0.05948364660775688, 0.22382544775989255,
        0.05545190943626192,
      ],
      d: [
        2426.434333333333, 91.99996489286707, 4.04629119599224e-18, 0.7028641947939039, 0.7731091767606194,
        0.6925787712495727,
      ],
      interaction: [
        108.319, 4.106991094022519, 0.021860268964790996, 0.0313767183681793, 0.13202791236249506,
        0.023646559388399848,
      ],
    };
    for (const key of ['a', 'd', 'interaction'] as const) {
      const { ss, f, p, eta2, partialEta2, omega2 } = table[key];
      [ss, f, p, eta2, partialEta2, omega2].forEach((value, k) =>
        expect(error(value, truth[key][k]), `${key} ${k}`).toBeLessThan(1e-9),
      );
    }
    expect(error(table.error.ss, 712.106)).toBeLessThan(1e-12);
    expect([table.a.df, table.d.df, table.interaction.df, table.error.df, table.total.df]).toEqual([
      1, 2, 2, 54, 59,
    ]);
    expect(table.interaction.name).toBe('supplement × dose');
  });

  it('is type II where cells differ in size', () => {
    const cells = [
      [VC[0].slice(0, 7), VC[1], VC[2].slice(0, 9)],
      [OJ[0], OJ[1].slice(0, 4), OJ[2].slice(0, 8)],
    ];
    const table = twoWayAnova(observations(cells));
    expect(table.balanced).toBe(false);
    const truth = {
      a: [149.28500629937128, 11.506134104646062, 0.001522300122797588],
      d: [1952.4148717280602, 75.241137401831, 1.3062596240467474e-14],
      interaction: [81.1520693308808, 3.127395763771964, 0.05418583629434274],
    };
    for (const key of ['a', 'd', 'interaction'] as const) {
      const { ss, f, p } = table[key];
      [ss, f, p].forEach((value, k) => expect(error(value, truth[key][k]), `${key} ${k}`).toBeLessThan(1e-9));
    }
    expect(error(table.error.ss, 544.9241428571428)).toBeLessThan(1e-12);
  });

  it('keeps its digits on close values, whatever their level', () => {
    const far = observations([VC, OJ]).map((o) => ({ ...o, y: o.y + 1e6 }));
    expect(error(twoWayAnova(far).interaction.f, 4.106991094022519)).toBeLessThan(1e-9);
  });

  it('agrees with the inverse relation of F and partial η²', () => {
    const { interaction: i, error: e } = twoWayAnova(observations([VC, OJ]));
    expect((i.partialEta2 / (1 - i.partialEta2)) * (e.df / i.df)).toBeCloseTo(i.f, 10);
  });

  it('finds the interaction by permutation where there is one, and not where there is none', () => {
    const crossed = observations([
      [
        [1, 1.2, 0.9],
        [5, 5.1, 4.8],
      ],
      [
        [5.2, 4.9, 5],
        [1.1, 0.8, 1],
      ],
    ]);
    expect(interactionPermutation(crossed, { resamples: 199 })).toBe(1 / 200);
    const additive = crossed.map((o, i) => ({
      ...o,
      y: Number(o.a === 'a1') + Number(o.d === 'd1') + ((i * 7) % 5),
    }));
    expect(interactionPermutation(additive, { resamples: 199 })).toBeGreaterThan(0.05);
    const p = interactionPermutation(observations([VC, OJ]), { resamples: 499 });
    expect(p).toBeGreaterThan(0.005);
    expect(p).toBeLessThan(0.06);
  });

  it('refuses what cannot be analysed, in words', () => {
    expect(() => twoWayAnova(observations([VC]))).toThrow('two levels of A');
    expect(() =>
      twoWayAnova(
        observations([
          [[1], [2]],
          [[3], [4]],
        ]),
      ),
    ).toThrow('One observation a cell');
    expect(() =>
      twoWayAnova(
        observations([
          [[1, 2], []],
          [[3], [4]],
        ]),
      ),
    ).toThrow('Not every A × D');
    expect(() =>
      twoWayAnova(
        observations([
          [[1, NaN], [2]],
          [[3], [4]],
        ]),
      ),
    ).toThrow('not a number');
  });
});

describe('one-way analysis of variance', () => {
  it('has the certified values of NIST StRD SiRstv', () => {
    const result = oneWayAnova([
      [196.3052, 196.124, 196.189, 196.2569, 196.3403],
      [196.3042, 196.3825, 196.1669, 196.3257, 196.0422],
      [196.1303, 196.2005, 196.2889, 196.0343, 196.1811],
      [196.2795, 196.1748, 196.1494, 196.1485, 195.9885],
      [196.2119, 196.1051, 196.185, 196.0052, 196.209],
    ]);
    expect(error(result.f, 1.18046237440255)).toBeLessThan(1e-10);
    expect(error(result.between, 5.11462616e-2)).toBeLessThan(1e-10);
    expect(error(result.within, 2.1663656e-1)).toBeLessThan(1e-10);
    expect(error(result.p, 0.3494474934022352)).toBeLessThan(1e-9);
    expect(result.df).toEqual([4, 20]);
  });
});
