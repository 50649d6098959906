import { MaybeGunzip } from '../formats/gzip';
import type { UnpackBudget } from './budget';
import type { ImportFaults } from './faults';
import { fileKindOf } from './kinds';
import { baseName, isSystemFile } from './paths';
import { untar } from './tar';
import type { FileEntry } from './types';
import { unzip } from './zip';

const CHUNK = 1 << 18;

/** A gzip file's content; throws a `DataError` on corruption, and where the budget ends. */
export function gunzip(file: string, bytes: Uint8Array, budget: UnpackBudget): Uint8Array {
  const pieces: Uint8Array[] = [];
  let total = 0;
  const input = new MaybeGunzip(file, {
    push: (piece) => {
      budget.take(file, piece.length);
      pieces.push(piece.slice());
      total += piece.length;
    },
    finish: () => undefined,
  });
  for (let at = 0; at < bytes.length; at += CHUNK) input.push(bytes.subarray(at, at + CHUNK));
  input.finish();
  const content = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    content.set(piece, at);
    at += piece.length;
  }
  return content;
}

/**
 * Opens one level of packing: a zip, a tar, a gzip, or a gzipped tar. Single gzipped files inside it are opened too (IDX is
 * published so); archives inside it stay shut and are named. What is no archive comes back as it is.
 */
export function openArchive(
  { path, bytes }: FileEntry,
  budget: UnpackBudget,
  faults: ImportFaults,
): FileEntry[] {
  const name = baseName(path);
  const entriesOf = (file: FileEntry): FileEntry[] | null => {
    const kind = fileKindOf(file.path, file.bytes);
    if (kind === 'tar') return untar(name, file.bytes);
    return kind === 'zip' ? unzip(name, file.bytes, budget, faults) : null;
  };
  const outer = fileKindOf(path, bytes) === 'gzip' ? unpacked({ path, bytes }, budget) : { path, bytes };
  const gzipped = outer.bytes !== bytes;
  if (gzipped && fileKindOf(outer.path, outer.bytes) === 'zip') return shut([outer], budget, faults);
  const entries = entriesOf(outer);
  return entries ? shut(entries, budget, faults) : [outer];
}

/** A gzipped file as what it holds, under its name without the ending. */
const unpacked = ({ path, bytes }: FileEntry, budget: UnpackBudget): FileEntry => ({
  path: path.replace(/\.(gz|gzip)$/i, ''),
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
