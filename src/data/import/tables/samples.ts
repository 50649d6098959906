import { DataError } from '../../formats/error';
import type { ImportFaults } from '../faults';
import { groupedCount, IMPORT_LIMITS } from '../limits';
import { cleanName, labelKey } from '../pairing/names';
import type { ImportedSamples } from '../types';
import { givesAway, toldBy } from '../values/giveaway';
import { coreNote } from '../values/outliers';
import {
  asPictures,
  type CodedRange,
  FeatureCoder,
  noRange,
  pixelMap,
  squareSide,
  widenRange,
} from '../values/quantise';
import { type Judged, judgeAll, type ColumnKind } from './columns';
import type { TableRow } from './csv';
import { type Feature, featuresOf, gaps, type Lost, readFeatures } from './features';
import { labelProblem, type LabelGuess } from './label';
import { eachRow, type ImportedTable } from './scanTable';

/** What the visitor says of a table's columns. */
export interface ColumnChoice {
  label: LabelGuess;
  /** Ticked or unticked by hand. */
  columns: Readonly<Record<number, boolean>>;
  /** Missing values: the rows are left out, or they are filled with what the column has on average. */
  missing: 'drop' | 'fill';
  /** Whether values that dwarf all others are cut to the range of the others. */
  cut: boolean;
  /** Rows that may be square grey pictures are taken for such. */
  pictures: boolean | null;
}

/** A column as the visitor sees it before anything is taken. */
export interface ColumnView {
  index: number;
  name: string;
  kind: ColumnKind;
  /** Smallest and largest number; null where it holds none. */
  range: [low: number, high: number] | null;
  /** Different values; null where there are more than were counted. */
  distinct: number | null;
  /** Rows without a value in it, and rows whose value cannot be read: what taking it costs. */
  missing: number;
  unreadable: number;
  used: boolean;
  /** Whether it may be ticked at all. */
  possible: boolean;
  isLabel: boolean;
  /** Why it is left out by itself. */
  reason: string | null;
  warnings: string[];
}

/** ImportedSamples of a table, and what its columns are. */
export interface TableSamples extends ImportedSamples {
  /** Side of the squares that rows may be; null where they cannot. */
  maybeSide: number | null;
}

/** "a, b and 3 more". */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `“${name}”`);
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
}

/** What is said of columns that are left out, reason by reason. */
function leftOut(table: ImportedTable, judged: readonly Judged[], label: number): string[] {
  const byReason = new Map<string, string[]>();
  judged.forEach(({ used, reason }, j) => {
    if (used || j === label) return;
    const why = reason ?? 'you unticked it';
    byReason.set(why, [...(byReason.get(why) ?? []), table.columns[j].name]);
  });
  return [...byReason].map(([why, names]) => `Left out, because ${why}: ${list(names)}.`);
}

/** The columns of a table with one of them as label: how each looks to the visitor. */
export function columnViews(table: ImportedTable, judged: readonly Judged[], label: number): ColumnView[] {
  return table.columns.map((column, index) => {
    const { kind, used, reason, warnings } = judged[index];
    const { numbers, texts, missing, range, distinct, name } = column;
    const unreadable =
      kind === 'numbers' || kind === 'mixed' || kind === 'index' || kind === 'constant'
        ? texts
        : kind === 'yes or no' || kind === 'categories'
          ? numbers
          : 0;
    return {
      index,
      name,
      kind,
      range: numbers > 0 && texts <= numbers ? [range.low, range.high] : null,
      distinct: distinct === Infinity ? null : distinct,
      missing,
      unreadable,
      used: used && index !== label,
      possible: !['empty', 'text', 'dates'].includes(kind),
      isLabel: index === label,
      reason: index === label ? null : reason,
      warnings: index === label ? [] : [...warnings],
    };
  });
}

/** Judges the columns for a choice of label. */
export const judgedFor = (table: ImportedTable, choice: ColumnChoice): Judged[] =>
  judgeAll(table, choice.label.index, choice.columns);

/**
 * Second pass: samples with one column as label. ColumnCodes left out are named with the reason; rows without a label, with another number
 * of cells, or with a value missing or unreadable are left out and named with their line (unless missing values are filled in). Warnings
 * about columns are added to `views`. Throws a `DataError` where nothing can be learnt, with the true cause.
 */
