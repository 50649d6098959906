import { MaybeGunzip } from '../../formats/gzip';
import type { ImportFaults } from '../faults';
import { fileKindOf } from '../kinds';
import { baseName, isSystemFile } from '../pairing/paths';
import type { FileEntry } from '../types';
import type { UnpackBudget } from './budget';
import { untar } from './tar';
import { MOST_DEFLATED, unzip } from './zip';

const CHUNK = 1 << 18;

/** Bytes that come in pieces, in one array that grows: what they will be is guessed once, and never believed. */
class Growing {
  private array: Uint8Array;
  private length = 0;

  constructor(guess: number) {
    this.array = new Uint8Array(guess);
  }

  push(piece: Uint8Array): void {
    if (this.length + piece.length > this.array.length) {
      const wider = new Uint8Array(Math.max(2 * this.array.length, this.length + piece.length));
      wider.set(this.array.subarray(0, this.length));
      this.array = wider;
    }
    this.array.set(piece, this.length);
    this.length += piece.length;
  }

  get bytes(): Uint8Array {
    return this.array.subarray(0, this.length);
  }
}

/** What a gzip file says of its unpacked size in its last four bytes; 0 where that cannot be. */
function saidSize(bytes: Uint8Array, budget: UnpackBudget): number {
  if (bytes.length < 18) return 0;
  const said = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true);
  return said <= MOST_DEFLATED * bytes.length && said <= budget.remaining ? said : 0;
}

/** A gzip file's content; throws a `DataError` on corruption, and where the budget ends, which is asked piece by piece. */
export function gunzip(file: string, bytes: Uint8Array, budget: UnpackBudget): Uint8Array {
  const content = new Growing(saidSize(bytes, budget));
  const input = new MaybeGunzip(file, {
    push: (piece) => {
      budget.take(file, piece.length);
      content.push(piece);
    },
    finish: () => undefined,
  });
  for (let at = 0; at < bytes.length; at += CHUNK) input.push(bytes.subarray(at, at + CHUNK));
  input.finish();
  return content.bytes;
}

/** What came out of a file: entries, and what had to be assumed on the way, in sentences. */
export interface Opened {
  entries: FileEntry[];
  /** Whether it was an archive of several files, so that its name says something about them. */
  archive: boolean;
  notes: string[];
}

/**
 * Opens one level of packing: a zip, a tar, a gzip, or a gzipped tar. Single gzipped files inside it are opened too (IDX is
 * published so); archives inside it stay shut and are named. What is no archive comes back as it is.
 */
export function openArchive({ path, bytes }: FileEntry, budget: UnpackBudget, faults: ImportFaults): Opened {
  const name = baseName(path);
  const outer = fileKindOf(path, bytes) === 'gzip' ? unpacked({ path, bytes }, budget) : { path, bytes };
  const kind = fileKindOf(outer.path, outer.bytes);
  const alone = (entries: FileEntry[]): Opened => ({ entries, archive: false, notes: [] });
  if (outer.bytes !== bytes && kind === 'zip') return alone(shut([outer], budget, faults));
  if (kind === 'tar') {
    return { entries: shut(untar(name, outer.bytes), budget, faults), archive: true, notes: [] };
  }
  if (kind !== 'zip') return alone([outer]);
  const { entries, assumed } = unzip(name, outer.bytes, budget, faults);
  const notes = assumed
    ? [`${name} does not say how its names are written: they are read as ${assumed}.`]
    : [];
  return { entries: shut(entries, budget, faults), archive: true, notes };
}

/** A gzipped file as what it holds, under its name without the ending. */
const unpacked = ({ path, bytes }: FileEntry, budget: UnpackBudget): FileEntry => ({
  path: path.replace(/\.tgz$/i, '.tar').replace(/\.(gz|gzip)$/i, ''),
  bytes: gunzip(baseName(path), bytes, budget),
});

/** Without litter, and without archives inside the archive. */
function shut(entries: readonly FileEntry[], budget: UnpackBudget, faults: ImportFaults): FileEntry[] {
  return entries.flatMap((entry) => {
    const { path } = entry;
    if (isSystemFile(path)) return [];
    const kind = fileKindOf(path, entry.bytes);
    const one = kind === 'gzip' ? unpacked(entry, budget) : entry;
    if (!['zip', 'gzip', 'tar'].includes(fileKindOf(one.path, one.bytes))) return [one];
    faults.add(baseName(path), 'an archive inside an archive is not opened: unpack it first');
    return [];
  });
}
