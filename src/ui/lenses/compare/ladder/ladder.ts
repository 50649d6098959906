import { TYPED_RANGE } from '../../../../network/settings';
import type { AxisScale, AxisTick } from '../../../../drawing/scale';
import { roundedNumber, typedNumber } from '../../../../drawing/format';

/**
 * The λs of the ladder as text. The first list suits runs in which λ is changed while they go on; the paper's suits runs
 * from the start.
 */
export const LADDER_TEXT = '0, 1e-3, 1e-2, 0.1, 1';
export const PAPER_TEXT = '0, 1e-5, 1e-4, 1e-3, 1e-2';
const LAMBDA_COUNT_LIMITS = { least: 2, most: 8 } as const;

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
export const numberWord = (n: number): string => WORDS[n] ?? String(n);

/** The λs of a typed list, smallest first; or what is wrong with it, in a sentence. */
export function readLambdas(text: string): number[] | string {
  const { min, max } = TYPED_RANGE;
  const words = text
    .replaceAll('−', '-')
    .split(/[\s,;]+/)
    .filter(Boolean);
  const lambdas: number[] = [];
  for (const word of words) {
    const value = Number(word);
    if (!Number.isFinite(value)) return `“${word}” is not a number.`;
    if (value !== 0 && (value < min || value > max))
      return `“${word}” is neither 0 nor between ${typedNumber(min)} and ${typedNumber(max)}.`;
    if (lambdas.includes(value)) return `“${word}” stands there twice.`;
    lambdas.push(value === 0 ? 0 : value);
  }
  if (words.length < LAMBDA_COUNT_LIMITS.least || words.length > LAMBDA_COUNT_LIMITS.most)
    return `${LAMBDA_COUNT_LIMITS.least} to ${LAMBDA_COUNT_LIMITS.most} values, please: here ${words.length === 1 ? 'is 1' : `are ${words.length}`}.`;
  return lambdas.sort((a, b) => a - b);
}

/** A λ axis: log λ in decades, with 0 standing apart at the left end. */
export interface LambdaAxis {
  scale: AxisScale;
  /** Where a λ stands, in the units of `scale`. */
  at: (lambda: number) => number;
  /** Where 0 stands, and where the log part begins; null without a 0. */
  zero: { at: number; until: number } | null;
}

/** An axis that holds these λs. Its ticks are the first `ticked` of them, as far as there is room for `most`. */
export function lambdaAxis(ladder: readonly number[], others: readonly number[], most: number): LambdaAxis {
  const all = [...ladder, ...others];
  const decades = all.filter((lambda) => lambda > 0).map(Math.log10);
  const low = decades.length ? Math.min(...decades) : 0;
  const high = decades.length ? Math.max(...decades) : 0;
  const gap = Math.max(0.5, (high - low) * 0.25);
  const zero = all.includes(0) ? { at: low - gap, until: low - gap / 2 } : null;
  const pad = Math.max(0.1, (high - low + gap) * 0.05);
  const from = (zero?.at ?? low) - pad;
  const to = high + pad;
  const at = (lambda: number): number => (lambda > 0 ? Math.log10(lambda) : low - gap);
  const ticks: AxisTick[] = [];
  const room = (to - from) / Math.max(1, most);
  for (const lambda of ladder.toSorted((a, b) => a - b))
    if (!ticks.length || at(lambda) - ticks[ticks.length - 1].value >= room)
      ticks.push({ value: at(lambda), label: roundedNumber(lambda) });
  return { scale: { log: false, domain: [from, to], ticks }, at, zero };
}

/** At most `most` of the moments before the last, evenly spaced, the first included. */
export function earlierPoints<T>(trail: readonly T[], most: number): T[] {
  const past = trail.slice(0, -1);
  if (past.length <= most) return past;
  return Array.from({ length: most }, (_, k) => past[Math.floor((k * past.length) / most)]);
}