export function fromTable(
  table: ImportedTable,
  choice: ColumnChoice,
  judged: readonly Judged[],
  views: readonly ColumnView[],
  faults: ImportFaults,
): TableSamples {
  const { columns, files } = table;
  const { index: label, reason } = choice.label;
  const [{ file: name }] = files;
  if (!(label >= 0 && label < columns.length))
    throw new DataError(
      name,
      `no column has 2 to 100 different values (or up to ${groupedCount(IMPORT_LIMITS.labels)} texts that come again), as labels have: which class a row belongs to is missing`,
    );
  const problem = labelProblem(columns[label], table.rows);
  if (problem) throw new DataError(name, `${problem}. Choose another label column, if there is one`);
  const features = featuresOf(columns, judged, label, choice);
  if (features.length === 0)
    throw new DataError(
      name,
      `beside the labels no column holds numbers${judged.some(({ reason: why }) => why !== null) ? ' that can be taken (see the list of columns)' : ''}`,
    );
  if (features.length > IMPORT_LIMITS.values)
    throw new DataError(
      name,
      `${groupedCount(features.length)} features are more than ${groupedCount(IMPORT_LIMITS.values)}, the most the lab takes`,
    );
  if (table.rows * features.length > IMPORT_LIMITS.inflated)
    throw new DataError(
      name,
      `${groupedCount(table.rows)} rows of ${groupedCount(features.length)} features are more than the lab holds`,
    );
  const made = readAll(table, choice, features, faults);
  const { lost, n } = made;
  if (!enough(made.labels, n) && enough(made.every, made.every.length))
    throw new DataError(name, gaps(columns, lost, n));
  const notes = [
    ...table.notes,
    ...(reason ? [`“${columns[label].name}” is taken for the label, ${reason}.`] : []),
  ];
  notes.push(...leftOut(table, judged, label), ...ofFeatures(features, judged, columns, choice, made.coder));
  if (lost.rows > 0.1 * table.rows) notes.push(`${gaps(columns, lost, n)}.`);
  if (made.pixels?.note) notes.push(made.pixels.note);
  else if (!made.pixels && n > 0) notes.push(made.coder.loss);
  const { samples } = made;
  if (!made.side) warnOfGiveaways(samples, features, columns, views);
  const complete = { ...samples, notes };
  return { ...(made.side ? asPictures(complete, made.side) : complete), maybeSide: made.maybeSide };
}

/** Whether samples are as many as the lab asks for, with two classes of two. */
function enough(labels: ArrayLike<number>, n: number): boolean {
  const tally = new Map<number, number>();
  for (let i = 0; i < n; i++) tally.set(labels[i], (tally.get(labels[i]) ?? 0) + 1);
  return n >= IMPORT_LIMITS.leastSamples && [...tally.values()].filter((k) => k > 1).length > 1;
}

interface Made {
  samples: ImportedSamples;
  n: number;
  labels: Uint16Array;
  /** Labels of all rows that have one, whether or not something else is missing. */
  every: number[];
  lost: Lost;
  coder: FeatureCoder;
  maybeSide: number | null;
  side: number | null;
  pixels: ReturnType<typeof pixelMap> | null;
}

