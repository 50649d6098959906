import type { LoadingDataset, LoadOptions } from './types';
import type { DataSource, SplitData } from '../source';
import { allocateSource, type SplitLimits } from './allocate';
import { ImageArrivals } from './imageArrivals';
import { type ByteSink, DataError } from '../formats/error';
import { MaybeGunzip } from '../formats/gzip';
import { IdxReader, type IdxTarget } from '../formats/idx';
import type { FileRole, FilesEntry, PackEntry, TextsEntry } from '../registry';
import { type FetchFile, streamFile } from './stream';
import { hashText } from '../text/hash';
import { LineReader, type LineTarget } from '../text/lines';

const ROLES = ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const;

/** Loads a pack, or the first samples of it: labels first, then test and training samples side by side. */
export function loadPack(
  entry: PackEntry | TextsEntry,
  options: LoadOptions,
  limits?: SplitLimits,
): LoadingDataset {
  const source = allocateSource(entry, options.standardisation, limits);
  const { train, test } = source;
  const fetchFile: FetchFile = options.fetch ?? ((url, init) => fetch(url, init));
  const folder = new URL(`data/${entry.id}/`, options.base);
  const abort = new AbortController();
  const stop = (): void => abort.abort(options.signal?.reason);
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });

  // Of a file that is not read to its end the bytes are reckoned by its share of the images.
  const share = { train: train.total / entry.trainCount, test: test.total / entry.testCount };
  const wantedBytes = (role: FileRole): number =>
    Math.round(entry.files[role].bytes * share[role.startsWith('train') ? 'train' : 'test']);
  const totalBytes = ROLES.reduce((sum, role) => sum + wantedBytes(role), 0);
  const packed: Record<FileRole, number> = { trainImages: 0, trainLabels: 0, testImages: 0, testLabels: 0 };
  const arrivals = new ImageArrivals(source);

  const report = (): void => {
    arrivals.check();
    options.onProgress?.({
      bytes: Object.values(packed).reduce((sum, bytes) => sum + bytes, 0),
      totalBytes,
      train: train.ready,
      test: test.ready,
      trainTotal: train.total,
      testTotal: test.total,
    });
  };
  /** `share`: how much of the file has been read, of a file that came unpacked (whose packed size says nothing). */
  const load = async (role: FileRole, sink: ByteSink, share: (total: number) => number): Promise<void> => {
    const { name } = entry.files[role];
    const bytes = wantedBytes(role);
    const file = shownName(entry, role);
    const input = new MaybeGunzip(file, sink);
    await streamFile(new URL(name, folder), file, input, {
      fetch: fetchFile,
      signal: abort.signal,
      received: (total) => {
        const read = input.gzipped === false ? share(total) : total / bytes;
        packed[role] = Math.round(bytes * Math.min(1, read));
        report();
      },
    });
    packed[role] = bytes;
    report();
  };
  const labels = (role: FileRole, split: SplitData, count: number): Promise<void> => {
    const file = shownName(entry, role);
    const sink = new IdxReader(file, labelTarget(entry, file, split, count));
    return load(role, sink, (total) => total / (8 + split.total));
  };
  const samples = (role: FileRole, split: SplitData, count: number): Promise<void> => {
    const file = shownName(entry, role);
    const sink =
      entry.kind === 'pack'
        ? new IdxReader(file, imageTarget(entry, file, split, count))
        : new LineReader(file, textTarget(source, split, count));
    return load(role, sink, () => split.ready / split.total);
  };

  const { trainCount, testCount } = entry;
  const all = async (): Promise<void> => {
    try {
      await Promise.all([labels('trainLabels', train, trainCount), labels('testLabels', test, testCount)]);
      await Promise.all([samples('trainImages', train, trainCount), samples('testImages', test, testCount)]);
    } catch (reason) {
      abort.abort(reason);
      arrivals.fail(reason);
      throw reason;
    } finally {
      options.signal?.removeEventListener('abort', stop);
    }
  };
  const done = all();
  // A caller may look at `done` later: an early failure must not count as unhandled until then.
  done.catch(() => undefined);
  return { source, done, ready: (name, count) => arrivals.ready(name, count) };
}

/** A file as messages name it: the files of all data sets have the same four names. */
function shownName(entry: FilesEntry, role: FileRole): string {
  return `${entry.id}/${entry.files[role].name}`;
}

function labelTarget(entry: FilesEntry, file: string, split: SplitData, expected: number): IdxTarget {
  const classes = entry.classNames.length;
  return {
    rank: 1,
    limit: split.total,
    begin: ([count]) => {
      if (count !== expected) {
        throw new DataError(file, `it holds ${count} labels where ${expected} were expected, one per image`);
      }
      return split.labels;
    },
    items: (from, to) => {
      for (let i = from; i < to; i++) {
        if (split.labels[i] < classes) continue;
        throw new DataError(file, `label ${i} is ${split.labels[i]}, outside 0 to ${classes - 1}`);
      }
    },
  };
}

function imageTarget(
  { width, height, channels }: PackEntry,
  file: string,
  split: SplitData,
  expected: number,
): IdxTarget {
  const planes = (n: number): string => (n === 1 ? '' : ` in ${n} planes`);
  return {
    rank: channels === 1 ? 3 : 4,
    limit: split.total,
    begin: ([count, ...shape]) => {
      const [columns, rows, depth = 1] = shape.reverse();
      if (rows !== height || columns !== width || depth !== channels) {
        throw new DataError(
          file,
          `its images are ${columns} × ${rows} pixels${planes(depth)} where ${width} × ${height}${planes(channels)} were expected`,
        );
      }
      if (count !== expected) {
        throw new DataError(file, `it holds ${count} images where ${expected} were expected, one per label`);
      }
      return split.images;
    },
    items: (_, to) => {
      split.ready = to;
    },
  };
}

/** Keeps each text, and counts its words into the split's place for it. */
function textTarget({ texts, train, size }: DataSource, split: SplitData, expected: number): LineTarget {
  const kept = texts?.[split === train ? 'train' : 'test'];
  return {
    expected,
    line: (text, i) => {
      kept?.push(text);
      hashText(text, split.images.subarray(i * size, (i + 1) * size));
      split.ready = i + 1;
    },
  };
}
