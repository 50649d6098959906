import { CRC_START, crcEnd, crcOver } from '../../formats/crc32';
import { DataError } from '../../formats/error';
import { Inflater } from '../../formats/inflate';
import type { ImportFaults } from '../faults';
import { foreignZip } from '../foreign';
import { groupedCount, IMPORT_LIMITS, megabytes } from '../limits';
import { baseName, isSystemFile } from '../pairing/paths';
import type { FileEntry } from '../types';
import { type UnpackBudget, BudgetError } from './budget';
import { contents, type Listed, viewOf } from './zipContents';

const LOCAL = 0x04034b50;
/** Deflate makes at most 1,032 bytes of one: an entry that declares more is not believed. */
export const MOST_DEFLATED = 1032;
const METHODS: Partial<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  99: 'AES encryption',
};

/** The packed bytes of an entry, behind its local header. */
function body(file: string, bytes: Uint8Array, { header, packed }: Listed): Uint8Array {
  const view = viewOf(bytes);
  if (!(header + 30 <= bytes.length) || view.getUint32(header, true) !== LOCAL)
    throw new DataError(file, 'its place in the zip holds no file: the zip is damaged');
  const from = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (!(from + packed <= bytes.length))
    throw new DataError(file, 'it goes on behind the end of the zip: the zip is truncated');
  return bytes.subarray(from, from + packed);
}

/** Inflates no further than the size the archive declares, and never beyond the budget, which is asked before memory is taken. */
function inflate(file: string, packed: Uint8Array, size: number, budget: UnpackBudget): Uint8Array {
  if (size > MOST_DEFLATED * packed.length + MOST_DEFLATED)
    throw new DataError(
      file,
      `the zip declares ${groupedCount(size)} bytes, more than ${groupedCount(packed.length)} packed ones can hold: it is damaged`,
    );
  budget.take(file, size);
  const content = new Uint8Array(size);
  let at = 0;
  const inflater = new Inflater('raw');
  try {
    inflater.push(packed, (piece) => {
      if (at + piece.length > size)
        throw new DataError(
          file,
          `it unpacks to more than the ${groupedCount(size)} bytes the zip declares: it is not opened`,
        );
      content.set(piece, at);
      at += piece.length;
    });
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(file, 'its packed bytes are corrupt', { cause });
  }
  if (!inflater.ended) throw new DataError(file, 'its packed bytes are cut off');
  if (at !== size)
    throw new DataError(
      file,
      `it unpacks to ${groupedCount(at)} bytes where the zip declares ${groupedCount(size)}`,
    );
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

/** Files of a zip, and the code page its names were read in where it does not say. */
export interface Unzipped {
  entries: FileEntry[];
  assumed: string | null;
}

/**
 * Files of a zip (or zip64) by its table of contents. What the entries declare is added up before anything is unpacked, and what
 * really comes is counted against it. A damaged or encrypted entry is left out and named; a damaged archive throws a `DataError`.
 */
export function unzip(file: string, bytes: Uint8Array, budget: UnpackBudget, faults: ImportFaults): Unzipped {
  const found = contents(file, bytes);
  const document = foreignZip(
    found.listed.map(({ path }) => path),
    file,
  );
  if (document) throw new DataError(file, document);
  const listed = found.listed.filter(({ path }) => !/[\\/]$/.test(path) && !isSystemFile(path));
  const declared = listed.reduce((sum, { size }) => sum + size, 0);
  if (declared > IMPORT_LIMITS.inflated)
    throw new DataError(
      file,
      `it declares ${megabytes(declared)} unpacked, more than the ${megabytes(IMPORT_LIMITS.inflated)} the lab opens (a zip bomb, or simply too much)`,
    );
  requireApart(file, listed);
  const entries = listed.flatMap((entry) => {
    const name = baseName(entry.path);
    try {
      return [{ path: entry.path, bytes: content(name, bytes, entry, budget) }];
    } catch (error) {
      if (!(error instanceof DataError) || error instanceof BudgetError) throw error;
      faults.add(name, error.problem);
      return [];
    }
  });
  return { entries, assumed: found.assumed };
}

function content(file: string, bytes: Uint8Array, entry: Listed, budget: UnpackBudget): Uint8Array {
  if (entry.flags & 1) throw new DataError(file, 'it is encrypted: unpack it with its password first');
  const packed = body(file, bytes, entry);
  if (entry.method !== 0 && entry.method !== 8)
    throw new DataError(
      file,
      `it is packed by ${METHODS[entry.method] ?? `method ${entry.method}`}; the lab knows stored and deflated files`,
    );
  if (entry.method === 0 && entry.packed !== entry.size)
    throw new DataError(file, 'its size in the zip contradicts itself');
  const unpacked = entry.method === 0 ? packed : inflate(file, packed, entry.size, budget);
  if (crcEnd(crcOver(CRC_START, unpacked)) !== entry.crc)
    throw new DataError(file, 'its checksum does not match: the zip is damaged');
  return unpacked;
}
