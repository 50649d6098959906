import { permutation, seededRandom } from '../network/random';
import { fUpperTail } from './distributions';
import { sum, mean, squaredDeviations } from './summary';

/** One observation: a value y, and the level of each of two factors. */
export interface TwoWayObservation {
  a: string;
  d: string;
  y: number;
}

/** One row of an ANOVA table. Effect sizes: η² = SS/SS_total, partial η² = SS/(SS + SS_error), ω² (Hays), which may be below 0. */
export interface AnovaEffect {
  name: string;
  ss: number;
  df: number;
  ms: number;
  f: number;
  /** P(F > f), computed as an upper tail. */
  p: number;
  eta2: number;
  partialEta2: number;
  omega2: number;
}

/** A two-way fixed-effects analysis of variance with interaction. */
export interface Anova {
  a: AnovaEffect;
  d: AnovaEffect;
  interaction: AnovaEffect;
  error: { ss: number; df: number; ms: number };
  total: { ss: number; df: number };
  n: number;
  /** Whether every cell has equally many observations. If so, sums of squares of types I, II and III agree. */
  balanced: boolean;
}

const levels = (values: readonly string[]): string[] => [...new Set(values)];

/** Residual sum of squares of y on the columns of a design, by Gram–Schmidt done twice; dependent columns are dropped. */
function residual(
  columns: readonly (readonly number[])[],
  y: readonly number[],
): { ss: number; rank: number } {
  const basis: number[][] = [];
  const dot = (u: readonly number[], v: readonly number[]): number => {
    let s = 0;
    for (let i = 0; i < u.length; i++) s += u[i] * v[i];
    return s;
  };
  const without = (v: number[]): number[] => {
    let rest = v;
    // Twice is enough (Giraud, Langou & Rozložník 2005): the second pass removes what rounding left.
    for (let pass = 0; pass < 2; pass++)
      for (const q of basis) {
        const c = dot(q, rest);
        rest = rest.map((value, i) => value - c * q[i]);
      }
    return rest;
  };
  for (const column of columns) {
    const size = Math.sqrt(dot(column, column));
    const rest = without([...column]);
    const left = Math.sqrt(dot(rest, rest));
    if (left > 1e-9 * size) basis.push(rest.map((v) => v / left));
  }
  const rest = without([...y]);
  return { ss: dot(rest, rest), rank: basis.length };
}

const indicator = (of: readonly string[], names: readonly string[]): number[][] =>
  names.map((name) => of.map((value) => Number(value === name)));

/**
 * Two-way analysis of variance of y by the factors a and d, with interaction. Sums of squares are of type II: each main
 * effect is adjusted for the other one, and the interaction for both. On balanced data these are the classical ones.
 * Throws a sentence for people where a factor has one level only, a cell is empty, a value is not finite, or no cell has
 * two observations.
 */
export function twoWayAnova(
  observations: readonly TwoWayObservation[],
  names: { a: string; d: string } = { a: 'A', d: 'D' },
): Anova {
  const n = observations.length;
  const a = observations.map((o) => o.a);
  const d = observations.map((o) => o.d);
  const as = levels(a);
  const ds = levels(d);
  if (as.length < 2 || ds.length < 2)
    throw new Error(`A two-way analysis needs two levels of ${as.length < 2 ? names.a : names.d} at least.`);
  const odd = observations.find(({ y }) => !Number.isFinite(y));
  if (odd) throw new Error(`The value at ${odd.a} × ${odd.d} is not a number.`);
  const cells = as.flatMap((x) =>
    ds.map((z) => observations.filter((o) => o.a === x && o.d === z).map((o) => o.y)),
  );
  if (cells.some((cell) => cell.length === 0))
    throw new Error(`Not every ${names.a} × ${names.d} was observed.`);
  const dfError = n - cells.length;
  if (dfError < 1) throw new Error('One observation a cell leaves nothing to estimate the error from.');
  // About the grand mean: sums of squares of close values keep their digits.
  const centre = mean(observations.map((o) => o.y));
  const y = observations.map((o) => o.y - centre);
  const one = [y.map(() => 1)];
  const [ia, id] = [indicator(a, as), indicator(d, ds)];
  const withA = residual([...one, ...ia], y).ss;
  const withD = residual([...one, ...id], y).ss;
  const additive = residual([...one, ...ia, ...id], y).ss;
  const error = sum(cells.map(squaredDeviations));
  const total = squaredDeviations(y);
  const balanced = cells.every((cell) => cell.length === cells[0].length);
  const msError = error / dfError;
  const effect = (name: string, ss: number, df: number): AnovaEffect => {
    const ms = ss / df;
    const f = ms / msError;
    return {
      name,
      ss,
      df,
      ms,
      f,
      p: fUpperTail(f, df, dfError),
      eta2: ss / total,
      partialEta2: ss / (ss + error),
      omega2: (ss - df * msError) / (total + msError),
    };
  };
  return {
    a: effect(names.a, withD - additive, as.length - 1),
    d: effect(names.d, withA - additive, ds.length - 1),
    interaction: effect(`${names.a} × ${names.d}`, additive - error, (as.length - 1) * (ds.length - 1)),
    error: { ss: error, df: dfError, ms: msError },
    total: { ss: total, df: n - 1 },
    n,
    balanced,
  };
}

