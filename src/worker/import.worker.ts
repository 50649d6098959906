/**
 * Reads the visitor's own data in a thread of its own: files in, preview out, and on "keep" straight into this browser's storage.
 * Nothing is sent anywhere. The page cancels by ending the thread.
 */
import { DataError } from '../data/formats/error';
import { decodeAlbum } from '../data/import/pictures/decode';
import { ImportFaults } from '../data/import/faults';
import { makeSamples, packOwnSet } from '../data/import/importer';
import { IMPORT_LIMITS, megabytes } from '../data/import/limits';
import { type SortedFiles, importName, sortFiles } from '../data/import/sortFiles';
import { previewOf } from '../data/import/preview';
import {
  type ImportChoices,
  type ImportCommand,
  type ImportOptions,
  type ImportReport,
  NO_OPTIONS,
} from '../data/import/protocol';
import type { SplitChoice } from '../data/import/values/split';
import type { FileEntry, ImportedSamples } from '../data/import/types';
import { saveOwn } from '../data/ownStore';

const PROGRESS_MS = 60;

let material: SortedFiles | null = null;
let samples: ImportedSamples | null = null;
/** Of unpacking; those of reading come on top at each choice. */
let unpacking = new ImportFaults();

const post = (report: ImportReport): void => self.postMessage(report);

let last = 0;
function progress(what: string): (done: number, total: number) => void {
  return (done, total) => {
    const now = performance.now();
    if (now - last < PROGRESS_MS && done < total) return;
    last = now;
    post({ type: 'progress', what, done, total });
  };
}

async function readFiles(files: { path: string; file: File }[]): Promise<void> {
  const name = importName(files.map(({ path }) => path));
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  unpacking = new ImportFaults();
  if (bytes > IMPORT_LIMITS.packed)
    throw new DataError(
      name,
      `${megabytes(bytes)} are more than ${megabytes(IMPORT_LIMITS.packed)}, the most the lab takes`,
    );
  const tell = progress('Reading files');
  const entries: FileEntry[] = [];
  for (const { path, file } of files) {
    entries.push({ path, bytes: new Uint8Array(await file.arrayBuffer()) });
    tell(entries.length, files.length);
  }
  material = sortFiles(entries, unpacking, progress('Unpacking'));
}

async function choose(options: ImportOptions): Promise<void> {
  if (!material) return;
  const known = material;
  const faults = ImportFaults.from(unpacking);
  let choices: ImportChoices | null = null;
  post({ type: 'progress', what: 'Reading samples', done: 0, total: 0 });
  try {
    const made = await makeSamples(
      known,
      options,
      faults,
      (album, size, grey) =>
        decodeAlbum(album, size, grey, known.name, faults, progress('Decoding pictures')),
      (told) => (choices = told),
    );
    samples = made.samples;
    post({
      type: 'preview',
      preview: previewOf(samples, known.name),
      choices: made.choices,
      faults: faults.report,
    });
  } catch (error) {
    samples = null;
    post({ type: 'refused', problem: words(error), choices, faults: faults.report });
  }
}

async function keep(split: SplitChoice): Promise<void> {
  if (!material || !samples) return;
  post({ type: 'progress', what: 'Keeping it in this browser', done: 0, total: 0 });
  const set = packOwnSet(samples, material.name, split, Date.now());
  try {
    await saveOwn(set);
  } catch (cause) {
    throw new Error(
      `This browser refuses to keep ${megabytes(set.meta.bytes)} (a private window, or no room left): nothing was changed.`,
      { cause },
    );
  }
  post({ type: 'kept', meta: set.meta });
}

const words = (error: unknown): string =>
  error instanceof RangeError
    ? 'There is not enough memory for this much data.'
    : error instanceof Error
      ? error.message
      : String(error);

async function obey(command: ImportCommand): Promise<void> {
  switch (command.type) {
    case 'read':
      try {
        await readFiles(command.files);
      } catch (error) {
        post({ type: 'refused', problem: words(error), choices: null, faults: unpacking.report });
        return;
      }
      return choose(NO_OPTIONS);
    case 'choose':
      return choose(command.options);
    case 'keep':
      try {
        await keep(command.split);
      } catch (error) {
        post({ type: 'failed', problem: words(error) });
      }
  }
}

/** One command at a time, in order. */
let before = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<ImportCommand>) => {
  before = before.then(() => obey(data));
};
