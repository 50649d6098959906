import { groupedCount, IMPORT_LIMITS } from '../limits';
import { wordsOf } from '../pairing/words';
import type { TableColumn, ImportedTable } from './scanTable';

/** Different numbers up to which a column that is not whole may be the label. */
const MOST_NUMBERS = 100;
const LABEL_WORDS = [
  'label',
  'labels',
  'class',
  'classes',
  'target',
  'targets',
  'species',
  'category',
  'variety',
  'diagnosis',
  'outcome',
  'kind',
  'type',
  'y',
  'survived',
  'churn',
  'digit',
];

/** Which column is taken for the label, and why. */
export interface LabelGuess {
  index: number;
  reason: string;
}

const isNamed = ({ name }: TableColumn): boolean => {
  const words = wordsOf(name);
  return words.length === 1 && LABEL_WORDS.includes(words[0]);
};

/** Whether a column may be the label: values that come again and again, as many kinds as the lab can count. */
function mayBeLabel({
  distinct,
  counts,
  texts,
  numbers,
  dates,
  range,
  different,
  repeats,
}: TableColumn): boolean {
  if (distinct < 2 || counts || dates > 0.9 * (texts + numbers)) return false;
  if (different && repeats === 0) return false;
  const few = distinct <= (texts + numbers) / 2;
  return texts > numbers || range.whole ? distinct <= IMPORT_LIMITS.labels && few : distinct <= MOST_NUMBERS;
}

/**
 * The column that is most likely the label: by its name, even where it then turns out to be none; else the one of text, at the end or the
 * start of the rows first; else the last or first with few whole values. `index` is −1 where none can be one.
 */
export function likelyLabel(columns: readonly TableColumn[]): LabelGuess {
  const ends = [columns.length - 1, 0];
  const every = columns.map((_, j) => j);
  const pick = (order: readonly number[], test: (column: TableColumn) => boolean): number | undefined =>
    order.find((j) => test(columns[j]));
  const named = every.filter((j) => isNamed(columns[j]));
  const sound = named.find((j) => mayBeLabel(columns[j])) ?? named.at(0);
  if (sound !== undefined) return { index: sound, reason: 'by its name' };
  const isText = (column: TableColumn): boolean => column.texts > column.numbers && mayBeLabel(column);
  const texts = every.filter((j) => isText(columns[j]));
  const text = pick(ends, isText) ?? texts.at(0);
  if (text !== undefined)
    return {
      index: text,
      reason:
        texts.length === 1
          ? 'as the only column of text that comes again'
          : `as the ${place(text, columns.length)} column of text`,
    };
  const few = (column: TableColumn): boolean =>
    mayBeLabel(column) &&
    column.distinct <= IMPORT_LIMITS.classes &&
    (column.range.whole || column.texts > 0);
  const found = pick(ends, few) ?? pick(every, few);
  return found === undefined
    ? { index: -1, reason: '' }
    : { index: found, reason: `as the ${place(found, columns.length)} column with few different values` };
}

const place = (j: number, n: number): string => (j === n - 1 ? 'last' : 'first');

/** ColumnCodes that may be chosen as label. */
export function labelChoices({
  columns,
}: ImportedTable): { index: number; name: string; distinct: number }[] {
  return columns
    .map((column, index) => ({
      index,
      name: column.name,
      distinct: column.distinct,
      possible: mayBeLabel(column),
    }))
    .filter(({ possible }) => possible)
    .map(({ index, name, distinct }) => ({ index, name, distinct }));
}

/** Why a column that is called like a label cannot be it; null where it can. */
export function labelProblem(
  { name, distinct, texts, numbers, levels, range }: TableColumn,
  rows: number,
): string | null {
  if (texts + numbers === 0) return `“${name}” is called like the label, but it is empty`;
  if (distinct === 1)
    return `all ${groupedCount(rows)} rows have the same “${name}” (${levels[0] ?? range.low}): there is nothing to tell apart`;
  if (distinct === Infinity || (!range.whole && texts === 0 && distinct > MOST_NUMBERS))
    return `“${name}” holds ${distinct === Infinity ? `more than ${groupedCount(IMPORT_LIMITS.labels)}` : groupedCount(distinct)} different values: these are measurements and no classes, and the lab tells classes apart`;
  return null;
}
