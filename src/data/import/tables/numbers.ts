import { isMissing } from '../pairing/names';

/** How numbers are written in a table. */
export type Decimal = '.' | ',';

/** What a table's numbers show of how they are written. */
export interface NumberStyle {
  decimal: Decimal;
  /** Whether any number holds a comma at all: else there is nothing to decide. */
  commas: boolean;
  /** A cell that could be read either way, where no other decides; null where one does. */
  unclear: string | null;
}

const PLAIN = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
/** Digits in groups of three: 1,234 and 1 234 567. */
const GROUPED = { ',': /^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$/, '.': /^[-+]?\d{1,3}(\.\d{3})+(,\d*)?$/ } as const;
const SPACED = /^[-+]?\d{1,3}([ '’\u00a0\u202f]\d{3})+([.,]\d*)?$/;
const COMMA_DECIMAL = /^[-+]?\d*,\d+([eE][-+]?\d+)?$/;

/** A number as people write it: null where it stands for "missing", NaN where it is none. */
export function numberIn(text: string, decimal: Decimal): number | null {
  const trimmed = text.trim();
  if (isMissing(trimmed)) return null;
  const signed = trimmed.replace(/^\u2212/, '-');
  if (decimal === ',') {
    if (GROUPED['.'].test(signed)) return Number(signed.replaceAll('.', '').replace(',', '.'));
    if (COMMA_DECIMAL.test(signed)) return Number(signed.replace(',', '.'));
  } else if (GROUPED[','].test(signed)) return Number(signed.replaceAll(',', ''));
  if (PLAIN.test(signed)) return Number(signed);
  if (SPACED.test(signed)) return Number(signed.replace(/[ '’\u00a0\u202f]/g, '').replace(',', '.'));
  return NaN;
}

/**
 * Finds out from some cells whether commas are decimal points or divide thousands. Cells like 1,5 or 1.234,5 decide for the first,
 * 1,234.5 or 1,234,567 for the second; where only cells like 1,234 are there, points elsewhere decide for the second, and else commas
 * are decimal points, which is unclear. `quoted`: cells are divided by commas, so that those in numbers are quoted.
 */
export function numberStyle(cells: Iterable<string>, quoted: boolean): NumberStyle {
  let [decimals, thousands, points] = [0, 0, 0];
  let unclear: string | null = null;
  for (const cell of cells) {
    const text = cell.trim();
    if (!/^[-+]?[\d.,]+$/.test(text)) continue;
    if (/^[-+]?\d{1,3}(\.\d{3})+,\d+$/.test(text) || /^[-+]?\d{1,3}(\.\d{3}){2,}$/.test(text)) decimals++;
    else if (/^[-+]?\d{1,3}(,\d{3})+\.\d+$/.test(text) || /^[-+]?\d{1,3}(,\d{3}){2,}$/.test(text))
      thousands++;
    else if (/^[-+]?[1-9]\d{0,2},\d{3}$/.test(text)) unclear ??= text;
    else if (COMMA_DECIMAL.test(text)) decimals++;
    else if (text.includes('.')) points++;
  }
  const commas = decimals + thousands > 0 || unclear !== null;
  if (decimals > 0) return { decimal: ',', commas, unclear: null };
  if (thousands > 0 || points > 0 || unclear === null) return { decimal: '.', commas, unclear: null };
  return { decimal: quoted ? '.' : ',', commas, unclear };
}

const DAY_FIRST = /^\d{1,2}([./-])\d{1,2}\1(\d{4}|\d{2})([T ]+\d{1,2}:\d{2}.*)?$/;
const YEAR_FIRST = /^\d{4}([./-])\d{1,2}(\1\d{1,2}([T ]+\d{1,2}(:\d{2}.*)?)?)?$/;
const TIME = /^\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]\.?m\.?)?$/i;
const MONTH =
  /^((\d{1,2}|mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ,.-]+){0,2}(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .,-]+\d{1,4}(\b.*)?$/i;

/** Whether a cell is a date or a time of day. */
export const isDate = (text: string): boolean => {
  const trimmed = text.trim();
  return (
    (YEAR_FIRST.test(trimmed) && !/^\d{4}\.\d+$/.test(trimmed)) ||
    DAY_FIRST.test(trimmed) ||
    TIME.test(trimmed) ||
    MONTH.test(trimmed)
  );
};

/** Whether a whole number reads as year, month and day (20240131). */
export const isYearMonthDay = (value: number): boolean => {
  if (value < 18_000_101 || value > 21_991_231) return false;
  const [month, day] = [Math.floor(value / 100) % 100, value % 100];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
};

const PAIRS: readonly (readonly [yes: string, no: string])[] = [
  ['true', 'false'],
  ['yes', 'no'],
  ['t', 'f'],
  ['y', 'n'],
  ['on', 'off'],
];

/** The one of two texts that means yes, where they are true and false in one of the usual ways; else null. */
export function truth(levels: readonly string[]): { yes: string; no: string } | null {
  if (levels.length !== 2) return null;
  for (const [yes, no] of PAIRS) {
    const [a, b] = levels.map((level) => level.toLowerCase());
    if (a === yes && b === no) return { yes: levels[0], no: levels[1] };
    if (a === no && b === yes) return { yes: levels[1], no: levels[0] };
  }
  return null;
}
