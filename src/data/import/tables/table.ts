import { DataError } from '../../formats/error';
import {
  type Delimiter,
  guessDelimiter,
  mostFrequent,
  numberIn,
  readRows,
  requireText,
  type Row,
} from './csv';
import type { Faults } from '../faults';
import { counted, IMPORT } from '../limits';
import { cleanName, fileName } from '../pairing/paths';
import { asPictures, Coder, noRange, pixelMap, type Range, squareSide, widen } from '../values/quantise';
import type { Entry, Samples } from '../types';

/** Different values counted per column; a column with more is not offered as label. */
const MOST_DISTINCT = 100;
/** Rows looked at to tell a header, and how many cells a row has. */
const LOOK = 20;
const LABEL_NAME = /^(label|labels|class|classes|target|species|category|variety|diagnosis|outcome|y)$/i;

/** What one pass over a table finds out about a column. */
export interface Column {
  name: string;
  range: Range;
  numbers: number;
  texts: number;
  empty: number;
  /** Different values, up to MOST_DISTINCT; Infinity beyond. */
  distinct: number;
  /** It counts the rows (1, 2, 3, …): an index, which would give the answer away in sorted tables. */
  counts: boolean;
}

/** A table before its label column is chosen: the file stays as it is and is read again. */
export interface Table {
  files: { file: string; bytes: Uint8Array; test: boolean }[];
  delimiter: Delimiter;
  header: boolean;
  columns: Column[];
  rows: number;
  /** The column that is most likely the label; −1 where none can be one. */
  label: number;
}

interface Counting extends Column {
  seen: Set<string | number> | null;
  next: number | null;
}

/** Whether the first row names the columns: a text over numbers. */
function hasHeader(
  first: readonly string[],
  others: readonly (readonly string[])[],
  delimiter: Delimiter,
): boolean {
  if (others.length === 0) return false;
  const isText = (cell: string): boolean => Number.isNaN(numberIn(cell, delimiter) ?? 0);
  return first.some(
    (cell, j) => isText(cell) && others.filter((row) => isText(row[j] ?? '')).length < others.length / 2,
  );
}

/** First pass: delimiter, header, columns and their ranges. `header`: whether the first row is one, where the visitor says so. */
export function scanTable(entries: readonly Entry[], header: boolean | null): Table {
  const files = entries.map(({ path, bytes }) => ({
    file: fileName(path),
    bytes,
    test: /test/i.test(fileName(path)),
  }));
  files.sort((a, b) => Number(a.test) - Number(b.test));
  for (const { file, bytes } of files) {
    if (bytes.length === 0) throw new DataError(file, 'the file is empty');
    requireText(file, bytes);
    if (/^\s*<(!doctype|html)/i.test(new TextDecoder().decode(bytes.subarray(0, 200))))
      throw new DataError(file, 'it is a web page (HTML) and no table');
  }
  const [{ file, bytes }] = files;
  const delimiter = guessDelimiter(file, bytes);
  const first: string[][] = [];
  readRows(
    file,
    bytes,
    delimiter,
    (row) => first.push(Array.from({ length: row.count }, (_, j) => row.text(j))) <= LOOK,
  );
  const width = mostFrequent(first.map((row) => row.length));
  if (width < 2)
    throw new DataError(
      file,
      'it has a single column: a table needs features and a column of labels (divided by comma, semicolon, tab or |)',
    );
  const named = header ?? hasHeader(first[0], first.slice(1), delimiter);
  const columns: Counting[] = Array.from({ length: width }, (_, j) => ({
    name: (named && cleanName(first[0][j] ?? '')) || `column ${j + 1}`,
    range: noRange(),
    numbers: 0,
    texts: 0,
    empty: 0,
    distinct: 0,
    counts: true,
    seen: new Set(),
    next: null,
  }));
  const table: Table = { files, delimiter, header: named, columns, rows: 0, label: -1 };
  eachRow(table, (row) => {
    if (row.count !== width) return;
    if (++table.rows > IMPORT.samples)
      throw new DataError(file, `it has more than ${counted(IMPORT.samples)} rows`);
    for (let j = 0; j < width; j++) look(columns[j], row, j);
  });
  for (const column of columns) {
    column.distinct = column.seen?.size ?? Infinity;
    column.seen = null;
    column.counts &&=
      column.range.whole && column.numbers >= IMPORT.leastSamples && column.texts + column.empty === 0;
  }
  table.label = likelyLabel(columns);
  return table;
}

function look(column: Counting, row: Row, j: number): void {
  const value = row.number(j);
  if (value === null) column.empty++;
  else if (!Number.isFinite(value)) column.texts++;
  else {
    column.numbers++;
    widen(column.range, value);
    if (column.counts && column.next !== null && value !== column.next) column.counts = false;
    column.next = value + 1;
  }
  if (!column.seen || value === null) return;
  column.seen.add(Number.isNaN(value) ? row.text(j) : value);
  if (column.seen.size > MOST_DISTINCT) column.seen = null;
}

/** Goes through all rows of all files, without headers. */
function eachRow(
  { files, delimiter, header }: Table,
  each: (row: Row, file: string, test: boolean) => void,
): void {
  for (const { file, bytes, test } of files) {
    let first = true;
    readRows(file, bytes, delimiter, (row) => {
      if (!first || !header) each(row, file, test);
      first = false;
      return true;
    });
  }
}

