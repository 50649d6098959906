import { groupedCount } from '../limits';
import { cleanName, isMissing } from '../pairing/names';
import { type CodedRange, LARGEST } from '../values/quantise';
import type { Judged } from './columns';
import type { TableRow } from './csv';
import type { TableColumn } from './scanTable';

/** One input made of a column: its number, or whether it is one of its texts. */
export interface Feature {
  column: number;
  name: string;
  /** The text this feature is 1 for; null where it is the number itself. */
  level: string | null;
  range: CodedRange;
  /** What stands in for a value that is missing. */
  fill: number;
}

/** Rows that were lost for a value missing or unreadable, in all and by column (a row may count in several), and values filled in. */
export interface Lost {
  rows: number;
  by: Uint32Array;
  filled: number;
}

/** The features made of the columns that are used. */
export function featuresOf(
  columns: readonly TableColumn[],
  judged: readonly Judged[],
  label: number,
  { missing, cut }: { missing: 'drop' | 'fill'; cut: boolean },
): Feature[] {
  return columns.flatMap((column, j): Feature[] => {
    const { used, levels, core, kind } = judged[j];
    if (!used || j === label) return [];
    const { name, range, mean } = column;
    if (kind === 'categories' || kind === 'yes or no')
      return levels.map((level) => ({
        column: j,
        name: kind === 'yes or no' ? name : `${name}: ${cleanName(level)}`,
        level,
        range: { low: 0, high: 1, whole: true },
        fill: 0,
      }));
    const filled = missing === 'fill' && column.missing + column.texts > 0;
    const kept = core && cut ? { low: core.low, high: core.high } : { low: range.low, high: range.high };
    const fill = Math.min(kept.high, Math.max(kept.low, mean));
    return [
      {
        column: j,
        name,
        level: null,
        range: { ...kept, whole: range.whole && !filled, ...(core && { core }) },
        fill,
      },
    ];
  });
}

/**
 * Reads the features of a row into `out`; says what is wrong with it, or null. Missing and unreadable values are counted by column, or
 * filled in.
 */
export function readFeatures(
  row: TableRow,
  columns: readonly TableColumn[],
  features: readonly Feature[],
  out: Float64Array,
  fill: boolean,
  lost: Lost,
): string | null {
  let problem: string | null = null;
  let before = -1;
  for (let k = 0; k < features.length; k++) {
    const { column: j, level, fill: instead } = features[k];
    const bad = level === null ? numberAt(row, j, out, k) : textAt(row, j, level, out, k);
    if (bad === null) continue;
    if (fill) {
      out[k] = instead;
      lost.filled++;
      continue;
    }
    if (j !== before) lost.by[j]++;
    before = j;
    problem ??= `“${columns[j].name}” ${bad}`;
  }
  if (problem) lost.rows++;
  return problem;
}

function numberAt(row: TableRow, j: number, out: Float64Array, k: number): string | null {
  const value = row.number(j);
  if (value === null) return 'is empty';
  if (!Number.isFinite(value)) {
    const text = cleanName(row.text(j));
    return Number.isNaN(value)
      ? `is “${text}”, no number`
      : `is “${text}”, beyond any number the lab computes with`;
  }
  if (Math.abs(value) > LARGEST)
    return `is “${cleanName(row.text(j))}”, beyond any number the lab computes with`;
  out[k] = value;
  return null;
}

function textAt(row: TableRow, j: number, level: string, out: Float64Array, k: number): string | null {
  const text = row.text(j).trim();
  if (isMissing(text)) return 'is empty';
  out[k] = Number(text === level);
  return null;
}

/** What missing values cost, in a sentence without its full stop: how many rows, most by which columns, and what may be done. */
export function gaps(columns: readonly TableColumn[], { rows, by }: Lost, left: number): string {
  const worst = [...by.keys()]
    .filter((j) => by[j] > 0)
    .sort((a, b) => by[b] - by[a])
    .slice(0, 3)
    .map((j) => `“${columns[j].name}” ${groupedCount(by[j])}`);
  return `missing or unreadable values cost ${groupedCount(rows)} rows and leave ${groupedCount(left)} (${worst.join(', ')}): untick such columns, or have missing values filled in`;
}
