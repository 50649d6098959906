import { groupedCount, IMPORT_LIMITS } from '../limits';
import { wordsOf } from '../pairing/words';
import { coreOf, type Core, plain } from '../values/outliers';
import { truth } from './numbers';
import type { TableColumn, ImportedTable } from './scanTable';

/** What a column holds. */
export type ColumnKind =
  'numbers' | 'yes or no' | 'categories' | 'text' | 'dates' | 'index' | 'constant' | 'empty' | 'mixed';

/** Different texts up to which a column becomes a feature of 0 and 1 for each of them. */
const MOST_LEVELS = 20;
/** Share of rows without a value above which a column is left out by itself. */
const MOSTLY = 0.5;
/** Share of texts above which a column of numbers is mixed. */
const MIXED = 0.1;

/** What a column holds, whether it is taken, and why not. */
export interface Judged {
  kind: ColumnKind;
  used: boolean;
  /** Why it is left out by itself; null where it is not. */
  reason: string | null;
  /** Its texts, in order, where each becomes a feature. */
  levels: string[];
  /** What dwarfs all other numbers of it. */
  core: Core | null;
  warnings: string[];
}

const INDEX_WORDS = [
  'id',
  'ids',
  'index',
  'idx',
  'row',
  'rownum',
  'rownumber',
  'rowid',
  'no',
  'nr',
  'number',
  'unnamed',
  'key',
  'uid',
  'guid',
  'uuid',
  'serial',
];
const DATE_WORDS = [
  'date',
  'time',
  'timestamp',
  'datetime',
  'epoch',
  'created',
  'updated',
  'at',
  'ts',
  'unixtime',
];
const says = ({ name }: TableColumn, words: readonly string[]): boolean =>
  wordsOf(name).some((word) => words.includes(word));

/** Whether whole numbers lie where seconds, milliseconds or nanoseconds since 1970 do. */
const isEpoch = (column: TableColumn): boolean =>
  column.range.whole &&
  says(column, DATE_WORDS) &&
  [1, 1e3, 1e6, 1e9].some((unit) => column.range.low >= 1e8 * unit && column.range.high <= 4.2e9 * unit);

/** Why whole numbers that are all different look like an index or id; null where they do not. */
function indexReason(column: TableColumn): string | null {
  const { counts, different, range, numbers, repeats, sorted, name } = column;
  if (numbers < IMPORT_LIMITS.leastSamples || range.low === range.high) return null;
  if (counts) return 'it only counts the rows';
  if (!different) return null;
  const all = repeats === 0;
  const dense = range.high - range.low + 1 <= 1.5 * numbers;
  const named = says(column, INDEX_WORDS) || /^column \d+$/.test(name);
  if (all && (dense || sorted || named))
    return 'its whole numbers are all different, as those of an index or id';
  return says(column, INDEX_WORDS) && !all
    ? 'nearly all its whole numbers are different, and its name is that of an id'
    : null;
}

/** What a column holds, by what was found in it. `pixels`: the table is one of pixels, where columns of one value are the rule. */
function judge(column: TableColumn, rows: number, pixels: boolean): Judged {
  const { numbers, texts, dates, missing, distinct, levels, range } = column;
  const judged = (kind: ColumnKind, reason: string | null, more: Partial<Judged> = {}): Judged => ({
    kind,
    used: reason === null,
    reason,
    levels: [],
    core: null,
    warnings: [],
    ...more,
  });
  const filled = numbers + texts;
  if (filled === 0) return judged('empty', 'it is empty');
  const gaps =
    missing > MOSTLY * rows
      ? `${groupedCount(missing)} of ${groupedCount(rows)} rows have no value in it`
      : null;
  if (dates > 0.9 * filled) return judged('dates', 'it holds dates or times');
  const few = distinct <= MOST_LEVELS && distinct <= filled / 2;
  if (texts > MIXED * filled) {
    if (texts > 0.9 * filled || few) {
      const yes = numbers === 0 ? truth(levels) : null;
      if (distinct === 1) return judged('constant', 'all its values are the same');
      if (yes) return judged('yes or no', gaps, { levels: [yes.yes] });
      // Numbers among few texts are categories of their own only where they are texts, too.
      if (few && numbers === 0) return judged('categories', gaps, { levels: [...levels].sort() });
      return judged(
        numbers > 0 ? 'mixed' : 'text',
        numbers > 0 ? 'it holds texts and numbers' : 'they hold text',
      );
    }
    return judged('mixed', `${groupedCount(texts)} of its ${groupedCount(filled)} values are no numbers`);
  }
  if (isEpoch(column) || (column.yearMonthDay && distinct > 2))
    return judged('dates', 'it holds dates or times');
  const index = indexReason(column);
  if (index && !(pixels && !column.counts)) return judged('index', index);
  if (range.high === range.low && !pixels) return judged('constant', gaps ?? 'all its values are the same');
  const core = coreOf({
    low: range.low,
    high: range.high,
    highs: column.highs,
    lows: column.lows,
    sample: column.sample,
  });
  const warnings: string[] = [];
  if (column.different && column.repeats === 0 && numbers >= IMPORT_LIMITS.leastSamples && !pixels)
    warnings.push('All its whole numbers are different: is it an id?');
  else if (column.sorted && numbers >= IMPORT_LIMITS.leastSamples && !pixels)
    warnings.push('It goes only one way from row to row: does it count the rows?');
  if (core)
    warnings.push(
      `${list(core.beyond.slice(0, 3).map(plain))} ${core.beyond.length > 1 ? 'dwarf' : 'dwarfs'} all other values (${plain(core.low)} to ${plain(core.high)}).`,
    );
  return judged('numbers', gaps, { core, warnings });
}

const list = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;

/** Whether a table's columns (but for the label) are those of pictures: a square number of whole numbers 0 … 255 and nothing else. */
function looksLikePixels(table: ImportedTable, label: number): boolean {
  const others = table.columns.filter((column, j) => j !== label && !column.counts);
  const side = Math.round(Math.sqrt(others.length));
  return (
    side >= 6 &&
    side * side === others.length &&
    others.every(
      ({ range, texts, numbers }) =>
        numbers > 0 && texts <= MIXED * numbers && range.whole && range.low >= 0 && range.high <= 255,
    )
  );
}

/** Judges all columns for one choice of label; `asked` is what the visitor ticked or unticked. */
export function judgeAll(
  table: ImportedTable,
  label: number,
  asked: Readonly<Record<number, boolean>>,
): Judged[] {
  const pixels = looksLikePixels(table, label);
  const judged = table.columns.map((column) => judge(column, table.rows, pixels));
  // Where nothing else is left, numbers that may be an id are better than none: they keep their warning.
  if (!judged.some(({ used }, j) => used && j !== label)) {
    judged.forEach((one, j) => {
      if (one.kind !== 'index' || table.columns[j].counts) return;
      one.kind = 'numbers';
      one.used = true;
      one.warnings.push(`It is taken although ${one.reason}: there is no other.`);
      one.reason = null;
    });
  }
  judged.forEach((one, j) => {
    if (j in asked) one.used = asked[j] && mayBeUsed(one);
  });
  return judged;
}

/** Whether a column may be ticked at all. */
const mayBeUsed = ({ kind }: Judged): boolean => !['empty', 'text', 'dates'].includes(kind);
