import { DataError } from '../../formats/error';
import { groupedCount, IMPORT_LIMITS } from '../limits';
import { type Decimal, numberIn } from './numbers';

/** What cells of a table are looked for to be divided by; a file may name another sign itself. */
const DELIMITERS: readonly string[] = [',', ';', '\t', '|'];

const QUOTE = 34;
const NEWLINE = 10;
const RETURN = 13;
const BLANK = 32;
const utf8 = new TextDecoder();

/** One row of a table as places in its bytes; valid until the next row is read. */
export interface TableRow {
  /** Of the file, from 1. */
  line: number;
  count: number;
  text(cell: number): string;
  /** The number a cell holds; null where it is empty or stands for "missing", NaN where it is anything else. */
  number(cell: number): number | null;
}

/** Throws where bytes are not text in UTF-8, with the line where it stops being so. Call once per file. */
export function requireText(file: string, bytes: Uint8Array): void {
  const zero = bytes.indexOf(0);
  if (zero >= 0)
    throw new DataError(
      file,
      `it is not text: line ${groupedCount(1 + newlines(bytes, zero))} holds a zero byte`,
    );
  const strict = new TextDecoder('utf-8', { fatal: true });
  const CHUNK = 1 << 16;
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const end = Math.min(at + CHUNK, bytes.length);
    try {
      strict.decode(bytes.subarray(at, end), { stream: end < bytes.length });
    } catch {
      const line = 1 + newlines(bytes, at);
      throw new DataError(
        file,
        `it is not text in UTF-8 (at or shortly after line ${groupedCount(line)}): save it as UTF-8`,
      );
    }
  }
}

function newlines(bytes: Uint8Array, end: number): number {
  let n = 0;
  for (let i = 0; i < end; i++) if (bytes[i] === NEWLINE) n++;
  return n;
}

/** The row being read, over arrays that are used again and again: tables have millions of cells. */
class Cells implements TableRow {
  line = 1;
  count = 0;
  readonly starts = new Uint32Array(IMPORT_LIMITS.values + 2);
  readonly ends = new Uint32Array(IMPORT_LIMITS.values + 2);
  readonly quoted = new Uint8Array(IMPORT_LIMITS.values + 2);

  constructor(
    private readonly bytes: Uint8Array,
    private readonly decimal: Decimal,
  ) {}

  text(cell: number): string {
    const text = utf8.decode(this.bytes.subarray(this.starts[cell], this.ends[cell]));
    return this.quoted[cell] ? text.replaceAll('""', '"') : text;
  }

  number(cell: number): number | null {
    const { bytes } = this;
    const end = this.ends[cell];
    let at = this.starts[cell];
    const negative = bytes[at] === 45;
    if (negative) at++;
    // Plain decimals of up to 15 digits are read here; everything else by the way of text.
    let [value, digits, scale] = [0, 0, 0];
    for (; at < end && digits < 16; at++) {
      const digit = bytes[at] - 48;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digits++;
        if (scale) scale *= 10;
      } else if (bytes[at] === 46 && !scale && this.decimal === '.') scale = 1;
      else break;
    }
    if (at === end && digits > 0 && digits < 16) {
      const plain = scale > 1 ? value / scale : value;
      return negative ? -plain : plain;
    }
    return numberIn(this.text(cell), this.decimal);
  }
}

/** How a table is to be read. */
export interface Reading {
  delimiter: string;
  decimal?: Decimal;
  /** Number of the first line in its file. */
  line?: number;
}

/**
 * Reads a delimited table (RFC 4180: quotes, doubled quotes, line breaks inside quotes; empty lines are passed over, blanks before a
 * quote too) and hands over each row until `each` returns false. A cell that goes on behind its closing quote is taken as it stands.
 * Throws a `DataError` on too many columns and on a quote that is not closed.
 */
