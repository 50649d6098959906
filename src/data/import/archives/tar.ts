import { DataError } from '../../formats/error';
import { groupedCount, IMPORT_LIMITS } from '../limits';
import type { FileEntry } from '../types';

const BLOCK = 512;
const latin = new TextDecoder('latin1');
const utf8 = new TextDecoder();

/** Text of a field up to its first NUL. */
function text(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.subarray(from, from + length);
  const end = field.indexOf(0);
  return utf8.decode(end < 0 ? field : field.subarray(0, end));
}

function octal(file: string, bytes: Uint8Array, from: number, length: number): number {
  const digits = latin.decode(bytes.subarray(from, from + length)).replace(/[\0 ]+/g, '');
  if (!/^[0-7]*$/.test(digits)) throw new DataError(file, 'a tar header holds a size that cannot be read');
  return digits === '' ? 0 : parseInt(digits, 8);
}

/** The checksum counts its own eight bytes as blanks. */
function sound(header: Uint8Array, file: string): boolean {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : header[i];
  return sum === octal(file, header, 148, 8);
}

/** The path a pax header gives, if any. */
function paxPath(bytes: Uint8Array): string | null {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(utf8.decode(bytes))?.[1] ?? null;
}

/**
 * Regular files of a tar (ustar, GNU long names, pax paths), as views of its bytes; links and devices are passed over. Throws a `DataError`
 * where it is damaged or holds more than `most` files.
 */
export function untar(file: string, bytes: Uint8Array, most: number = IMPORT_LIMITS.files): FileEntry[] {
  const entries: FileEntry[] = [];
  let longName: string | null = null;
  let at = 0;
  while (at + BLOCK <= bytes.length) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return entries;
    if (!sound(header, file))
      throw new DataError(file, `the tar is corrupt: the header at byte ${at} does not check`);
    const size = octal(file, header, 124, 12);
    const from = at + BLOCK;
    if (from + size > bytes.length)
      throw new DataError(file, `the tar is truncated: ${text(header, 0, 100)} goes on behind its end`);
    const content = bytes.subarray(from, from + size);
    const type = String.fromCharCode(header[156]);
    if (type === 'L') longName = text(content, 0, content.length);
    else if (type === 'x') longName = paxPath(content) ?? longName;
    else {
      const prefix = text(header, 345, 155);
      const name = text(header, 0, 100);
      if (type === '0' || type === '\0')
        entries.push({ path: longName ?? (prefix ? `${prefix}/${name}` : name), bytes: content });
      if (entries.length > most) throw new DataError(file, `it holds more than ${groupedCount(most)} files`);
      longName = null;
    }
    at = from + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new DataError(file, 'the tar is truncated: its end mark is missing');
}
