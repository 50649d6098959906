import type { DatasetId, StandardisationId } from '../configuration/schema';
import type { DataSource, Split } from '../training/engine';
import { DataError } from './formats/error';
import { MaybeGunzip } from './formats/gzip';
import { IdxReader, type IdxTarget } from './formats/idx';
import { type DatasetEntry, DATASETS, type FileRole } from './registry';
import { standardisation } from './standardise';
import { type Fetch, streamFile } from './stream';

export type SplitName = 'train' | 'test';

/** How far loading is; `bytes` of `totalBytes` are counted as packed, whether or not the server unpacked them. */
export interface LoadProgress {
  bytes: number;
  totalBytes: number;
  train: number;
  test: number;
  trainTotal: number;
  testTotal: number;
}

export interface LoadOptions {
  /** Absolute URL of the page's folder, the one that holds `data/` (a worker's own address is another one). */
  base: string;
  standardisation: StandardisationId;
  /** Called after each chunk that arrives. */
  onProgress?: (progress: LoadProgress) => void;
  signal?: AbortSignal;
  fetch?: Fetch;
}

/**
 * A data set on its way. `source` is usable at once (its arrays are allocated, its constants known); `ready` resolves
 * when that many images of a split, and all labels, are there (more than the split holds means all of it). `done`
 * resolves when everything is there. Both reject with a `DataError`, or with the signal's reason; what was loaded stays.
 */
export interface Loading {
  source: DataSource;
  done: Promise<void>;
  ready(split: SplitName, images: number): Promise<void>;
}

interface Waiter {
  split: Split;
  images: number;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/** Starts loading a data set of the registry: labels first, then test and training images side by side. */
export function loadDataset(id: DatasetId, options: LoadOptions): Loading {
  return loadEntry(DATASETS[id], options);
}

/** `loadDataset` for any entry. */
export function loadEntry(entry: DatasetEntry, options: LoadOptions): Loading {
  const source = allocate(entry, options.standardisation);
  const { train, test } = source;
  const fetchFile: Fetch = options.fetch ?? ((url, init) => fetch(url, init));
  const folder = new URL(`data/${entry.id}/`, options.base);
  const abort = new AbortController();
  const stop = (): void => abort.abort(options.signal?.reason);
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });

  const totalBytes = Object.values(entry.files).reduce((sum, file) => sum + file.bytes, 0);
  const packed: Record<FileRole, number> = { trainImages: 0, trainLabels: 0, testImages: 0, testLabels: 0 };
  const waiters = new Set<Waiter>();
  let failure: { reason: unknown } | null = null;

  const report = (): void => {
    for (const waiter of waiters) {
      if (waiter.split.ready < waiter.images) continue;
      waiters.delete(waiter);
      waiter.resolve();
    }
    options.onProgress?.({
      bytes: Object.values(packed).reduce((sum, bytes) => sum + bytes, 0),
      totalBytes,
      train: train.ready,
      test: test.ready,
      trainTotal: train.total,
      testTotal: test.total,
    });
  };
  const load = async (role: FileRole, target: IdxTarget, rawBytes: number): Promise<void> => {
    const { name, bytes } = entry.files[role];
    const file = shownName(entry, role);
    const input = new MaybeGunzip(file, new IdxReader(file, target));
    await streamFile(new URL(name, folder), file, input, {
      fetch: fetchFile,
      signal: abort.signal,
      received: (total) => {
        const share = total / (input.gzipped === false ? rawBytes : bytes);
        packed[role] = Math.round(bytes * Math.min(1, share));
        report();
      },
    });
    packed[role] = bytes;
    report();
  };
  const labels = (role: FileRole, split: Split): Promise<void> =>
    load(role, labelTarget(entry, shownName(entry, role), split), 8 + split.total);
  const images = (role: FileRole, split: Split): Promise<void> =>
    load(role, imageTarget(entry, shownName(entry, role), split), 16 + split.images.length);

  const all = async (): Promise<void> => {
    try {
      await Promise.all([labels('trainLabels', train), labels('testLabels', test)]);
      await Promise.all([images('trainImages', train), images('testImages', test)]);
    } catch (reason) {
      failure = { reason };
      abort.abort(reason);
      for (const waiter of waiters) waiter.reject(reason);
      waiters.clear();
      throw reason;
    } finally {
      options.signal?.removeEventListener('abort', stop);
    }
  };
  const done = all();
  // A caller may look at `done` later: an early failure must not count as unhandled until then.
  done.catch(() => undefined);

  const ready = (name: SplitName, count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const split = source[name];
      const waiter = { split, images: Math.min(Math.max(1, count), split.total), resolve, reject };
      if (split.ready >= waiter.images) resolve();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the very reason `done` has
      else if (failure) reject(failure.reason);
      else waiters.add(waiter);
    });
  return { source, done, ready };
}

/** A file as messages name it: the files of all data sets have the same four names. */
function shownName(entry: DatasetEntry, role: FileRole): string {
  return `${entry.id}/${entry.files[role].name}`;
}

function allocate(entry: DatasetEntry, how: StandardisationId): DataSource {
  const size = entry.width * entry.height;
  const split = (total: number): Split => ({
    images: new Uint8Array(total * size),
    labels: new Uint8Array(total),
    ready: 0,
    total,
  });
  return {
    size,
    width: entry.width,
    classes: entry.classNames.length,
    train: split(entry.trainCount),
    test: split(entry.testCount),
    ...standardisation(entry, how),
  };
}

function labelTarget(entry: DatasetEntry, file: string, split: Split): IdxTarget {
  const classes = entry.classNames.length;
  return {
    rank: 1,
    begin: ([count]) => {
      if (count !== split.total) {
        throw new DataError(
          file,
          `it holds ${count} labels where ${split.total} were expected, one per image`,
        );
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

function imageTarget({ width, height }: DatasetEntry, file: string, split: Split): IdxTarget {
  return {
    rank: 3,
    begin: ([count, rows, columns]) => {
      if (rows !== height || columns !== width) {
        throw new DataError(
          file,
          `its images are ${columns} × ${rows} pixels where ${width} × ${height} were expected`,
        );
      }
      if (count !== split.total) {
        throw new DataError(
          file,
          `it holds ${count} images where ${split.total} were expected, one per label`,
        );
      }
      return split.images;
    },
    items: (_, to) => {
      split.ready = to;
    },
  };
}
