import { DataError } from '../../formats/error';
import { groupedCount, IMPORT_LIMITS } from '../limits';
import { cleanName, identity } from '../pairing/names';
import { baseName } from '../pairing/paths';
import { meaningOf } from '../pairing/words';
import type { FileEntry } from '../types';
import { guessDelimiter, mostFrequent, readRows, type TableRow } from './csv';
import { hasHeader } from './header';
import { matchColumns } from './match';
import { type Decimal, type NumberStyle, numberStyle } from './numbers';
import { type Profile, Profiler } from './profile';
import type { TableFile } from './tableFile';
import { blanksAsTabs, tableText } from './text';

/** Rows looked at to tell a header, how numbers are written, and how many cells a row has. */
const LOOK = 200;

/** What a column is called, and what one pass over the table found out about it. */
export interface TableColumn extends Profile {
  name: string;
}

/** A table before its label column is chosen: the file stays as it is and is read again. */
export interface ImportedTable {
  files: TableFile[];
  header: boolean;
  columns: TableColumn[];
  rows: number;
  style: NumberStyle;
  /** What was assumed, in sentences. */
  notes: string[];
}

/** What the visitor says of a table; null leaves it to the lab. */
export interface TableChoice {
  header: boolean | null;
  decimal: Decimal | null;
}

/** A file's first rows, and what follows from them. */
interface Head {
  file: TableFile;
  rows: string[][];
  comment: string | null;
  notes: string[];
}

function headOf({ path, bytes: raw }: FileEntry): Head {
  const file = baseName(path);
  const { bytes, line, delimiter: said, comment, notes } = tableText(file, raw);
  let read = { bytes, delimiter: said ?? '' };
  if (said === null) {
    const guess = guessDelimiter(file, bytes);
    read.delimiter = guess.delimiter;
    if (guess.cells < 2) {
      const blanks = blanksAsTabs(bytes);
      if (guessDelimiter(file, blanks).cells > 1) {
        read = { bytes: blanks, delimiter: '\t' };
        notes.push('Cells are divided by blanks.');
      }
    }
  }
  const rows: string[][] = [];
  readRows(
    file,
    read.bytes,
    { delimiter: read.delimiter, line },
    (row) => rows.push(Array.from({ length: row.count }, (_, j) => row.text(j))) <= LOOK,
  );
  const width = mostFrequent(rows.map((row) => row.length));
  const words = meaningOf(path);
  const table: TableFile = {
    file,
    ...read,
    line,
    decimal: '.',
    test: words.split === 'test',
    width,
    skip: above(rows, width),
    places: null,
  };
  return { file: table, rows, comment, notes };
}

/** Rows of a title above the table: of another length, or mostly empty over one that is full. */
function above(rows: readonly (readonly string[])[], width: number): number {
  const filled = (row: readonly string[]): number => row.filter((cell) => cell.trim() !== '').length;
  let skip = 0;
  while (skip < Math.min(10, rows.length - 1)) {
    const [row, next] = [rows[skip], rows[skip + 1]];
    const title = row.length !== width || (width > 2 && filled(row) <= 1 && filled(next) > 1);
    if (!title) break;
    skip++;
  }
  return skip === Math.min(10, rows.length - 1) ? 0 : skip;
}

/** Names of columns, none like another. */
function uniqueNames(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, j) => {
    const name = cleanName(cell) || `column ${j + 1}`;
    let own = name;
    for (let n = 2; taken.has(own); n++) own = `${name} (${n})`;
    taken.add(own);
    return own;
  });
}

/** The names in the first row of a file, or in the comment above it; null where there are none. */
function namesOf(head: Head, header: boolean | null, decimal: Decimal): string[] | null {
  const { file, rows, comment } = head;
  const body = rows.slice(file.skip);
  const first = body.at(0) ?? [];
  const others = body.slice(1).filter((row) => row.length === file.width);
  const named = header === null ? hasHeader(first, others, decimal) : header;
  if (named) {
    file.skip++;
    return first;
  }
  if (header !== null || comment === null) return null;
  const cells: string[] = [];
  const bytes = new TextEncoder().encode(comment);
  readRows(file.file, bytes, { delimiter: file.delimiter }, (row) => {
    for (let j = 0; j < row.count; j++) cells.push(row.text(j));
    return false;
  });
  return cells.length === file.width && cells.every((cell) => Number.isNaN(Number(cell))) ? cells : null;
}

const SIGNS: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

/**
 * First pass: what divides cells, the header, how numbers are written, the columns and what is in them. Several files are put together by
 * the names of their columns. Throws a `DataError` where they do not belong together.
 */
