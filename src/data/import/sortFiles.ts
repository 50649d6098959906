import { DataError } from '../formats/error';
import { openArchive } from './archives/archive';
import { UnpackBudget } from './archives/budget';
import type { ImportFaults } from './faults';
import { foreign } from './foreign';
import { ACCEPTED_FORMATS, type FileKind, fileKindOf } from './kinds';
import { groupedCount, IMPORT_LIMITS, megabytes } from './limits';
import { baseName, isSystemFile } from './pairing/paths';
import { type Album, collectPictures } from './pictures/pictures';
import type { FileEntry } from './types';

/** The files of an import, unpacked and told apart. Nothing is decided yet that the visitor may choose. */
export type SortedFiles =
  | { kind: 'idx' | 'cifar' | 'arrays' | 'table'; name: string; entries: FileEntry[]; notes: string[] }
  | { kind: 'pictures'; name: string; album: Album; notes: string[] };

/** Which kind is meant where several lie together: pictures come with readme files, CIFAR with its list of names. */
const ORDER: readonly FileKind[] = ['idx', 'npy', 'cifar', 'picture', 'text'];

/** What the set is called: the one file or folder dropped, or the first and how many more. */
export function importName(paths: readonly string[]): string {
  const tops = [...new Set(paths.map((path) => path.split(/[\\/]+/).find((part) => part !== '') ?? path))];
  const first = baseName(tops[0] ?? 'files');
  return tops.length > 1 ? `${first} and ${groupedCount(tops.length - 1)} more` : first;
}

/** Unpacks files and finds out what they are. Throws a `DataError` where they are nothing the lab reads. */
export function sortFiles(
  files: readonly FileEntry[],
  faults: ImportFaults,
  progress: (done: number, total: number) => void,
): SortedFiles {
  const name = importName(files.map(({ path }) => path));
  const wanted = files.filter(({ path }) => !isSystemFile(path));
  if (wanted.length === 0)
    throw new DataError(name, `there is no file in it. The lab reads ${ACCEPTED_FORMATS}`);
  if (wanted.length > IMPORT_LIMITS.files)
    throw new DataError(
      name,
      `${groupedCount(wanted.length)} files are more than ${groupedCount(IMPORT_LIMITS.files)}, the most the lab takes`,
    );
  const packed = wanted.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (packed > IMPORT_LIMITS.packed)
    throw new DataError(
      name,
      `${megabytes(packed)} are more than ${megabytes(IMPORT_LIMITS.packed)}, the most the lab takes`,
    );
  const budget = new UnpackBudget();
  const notes: string[] = [];
  const entries = wanted.flatMap((file, i): FileEntry[] => {
    const opened = openArchive(file, budget, faults);
    progress(i + 1, wanted.length);
    notes.push(...opened.notes);
    return opened.archive
      ? opened.entries.map((entry) => ({ ...entry, archive: file.path }))
      : opened.entries;
  });
  const byKind = new Map<FileKind, FileEntry[]>();
  for (const entry of entries) {
    const kind = fileKindOf(entry.path, entry.bytes);
    const known = byKind.get(kind);
    if (known) known.push(entry);
    else byKind.set(kind, [entry]);
  }
  const main = ORDER.find((kind) => byKind.has(kind));
  if (!main) throw refusal(name, entries, faults);
  const own = byKind.get(main) ?? [];
  for (const [kind, others] of byKind) {
    const helps =
      kind === main || (main === 'cifar' && kind === 'text') || (kind === 'text' && others.every(isNote));
    if (!helps)
      for (const { path, bytes } of others) faults.add(baseName(path), notThis(kind, main, path, bytes));
  }
  switch (main) {
    case 'npy':
      return { kind: 'arrays', name, entries: own, notes };
    case 'picture':
      return { kind: 'pictures', name, album: collectPictures(own, faults), notes };
    case 'text':
      return { kind: 'table', name, entries: own, notes };
    case 'cifar':
      return { kind: 'cifar', name, entries, notes };
    default:
      return { kind: 'idx', name, entries: own, notes };
  }
}

const isNote = ({ path }: FileEntry): boolean => /(readme|licen[cs]e|notice)/i.test(baseName(path));
const WORDS: Partial<Record<FileKind, string>> = {
  idx: 'IDX files',
  npy: 'NumPy arrays',
  cifar: 'CIFAR-10 files',
  picture: 'pictures',
  text: 'tables',
};

const notThis = (kind: FileKind, main: FileKind, path: string, bytes: Uint8Array): string =>
  kind === 'other'
    ? `${foreign(path, bytes) ?? 'it is of no kind the lab reads'}; it is left out`
    : `it lies among ${WORDS[main] ?? main} and is left out: one kind of data at a time`;

function refusal(name: string, entries: readonly FileEntry[], faults: ImportFaults): DataError {
  const python = entries.some(
    ({ path, bytes }) => /data_batch_\d$|test_batch$/.test(path) && bytes[0] === 0x80,
  );
  if (python)
    return new DataError(
      name,
      'it is the Python version of CIFAR-10 (pickled objects, which may run programs): take the binary version',
    );
  if (entries.length === 0 && faults.report.total > 0)
    return new DataError(name, 'nothing in it could be read: see the list');
  const known = entries.map(({ path, bytes }) => foreign(path, bytes)).find((words) => words !== null);
  if (known) return new DataError(entries.length === 1 ? baseName(entries[0].path) : name, known);
  const what = entries.length === 1 ? `${baseName(entries[0].path)} is` : 'these files are';
  return new DataError(name, `${what} of no kind the lab reads. It reads ${ACCEPTED_FORMATS}`);
}
