import { CRC_START, crcEnd, crcOver } from '../../formats/crc32';
import { DataError } from '../../formats/error';
import { decodeNames, type RawName } from './zipNames';

/** What the table of contents says of one entry. */
export interface Listed {
  path: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  header: number;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
/** Ids of extra fields: sizes beyond 32 bits, and Info-ZIP's name in UTF-8. */
const ZIP64 = 0x0001;
const UNICODE_PATH = 0x7075;
const FULL16 = 0xffff;
const FULL32 = 0xffffffff;

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Where the end record begins: the last place whose comment reaches exactly to the end. */
function findEnd(file: string, view: DataView): number {
  const least = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= least; at--) {
    if (view.getUint32(at, true) === END && at + 22 + view.getUint16(at + 20, true) === view.byteLength)
      return at;
  }
  throw new DataError(file, 'the zip is truncated or damaged: its table of contents is missing');
}

/** 64 bits as a number; what no file could hold is Infinity. */
function long(view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true));
  return Number.isSafeInteger(value) ? value : Infinity;
}

interface Directory {
  count: number;
  at: number;
  end: number;
  /** Bytes that stand before the archive itself, as in files that unpack themselves. */
  shift: number;
}

function directory(file: string, view: DataView): Directory {
  const end = findEnd(file, view);
  const small = {
    count: view.getUint16(end + 10, true),
    size: view.getUint32(end + 12, true),
    at: view.getUint32(end + 16, true),
  };
  const has64 = end >= 20 && view.getUint32(end - 20, true) === LOCATOR64;
  if (!has64) {
    if (small.count === FULL16 || small.at === FULL32)
      throw new DataError(
        file,
        'it says it is a zip64 archive, but its zip64 record is missing: it is damaged',
      );
    const shift = end - small.size - small.at;
    return { ...small, end, at: small.at + Math.max(0, shift), shift: Math.max(0, shift) };
  }
  const said = long(view, end - 20 + 8);
  const near = end - 20 - 56;
  // Where bytes stand before the archive, the record lies right before its locator.
  const at64 = [said, near].find((at) => at >= 0 && at + 56 <= end && view.getUint32(at, true) === END64);
  if (at64 === undefined) throw new DataError(file, 'its zip64 record is missing: the zip is damaged');
  const pick = (value: number, full: number, at: number): number => (value === full ? long(view, at) : value);
  const count = pick(small.count, FULL16, at64 + 32);
  const size = pick(small.size, FULL32, at64 + 40);
  const at = pick(small.at, FULL32, at64 + 48);
  const shift = Math.max(0, at64 - size - at);
  return { count, at: at + shift, end: at64, shift };
}

/** Goes through the extra fields of an entry. */
function eachExtra(
  view: DataView,
  from: number,
  to: number,
  each: (id: number, at: number, length: number) => void,
): void {
  for (let at = from; at + 4 <= to;) {
    const length = view.getUint16(at + 2, true);
    if (at + 4 + length > to) return;
    each(view.getUint16(at, true), at + 4, length);
    at += 4 + length;
  }
}

/** Info-ZIP's name in UTF-8, which counts only where its checksum is that of the plain name. */
function unicodePath(bytes: Uint8Array, at: number, length: number, plain: Uint8Array): string | null {
  if (length < 5 || bytes[at] !== 1) return null;
  const crc = viewOf(bytes).getUint32(at + 1, true);
  if (crc !== crcEnd(crcOver(CRC_START, plain))) return null;
  return new TextDecoder().decode(bytes.subarray(at + 5, at + length));
}

/**
 * The table of contents of a zip or zip64; nothing is unpacked. Throws a `DataError` where it is damaged. `assumed` names the code page
 * that names were read in, where the archive does not say.
 */
export function contents(file: string, bytes: Uint8Array): { listed: Listed[]; assumed: string | null } {
  const view = viewOf(bytes);
  const { count, at: start, end, shift } = directory(file, view);
  const listed: Omit<Listed, 'path'>[] = [];
  const names: RawName[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (!(at + 46 <= end) || view.getUint32(at, true) !== CENTRAL)
      throw new DataError(
        file,
        `the zip is damaged: entry ${i + 1} of ${count} is missing from its table of contents`,
      );
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const plain = bytes.subarray(at + 46, at + 46 + name);
    const sizes = {
      size: view.getUint32(at + 24, true),
      packed: view.getUint32(at + 20, true),
      header: view.getUint32(at + 42, true),
    };
    let unicode: string | null = null;
    const extraEnd = Math.min(end, at + 46 + name + extra);
    eachExtra(view, at + 46 + name, extraEnd, (id, place, length) => {
      if (id === UNICODE_PATH) unicode = unicodePath(bytes, place, length, plain);
      if (id !== ZIP64) return;
      // Only those that did not fit stand there, in this order.
      let next = place;
      for (const key of ['size', 'packed', 'header'] as const) {
        if (sizes[key] !== FULL32 || next + 8 > place + length) continue;
        sizes[key] = long(view, next);
        next += 8;
      }
    });
    const flags = view.getUint16(at + 8, true);
    names.push({ bytes: plain, utf8: (flags & 0x800) !== 0, unicode });
    listed.push({
      flags,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...sizes,
      header: sizes.header + shift,
    });
    at += 46 + name + extra + comment;
  }
  const { paths, assumed } = decodeNames(names);
  return { listed: listed.map((entry, i) => ({ ...entry, path: paths[i] })), assumed };
}