/**
 * Permutation p-value of the interaction, for balanced and unbalanced data. The residuals of the model without
 * interaction are shuffled (Freedman & Lane 1983), which is safer than the F table where variances differ or
 * distributions are odd. The shuffling is seeded. The observed arrangement is counted as one of the permutations, so p
 * is never 0.
 */
export function interactionPermutation(
  observations: readonly TwoWayObservation[],
  { resamples = 999, seed = 0 } = {},
): number {
  const observed = twoWayAnova(observations).interaction.f;
  const a = observations.map((o) => o.a);
  const d = observations.map((o) => o.d);
  const y = observations.map((o) => o.y);
  const fitted = additiveFit(a, d, y);
  const rest = y.map((value, i) => value - fitted[i]);
  const rng = seededRandom(seed, 'interaction');
  let count = 1;
  for (let r = 0; r < resamples; r++) {
    const order = permutation(y.length, rng);
    const shuffled = observations.map((o, i) => ({ ...o, y: fitted[i] + rest[order[i]] }));
    if (twoWayAnova(shuffled).interaction.f >= observed * (1 - 1e-12)) count++;
  }
  return count / (resamples + 1);
}

/**
 * Fitted values of the additive model y ~ a + d, found by alternating between the two sets of means until they no longer
 * change (one round is exact on balanced data).
 */
function additiveFit(a: readonly string[], d: readonly string[], y: readonly number[]): number[] {
  const centre = mean(y);
  const effects = new Map<string, number>();
  const key = (kind: string, level: string): string => `${kind}:${level}`;
  const at = (i: number): number =>
    centre + (effects.get(key('a', a[i])) ?? 0) + (effects.get(key('d', d[i])) ?? 0);
  for (let round = 0; round < 1000; round++) {
    let moved = 0;
    for (const [kind, of] of [
      ['a', a],
      ['d', d],
    ] as const)
      for (const level of levels(of)) {
        const own = of.flatMap((value, i) => (value === level ? [i] : []));
        const shift = mean(own.map((i) => y[i] - at(i)));
        effects.set(key(kind, level), (effects.get(key(kind, level)) ?? 0) + shift);
        moved = Math.max(moved, Math.abs(shift));
      }
    if (moved < 1e-13 * (1 + Math.abs(centre))) break;
  }
  return y.map((_, i) => at(i));
}

/** One-way analysis of variance of groups: F, its p, and η². */
export function oneWayAnova(groups: readonly (readonly number[])[]): {
  f: number;
  df: [number, number];
  p: number;
  eta2: number;
  between: number;
  within: number;
} {
  const all = groups.flat();
  const centre = mean(all);
  const between = sum(groups.map((group) => group.length * (mean(group) - centre) ** 2));
  const within = sum(groups.map(squaredDeviations));
  const df: [number, number] = [groups.length - 1, all.length - groups.length];
  const f = between / df[0] / (within / df[1]);
  return { f, df, p: fUpperTail(f, ...df), eta2: between / (between + within), between, within };
}