export function scanTable(entries: readonly FileEntry[], { header, decimal }: TableChoice): ImportedTable {
  const heads = entries.map(headOf).sort((a, b) => Number(a.file.test) - Number(b.file.test));
  const [first] = heads;
  const single = heads.find(({ file }) => file.width < 2);
  if (single)
    throw new DataError(
      single.file.file,
      `it has a single column: a table needs features and a column of labels (divided by comma, semicolon, tab or |)${heads.length > 1 ? ', in one file' : ''}`,
    );
  const style = styleOf(heads, decimal);
  const notes = [...new Set(heads.flatMap((head) => head.notes))];
  const titles = first.file.skip;
  const cells = namesOf(first, header, style.decimal);
  for (const { file } of heads) file.decimal = style.decimal;
  const names = uniqueNames(cells ?? Array.from({ length: first.file.width }, () => ''));
  if (heads.length > 1) {
    const others = heads.slice(1).map((head) => ({
      head,
      // A file of a row or two shows no contrast between names and values, but it may repeat the names.
      names: namesOf(head, header ?? (repeats(head, names) ? true : null), style.decimal),
    }));
    notes.push(
      ...matchColumns(
        first.file,
        cells && names,
        others.map(({ head, names: own }) => ({
          file: head.file,
          names: own && uniqueNames(own),
          first: head.rows[0] ?? [],
        })),
      ),
    );
  }
  notes.push(...assumptions(first.file, cells !== null, titles, style, header));
  const table: ImportedTable = {
    files: heads.map(({ file }) => file),
    header: cells !== null,
    columns: [],
    rows: 0,
    style,
    notes,
  };
  const profilers = names.map(() => new Profiler(names.length));
  let before = '';
  eachRow(table, (row, { file, width }) => {
    if (row.count !== width) return;
    if (++table.rows > IMPORT_LIMITS.samples)
      throw new DataError(file, `it has more than ${groupedCount(IMPORT_LIMITS.samples)} rows`);
    if (file !== before) for (const profiler of profilers) profiler.newFile();
    before = file;
    for (let j = 0; j < profilers.length; j++) profilers[j].look(row, j);
  });
  table.columns = profilers.map((profiler, j) => ({ name: names[j], ...profiler.profile }));
  return table;
}

/** Whether most cells of a file's first row are among these names. */
function repeats({ file, rows }: Head, names: readonly string[]): boolean {
  const cells = rows[file.skip] ?? [];
  return cells.filter((cell) => names.some((name) => sameName(name, cell))).length > cells.length / 2;
}

function styleOf(heads: readonly Head[], decimal: Decimal | null): NumberStyle {
  const quoted = heads[0].file.delimiter === ',';
  const guess = numberStyle(
    heads.flatMap(({ rows }) => rows.flat()),
    quoted,
  );
  return decimal === null ? guess : { decimal, commas: true, unclear: null };
}

/** What was taken for granted about how the file is written. */
function assumptions(
  { delimiter }: TableFile,
  named: boolean,
  titles: number,
  { decimal, commas, unclear }: NumberStyle,
  chosen: boolean | null,
): string[] {
  const notes: string[] = [];
  const sign = SIGNS[delimiter] ?? `“${delimiter}”`;
  const row = named ? 'the first row names the columns' : 'no row names the columns';
  notes.push(`Read as a table divided by ${sign}; ${row}${chosen === null ? '' : ', as you say'}.`);
  if (titles > 0)
    notes.push(
      `${titles === 1 ? 'A line' : `${titles} lines`} above the table ${titles === 1 ? 'is' : 'are'} passed over.`,
    );
  if (unclear !== null)
    notes.push(
      decimal === ','
        ? `Commas in numbers are taken for decimal points: “${unclear}” is read as ${unclear.replace(',', '.')}. But three digits stand behind each comma, as where commas divide thousands: choose that below if it is so.`
        : `Commas in numbers are taken to divide thousands: “${unclear}” is read as ${unclear.replace(',', '')}.`,
    );
  else if (commas)
    notes.push(
      decimal === ',' ? 'Commas in numbers are decimal points.' : 'Commas in numbers divide thousands.',
    );
  return notes;
}

/** A row whose cells are asked for by the columns of the table. */
class Placed implements TableRow {
  constructor(
    private readonly row: TableRow,
    private readonly places: readonly number[],
  ) {}
  get line(): number {
    return this.row.line;
  }
  get count(): number {
    return this.row.count;
  }
  text(cell: number): string {
    return this.row.text(this.places[cell]);
  }
  number(cell: number): number | null {
    return this.row.number(this.places[cell]);
  }
}

/** Goes through all rows of all files, without headers; cells are those of the table's columns. */
export function eachRow(
  { files }: Pick<ImportedTable, 'files'>,
  each: (row: TableRow, file: TableFile) => void,
): void {
  for (const file of files) {
    let above = file.skip;
    let placed: Placed | null = null;
    readRows(file.file, file.bytes, file, (row) => {
      if (above > 0) {
        above--;
        return true;
      }
      if (file.places) placed ??= new Placed(row, file.places);
      each(placed ?? row, file);
      return true;
    });
  }
}

/** Whether two names of columns mean the same one. */
const sameName = (a: string, b: string): boolean => identity(a).toLowerCase() === identity(b).toLowerCase();
