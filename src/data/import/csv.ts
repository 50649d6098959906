import { DataError } from '../formats/error';
import { groupedCount, IMPORT_LIMITS } from './limits';

/** What may stand between the cells of a table. */
export type Delimiter = ',' | ';' | '\t' | '|';
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];

const QUOTE = 34;
const NEWLINE = 10;
const RETURN = 13;
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

const MISSING = /^(na|n\/a|nan|null|none|\?|-)?$/i;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** A number as people write it; where commas do not divide cells, one may be the decimal point. */
export function numberIn(text: string, delimiter: Delimiter): number | null {
  const trimmed = text.trim();
  if (MISSING.test(trimmed)) return null;
  const plain = delimiter === ',' ? trimmed : trimmed.replace(/^([-+]?\d*),(\d+)$/, '$1.$2');
  return NUMBER.test(plain) ? Number(plain) : NaN;
}

/** Throws where bytes are not text in UTF-8, with the line where it stops being so. Call once per file. */
export function requireText(file: string, bytes: Uint8Array): void {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new DataError(file, 'it is text in UTF-16: save it as UTF-8');
  const zero = bytes.indexOf(0);
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
  if (zero >= 0)
    throw new DataError(
      file,
      `it is not text: line ${groupedCount(1 + newlines(bytes, zero))} holds a zero byte`,
    );
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
    private readonly delimiter: Delimiter,
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
      } else if (bytes[at] === 46 && !scale) scale = 1;
      else break;
    }
    if (at === end && digits > 0 && digits < 16) {
      const plain = scale > 1 ? value / scale : value;
      return negative ? -plain : plain;
    }
    return numberIn(this.text(cell), this.delimiter);
  }
}

/**
 * Reads a delimited table (RFC 4180: quotes, doubled quotes, line breaks inside quotes; a byte order mark and empty lines are
 * passed over) and hands over each row until `each` returns false. Throws a `DataError` on too many columns and on a quote
 * that is not closed.
 */
export function readRows(
  file: string,
  bytes: Uint8Array,
  delimiter: Delimiter,
  each: (row: TableRow) => boolean | undefined,
): void {
  const divide = delimiter.charCodeAt(0);
  const cells = new Cells(bytes, delimiter);
  const { starts, ends, quoted } = cells;
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let line = 1;
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
      let end = at;
      if (bytes[at] === QUOTE) {
        end = closing(file, bytes, at + 1, line);
        for (let i = at; i < end; i++) if (bytes[i] === NEWLINE) line++;
        [starts[n], ends[n], quoted[n]] = [at + 1, end, 1];
        at = end + 1;
        while (at < bytes.length && bytes[at] !== divide && bytes[at] !== NEWLINE) at++;
      } else {
        while (at < bytes.length && bytes[at] !== divide && bytes[at] !== NEWLINE) at++;
        end = at > begin && bytes[at] !== divide && bytes[at - 1] === RETURN ? at - 1 : at;
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
export function guessDelimiter(file: string, bytes: Uint8Array): Delimiter {
  let best: { delimiter: Delimiter; same: number; cells: number } = { delimiter: ',', same: 0, cells: 1 };
  for (const delimiter of DELIMITERS) {
    const counts: number[] = [];
    try {
      readRows(file, bytes, delimiter, (row) => counts.push(row.count) < 20);
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
  return best.delimiter;
}

/** The most frequent of some numbers; 0 of none. */
export function mostFrequent(numbers: readonly number[]): number {
  const times = new Map<number, number>();
  for (const n of numbers) times.set(n, (times.get(n) ?? 0) + 1);
  return [...times].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0];
}