function readAll(
  table: ImportedTable,
  choice: ColumnChoice,
  features: readonly Feature[],
  faults: ImportFaults,
): Made {
  const { columns } = table;
  const label = choice.label.index;
  const ranges: CodedRange[] = features.map(({ range }) => range);
  const whole = ranges.reduce(
    (all, range) => (
      widenRange(all, range.low),
      widenRange(all, range.high),
      { ...all, whole: all.whole && range.whole }
    ),
    noRange(),
  );
  const plainNumbers = features.every(({ level }) => level === null);
  const maybeSide = plainNumbers ? squareSide(features.length, whole) : null;
  const side = (choice.pictures ?? true) ? maybeSide : null;
  const pixels = side ? pixelMap(whole) : null;
  const coder = new FeatureCoder(
    features.map((feature) => feature.name),
    ranges,
  );
  const size = features.length;
  const values = new Uint8Array(table.rows * size);
  const labels = new Uint16Array(table.rows);
  const test = new Uint8Array(table.rows);
  const known = new Map<string, number>();
  const every: number[] = [];
  const row = new Float64Array(size);
  const lost: Lost = { rows: 0, by: new Uint32Array(columns.length), filled: 0 };
  let n = 0;
  const code = (key: string): number => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= IMPORT_LIMITS.labels)
      throw new DataError(
        table.files[0].file,
        `“${columns[label].name}” has more than ${groupedCount(IMPORT_LIMITS.labels)} different values: that is a measurement and not a class`,
      );
    known.set(key, known.size);
    return known.size - 1;
  };
  eachRow(table, (cells, file) => {
    const leave = (problem: string): void =>
      faults.add(file.file, `line ${cells.line}: ${problem}; the row is left out`);
    if (cells.count !== file.width) return leave(`${cells.count} cells where the table has ${file.width}`);
    const key = labelKey(cells.text(label));
    const problem = readFeatures(cells, columns, features, row, choice.missing === 'fill', lost);
    if (key === null) return leave(noLabel(cells, columns[label].name, label));
    const own = code(key);
    every.push(own);
    if (problem) return leave(problem);
    labels[n] = own;
    test[n] = Number(file.test);
    if (pixels)
      for (let j = 0; j < size; j++)
        values[n * size + j] = Math.round((row[j] - pixels.offset) * pixels.factor);
    else coder.row(row, values, n * size);
    n++;
  });
  const given = test.subarray(0, n);
  const samples: ImportedSamples = {
    sample: 'features',
    width: size,
    height: 1,
    channels: 1,
    count: n,
    values: values.subarray(0, n * size),
    labels: labels.subarray(0, n),
    names: [...known.keys()],
    test: given.includes(1) && given.includes(0) ? given : null,
    columns: coder.columns,
    notes: [],
  };
  return { samples, n, labels, every, lost, coder, maybeSide, side, pixels };
}

function noLabel(cells: TableRow, name: string, label: number): string {
  const text = cleanName(cells.text(label));
  return text === '' ? `“${name}” is empty` : `“${name}” is “${text}”, which stands for no label`;
}

/** What was made of columns that are no plain numbers. */
function ofFeatures(
  features: readonly Feature[],
  judged: readonly Judged[],
  columns: ImportedTable['columns'],
  choice: ColumnChoice,
  coder: FeatureCoder,
): string[] {
  const notes: string[] = [];
  const used = [...new Set(features.map(({ column }) => column))];
  for (const j of used) {
    const { kind, levels, core } = judged[j];
    const { name } = columns[j];
    if (kind === 'categories')
      notes.push(
        `“${name}” holds ${levels.length} different texts: it becomes ${levels.length} features of 0 and 1.`,
      );
    if (kind === 'yes or no') notes.push(`“${name}” becomes 1 where it is “${levels[0]}”, else 0.`);
    if (core)
      notes.push(
        coreNote(name, core, coder.cut[features.findIndex(({ column }) => column === j)], choice.cut),
      );
  }
  if (choice.missing === 'fill' && used.some((j) => columns[j].missing + columns[j].texts > 0))
    notes.push('Missing numbers are filled with their column’s mean, missing texts belong to none.');
  return notes;
}

/** Warns of each column that alone tells the label of nearly all samples. */
function warnOfGiveaways(
  samples: ImportedSamples,
  features: readonly Feature[],
  columns: ImportedTable['columns'],
  views: readonly ColumnView[],
): void {
  const { labels, names, values, count, width } = samples;
  const classes = names.length;
  const sizes = new Uint32Array(classes);
  for (const label of labels) sizes[label]++;
  const baseline = Math.max(...sizes) / Math.max(1, count);
  const byColumn = new Map<number, number[]>();
  features.forEach(({ column }, k) => byColumn.set(column, [...(byColumn.get(column) ?? []), k]));
  for (const [j, places] of byColumn) {
    const told = (value: (i: number) => number, buckets: number): number =>
      toldBy(value, buckets, labels, classes);
    const [k] = places;
    const share =
      places.length > 1
        ? told((i) => 1 + places.findIndex((place) => values[i * width + place] > 0), places.length + 1)
        : Math.max(...[0, 3, 5].map((shift) => told((i) => values[i * width + k] >> shift, 256 >> shift)));
    if (!givesAway(share, baseline)) continue;
    const percent = (100 * share).toFixed(share < 1 ? 1 : 0);
    views[j]?.warnings.push(
      `It alone tells the class of ${percent} % of the samples: is it the label in other words?`,
    );
    samples.notes.push(
      `“${columns[j].name}” alone tells the class of ${percent} % of the samples: untick it if it is the label in other words.`,
    );
  }
}
