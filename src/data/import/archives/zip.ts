import { Inflate } from 'fflate';
import { CRC_START, crcEnd, crcOver } from '../../formats/crc32';
import { DataError } from '../../formats/error';
import { type Budget, BudgetError } from './budget';
import type { Faults } from '../faults';
import { counted, IMPORT, megabytes } from '../limits';
import { fileName, isLitter } from '../pairing/paths';
import type { Entry } from '../types';

/** What the central directory says of one entry. */
interface Listed {
  path: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  header: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const CHUNK = 1 << 16;

const viewOf = (bytes: Uint8Array): DataView =>
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

/** Names are UTF-8 where the archive says so or where they happen to be; else Latin-1, one character per byte. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

function contents(file: string, bytes: Uint8Array): Listed[] {
  const view = viewOf(bytes);
  const end = findEnd(file, view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff)
    throw new DataError(file, 'it is a zip64 archive (over 4 GB or 65,534 files): more than the lab takes');
  const listed: Listed[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL)
      throw new DataError(
        file,
        `the zip is damaged: entry ${i + 1} of ${count} is missing from its table of contents`,
      );
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    listed.push({
      path: nameOf(bytes.subarray(at + 46, at + 46 + name)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      header: view.getUint32(at + 42, true),
    });
    at += 46 + name + extra + comment;
  }
  return listed;
}

/** The packed bytes of an entry, behind its local header. */
function body(file: string, bytes: Uint8Array, { header, packed }: Listed): Uint8Array {
  const view = viewOf(bytes);
  if (header + 30 > bytes.length || view.getUint32(header, true) !== LOCAL)
    throw new DataError(file, 'its place in the zip holds no file: the zip is damaged');
  const from = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (from + packed > bytes.length)
    throw new DataError(file, 'it goes on behind the end of the zip: the zip is truncated');
  return bytes.subarray(from, from + packed);
}

/** Inflates no further than the size the archive declares, and never beyond the budget. */
function inflate(file: string, packed: Uint8Array, size: number, budget: Budget): Uint8Array {
  const content = new Uint8Array(size);
  let at = 0;
  const inflater = new Inflate((piece) => {
    if (at + piece.length > size)
      throw new DataError(
        file,
        `it unpacks to more than the ${counted(size)} bytes the zip declares: it is not opened`,
      );
    budget.take(file, piece.length);
    content.set(piece, at);
    at += piece.length;
  });
  try {
    for (let from = 0; from < packed.length; from += CHUNK)
      inflater.push(packed.subarray(from, from + CHUNK), from + CHUNK >= packed.length);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(file, 'its packed bytes are corrupt', { cause });
  }
  if (at !== size)
    throw new DataError(file, `it unpacks to ${counted(at)} bytes where the zip declares ${counted(size)}`);
  return content;
}

/** Places of entries must not lie over each other: small zips that unpack to petabytes are made that way. */
function requireApart(file: string, listed: readonly Listed[]): void {
  const ordered = [...listed].sort((a, b) => a.header - b.header);
  for (let i = 1; i < ordered.length; i++) {
    const before = ordered[i - 1];
    if (ordered[i].header < before.header + 30 + before.packed)
      throw new DataError(file, 'its entries lie over each other, as in a zip bomb: it is not opened');
  }
}

/**
 * Files of a zip by its table of contents. What the entries declare is added up before anything is unpacked, and what really
 * comes is counted against it. A damaged or encrypted entry is left out and named; a damaged archive throws a `DataError`.
 */
export function unzip(file: string, bytes: Uint8Array, budget: Budget, faults: Faults): Entry[] {
  const listed = contents(file, bytes).filter(({ path }) => !/[\\/]$/.test(path) && !isLitter(path));
  const declared = listed.reduce((sum, { size }) => sum + size, 0);
  if (declared > IMPORT.inflated)
    throw new DataError(
      file,
      `it declares ${megabytes(declared)} unpacked, more than the ${megabytes(IMPORT.inflated)} the lab opens (a zip bomb, or simply too much)`,
    );
  requireApart(file, listed);
  return listed.flatMap((entry) => {
    const name = fileName(entry.path);
    try {
      return [{ path: entry.path, bytes: content(name, bytes, entry, budget) }];
    } catch (error) {
      if (!(error instanceof DataError) || error instanceof BudgetError) throw error;
      faults.add(name, error.problem);
      return [];
    }
  });
}

function content(file: string, bytes: Uint8Array, entry: Listed, budget: Budget): Uint8Array {
  if (entry.flags & 1) throw new DataError(file, 'it is encrypted');
  const packed = body(file, bytes, entry);
  if (entry.method !== 0 && entry.method !== 8)
    throw new DataError(
      file,
      `it is packed by method ${entry.method}; the lab knows stored and deflated files`,
    );
  if (entry.method === 0 && entry.packed !== entry.size)
    throw new DataError(file, 'its size in the zip contradicts itself');
  const unpacked = entry.method === 0 ? packed : inflate(file, packed, entry.size, budget);
  if (crcEnd(crcOver(CRC_START, unpacked)) !== entry.crc)
    throw new DataError(file, 'its checksum does not match: the zip is damaged');
  return unpacked;
}
