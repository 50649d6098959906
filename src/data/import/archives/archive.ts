import { MaybeGunzip } from '../../formats/gzip';
import type { Budget } from './budget';
import type { Faults } from '../faults';
import { kindOf } from '../kinds';
import { fileName, isLitter } from '../pairing/paths';
import { untar } from './tar';
import type { Entry } from '../types';
import { unzip } from './zip';

const CHUNK = 1 << 18;

/** A gzip file's content; throws a `DataError` on corruption, and where the budget ends. */
export function gunzip(file: string, bytes: Uint8Array, budget: Budget): Uint8Array {
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
export function open({ path, bytes }: Entry, budget: Budget, faults: Faults): Entry[] {
  const name = fileName(path);
  const entriesOf = (file: Entry): Entry[] | null => {
    const kind = kindOf(file.path, file.bytes);
    if (kind === 'tar') return untar(name, file.bytes);
    return kind === 'zip' ? unzip(name, file.bytes, budget, faults) : null;
  };
  const outer = kindOf(path, bytes) === 'gzip' ? unpacked({ path, bytes }, budget) : { path, bytes };
  const gzipped = outer.bytes !== bytes;
  if (gzipped && kindOf(outer.path, outer.bytes) === 'zip') return shut([outer], budget, faults);
  const entries = entriesOf(outer);
  return entries ? shut(entries, budget, faults) : [outer];
}

/** A gzipped file as what it holds, under its name without the ending. */
const unpacked = ({ path, bytes }: Entry, budget: Budget): Entry => ({
  path: path.replace(/\.(gz|gzip)$/i, ''),
  bytes: gunzip(fileName(path), bytes, budget),
});

/** Without litter, and without archives inside the archive. */
function shut(entries: readonly Entry[], budget: Budget, faults: Faults): Entry[] {
  return entries.flatMap((entry) => {
    const { path } = entry;
    if (isLitter(path)) return [];
    const kind = kindOf(path, entry.bytes);
    const one = kind === 'gzip' ? unpacked(entry, budget) : entry;
    if (!['zip', 'gzip', 'tar'].includes(kindOf(one.path, one.bytes))) return [one];
    faults.add(fileName(path), 'an archive inside an archive is not opened: unpack it first');
    return [];
  });
}
