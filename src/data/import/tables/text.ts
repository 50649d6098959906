import { DataError } from '../../formats/error';
import { foreign } from '../foreign';
import { groupedCount, IMPORT_LIMITS, megabytes } from '../limits';
import { requireText } from './csv';

const NEWLINE = 10;
const RETURN = 13;

/** A table's bytes as they are to be read: UTF-8, lines that end in a line feed, without what stands above the table. */
export interface TableText {
  bytes: Uint8Array;
  /** Number of the first line of `bytes` in the file. */
  line: number;
  /** What the file itself says its cells are divided by. */
  delimiter: string | null;
  /** The last comment above the table: it may name the columns. */
  comment: string | null;
  notes: string[];
}

/** UTF-16 with its mark as UTF-8. */
function fromUtf16(file: string, bytes: Uint8Array): Uint8Array {
  if (1.5 * bytes.length > IMPORT_LIMITS.inflated)
    throw new DataError(
      file,
      `${megabytes(bytes.length)} of UTF-16 are more than the lab takes: save it as UTF-8`,
    );
  const label = bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
  try {
    return new TextEncoder().encode(new TextDecoder(label, { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new DataError(file, 'it begins as text in UTF-16 and is none: save it as UTF-8', { cause });
  }
}

/** Lines that end in a carriage return alone, as old Macs wrote them, with line feeds. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  if (bytes.includes(NEWLINE) || !bytes.includes(RETURN)) return bytes;
  return bytes.map((byte) => (byte === RETURN ? NEWLINE : byte));
}

/** The end of the line that begins at `from` (its line feed, or the end of the file). */
function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end;
}

const SIGNS = ['#', '%'];

/**
 * Makes text of a file: from UTF-8 or marked UTF-16, whatever ends its lines; Excel's `sep=;` and comments (# or %) above the table are
 * read and dropped. Throws a `DataError` where it is no text.
 */
export function tableText(file: string, raw: Uint8Array): TableText {
  if (raw.length === 0) throw new DataError(file, 'the file is empty');
  const notes: string[] = [];
  const wide = (raw[0] === 0xff && raw[1] === 0xfe) || (raw[0] === 0xfe && raw[1] === 0xff);
  let bytes = wide ? fromUtf16(file, raw) : raw;
  if (wide) notes.push(`${file} is text in UTF-16 and is read as such.`);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
  requireText(file, bytes);
  if (/^\s*<(!doctype|html)/i.test(new TextDecoder().decode(bytes.subarray(0, 200))))
    throw new DataError(file, 'it is a web page (HTML) and no table');
  const other = foreign('', bytes);
  if (other) throw new DataError(file, other);
  bytes = withLineFeeds(bytes);

  const text = (from: number, end: number): string =>
    new TextDecoder().decode(bytes.subarray(from, Math.min(end, from + IMPORT_LIMITS.cell))).trim();
  let [at, line] = [0, 1];
  const said = /^"?sep=(.)"?$/i.exec(text(0, lineEnd(bytes, 0)));
  if (said) {
    at = lineEnd(bytes, 0) + 1;
    line = 2;
  }
  const comments = commentsAt(bytes, at, text);
  if (comments.count > 0)
    notes.push(
      `${comments.count === 1 ? 'A comment' : `${groupedCount(comments.count)} comments`} above the table ${comments.count === 1 ? 'is' : 'are'} passed over.`,
    );
  return {
    bytes: bytes.subarray(comments.end),
    line: line + comments.count,
    delimiter: said?.[1] ?? null,
    comment: comments.last,
    notes,
  };
}

/** Lines that begin with a sign of comments, at the top: none where the rows of the table itself begin so. */
function commentsAt(
  bytes: Uint8Array,
  from: number,
  text: (from: number, end: number) => string,
): { end: number; count: number; last: string | null } {
  let [at, count] = [from, 0];
  let last: string | null = null;
  while (at < bytes.length) {
    const line = text(at, lineEnd(bytes, at));
    if (!SIGNS.includes(line[0])) return { end: at, count, last };
    last = line.replace(/^[#%\s]+/, '');
    at = lineEnd(bytes, at) + 1;
    count++;
    if (count > 100) break;
  }
  return { end: from, count: 0, last: null };
}

/** Cells divided by blanks, one or more, as cells divided by tabs. Blanks inside quotes stay. */
export function blanksAsTabs(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let [n, quoted, gap, begun] = [0, false, false, false];
  for (const byte of bytes) {
    if (byte === 34) quoted = !quoted;
    if (!quoted && (byte === 32 || byte === 9)) {
      gap = true;
      continue;
    }
    const ends = byte === NEWLINE || byte === RETURN;
    if (gap && begun && !ends) out[n++] = 9;
    gap = false;
    begun = ends ? false : true;
    out[n++] = byte;
  }
  return out.subarray(0, n);
}