export function readRows(
  file: string,
  bytes: Uint8Array,
  { delimiter, decimal = '.', line: firstLine = 1 }: Reading,
  each: (row: TableRow) => boolean | undefined,
): void {
  const divide = delimiter.charCodeAt(0);
  const cells = new Cells(bytes, decimal);
  const { starts, ends, quoted } = cells;
  const toDivider = (from: number): number => {
    let at = from;
    while (at < bytes.length && bytes[at] !== divide && bytes[at] !== NEWLINE) at++;
    return at;
  };
  let at = 0;
  let line = firstLine;
  while (at < bytes.length) {
    cells.line = line;
    let n = 0;
    for (let open = true; open;) {
      if (n > IMPORT_LIMITS.values)
        throw new DataError(
          file,
          `line ${groupedCount(line)} has more than ${groupedCount(IMPORT_LIMITS.values)} columns, the most the lab takes`,
        );
      const begin = at;
      let quote = at;
      while (bytes[quote] === BLANK && divide !== BLANK) quote++;
      let wrapped = false;
      if (bytes[quote] === QUOTE) {
        const end = closing(file, bytes, quote + 1, line);
        for (let i = quote; i < end; i++) if (bytes[i] === NEWLINE) line++;
        at = toDivider(end + 1);
        wrapped = isBlank(bytes, end + 1, at);
        if (wrapped) [starts[n], ends[n], quoted[n]] = [quote + 1, end, 1];
      } else at = toDivider(at);
      if (!wrapped) {
        const end = at > begin && bytes[at] !== divide && bytes[at - 1] === RETURN ? at - 1 : at;
        if (end - begin > IMPORT_LIMITS.cell)
          throw new DataError(
            file,
            `line ${groupedCount(line)} has a cell of more than ${groupedCount(IMPORT_LIMITS.cell)} characters`,
          );
        [starts[n], ends[n], quoted[n]] = [begin, end, 0];
      }
      n++;
      open = at < bytes.length && bytes[at] === divide;
      at++;
      // A delimiter as the very last byte still begins a cell.
      if (open && at === bytes.length) {
        [starts[n], ends[n], quoted[n]] = [at, at, 0];
        n++;
        open = false;
      }
    }
    line++;
    cells.count = n;
    if (n === 1 && ends[0] === starts[0] && !quoted[0]) continue;
    if (each(cells) === false) return;
  }
}

/** Whether nothing but blanks stands from … to − 1. */
function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (bytes[at] !== BLANK && bytes[at] !== RETURN && bytes[at] !== 9) return false;
  return true;
}

/** The quote that closes a cell. */
function closing(file: string, bytes: Uint8Array, from: number, line: number): number {
  for (let at = from; at < bytes.length && at - from <= IMPORT_LIMITS.cell; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return at;
    at++;
  }
  throw new DataError(
    file,
    `line ${groupedCount(line)} opens a quote that is not closed within ${groupedCount(IMPORT_LIMITS.cell)} characters`,
  );
}

/** The delimiter that divides the first rows most evenly: the most rows of one same length above one cell, then the most cells. */
export function guessDelimiter(file: string, bytes: Uint8Array): { delimiter: string; cells: number } {
  let best = { delimiter: ',', same: 0, cells: 1 };
  for (const delimiter of DELIMITERS) {
    const counts: number[] = [];
    try {
      readRows(file, bytes, { delimiter }, (row) => counts.push(row.count) < 20);
    } catch (error) {
      // A limit is only broken for real where the delimiter is the right one: below, when the table is read.
      if (!(error instanceof DataError)) throw error;
      if (/columns/.test(error.problem)) throw error;
    }
    const cells = mostFrequent(counts);
    const same = counts.filter((n) => n === cells).length;
    if (cells > 1 && (same > best.same || (same === best.same && cells > best.cells)))
      best = { delimiter, same, cells };
  }
  return best;
}

/** The most frequent of some numbers; 0 of none. */
export function mostFrequent(numbers: readonly number[]): number {
  const times = new Map<number, number>();
  for (const n of numbers) times.set(n, (times.get(n) ?? 0) + 1);
  return [...times].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0];
}