/** By name; else the only text column; else the last or the first with few whole values. */
function likelyLabel(columns: readonly Column[]): number {
  const possible = columns.map(
    ({ distinct, counts }) => distinct >= 2 && distinct <= MOST_DISTINCT && !counts,
  );
  const isText = ({ texts, numbers }: Column): boolean => texts > numbers;
  const few = ({ distinct, range, texts }: Column): boolean =>
    distinct <= IMPORT.classes && (range.whole || texts > 0);
  const find = (test: (column: Column, j: number) => boolean): number =>
    columns.findIndex((column, j) => possible[j] && test(column, j));
  const ends = [columns.length - 1, 0];
  const named = find(({ name }) => LABEL_NAME.test(name));
  if (named >= 0) return named;
  const text = ends.find((j) => possible[j] && isText(columns[j])) ?? find(isText);
  if (text >= 0) return text;
  return ends.find((j) => possible[j] && few(columns[j])) ?? find(few);
}

/** Columns that may be chosen as label. */
export function labelChoices({ columns }: Table): { index: number; name: string; distinct: number }[] {
  return columns
    .map(({ name, distinct, counts }, index) => ({ index, name, distinct, counts }))
    .filter(({ distinct, counts }) => distinct >= 2 && distinct <= MOST_DISTINCT && !counts)
    .map(({ index, name, distinct }) => ({ index, name, distinct }));
}

/** "a, b and 3 more". */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `“${name}”`);
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
}

/**
 * Second pass: samples with one column as label. Columns of text and row numbers are left out and named; rows with an empty or
 * unreadable cell, or another number of cells, are left out and named with their line. `wantPictures`: rows of whole numbers
 * 0 … 255 whose number is a square are pictures.
 */
export function fromTable(
  table: Table,
  label: number,
  faults: Faults,
  wantPictures: boolean | null,
): Samples & { maybeSide: number | null } {
  const { columns, files } = table;
  const [{ file: name }] = files;
  if (!(label >= 0 && label < columns.length))
    throw new DataError(
      name,
      `no column has 2 to ${MOST_DISTINCT} different values, as labels have: which class a row belongs to is missing`,
    );
  const features: number[] = [];
  const textual: string[] = [];
  const indices: string[] = [];
  columns.forEach((column, j) => {
    if (j === label) return;
    if (column.counts) indices.push(column.name);
    else if (column.numbers <= column.texts) textual.push(column.name);
    else features.push(j);
  });
  if (features.length === 0) throw new DataError(name, 'beside the labels no column holds numbers');
  const notes: string[] = [];
  if (textual.length > 0) notes.push(`Left out, because they hold text: ${list(textual)}.`);
  if (indices.length > 0) notes.push(`Left out, because it only counts the rows: ${list(indices)}.`);
  if (table.rows * features.length > IMPORT.inflated)
    throw new DataError(
      name,
      `${counted(table.rows)} rows of ${counted(features.length)} features are more than the lab holds`,
    );

  const ranges = features.map((j) => columns[j].range);
  const whole = ranges.reduce(
    (all, range) => (
      widen(all, range.low),
      widen(all, range.high),
      { ...all, whole: all.whole && range.whole }
    ),
    noRange(),
  );
  const maybeSide = squareSide(features.length, whole);
  const side = (wantPictures ?? true) ? maybeSide : null;
  const pixels = side ? pixelMap(whole) : null;
  const coder = new Coder(
    features.map((j) => columns[j].name),
    ranges,
  );
  const values = new Uint8Array(table.rows * features.length);
  const labels = new Uint16Array(table.rows);
  const test = new Uint8Array(table.rows);
  const known = new Map<string, number>();
  const row = new Float64Array(features.length);
  let n = 0;
  eachRow(table, (cells, file, isTest) => {
    const problem = readRow(cells, columns, features, row);
    const text = problem ? '' : cleanName(cells.text(label));
    if (problem ?? text === '') {
      faults.add(
        file,
        `line ${cells.line}: ${problem ?? `“${columns[label].name}” is empty`}; the row is left out`,
      );
      return;
    }
    if (!known.has(text)) known.set(text, known.size);
    labels[n] = known.get(text) ?? 0;
    test[n] = Number(isTest);
    if (pixels)
      for (let j = 0; j < row.length; j++)
        values[n * row.length + j] = Math.round((row[j] - pixels.offset) * pixels.factor);
    else coder.row(row, values, n * row.length);
    n++;
  });
  if (pixels?.note) notes.push(pixels.note);
  else if (!pixels && n > 0) notes.push(coder.loss);
  const given = test.subarray(0, n);
  const samples: Samples = {
    sample: 'features',
    width: features.length,
    height: 1,
    channels: 1,
    count: n,
    values: values.subarray(0, n * features.length),
    labels: labels.subarray(0, n),
    names: [...known.keys()],
    test: given.includes(1) && given.includes(0) ? given : null,
    columns: coder.columns,
    notes,
  };
  return { ...(side ? asPictures(samples, side) : samples), maybeSide };
}

/** Reads the features of a row into `out`; says what is wrong with it, or null. */
function readRow(
  row: Row,
  columns: readonly Column[],
  features: readonly number[],
  out: Float64Array,
): string | null {
  if (row.count !== columns.length) return `${row.count} cells where the table has ${columns.length}`;
  for (let k = 0; k < features.length; k++) {
    const j = features[k];
    const value = row.number(j);
    if (value === null) return `“${columns[j].name}” is empty`;
    if (!Number.isFinite(value)) return `“${columns[j].name}” is “${cleanName(row.text(j))}”, no number`;
    out[k] = value;
  }
  return null;
}
