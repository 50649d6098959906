import type { DatasetId, StandardisationId } from '../ids';
import type { DataSource } from '../source';
import { allocateSource } from './allocate';
import type { SplitName } from './imageArrivals';
import { loadOwn } from './loadOwn';
import { loadPack } from './loadPack';
import { loadSimulated } from './loadSimulated';
import { loadTasks } from './loadTasks';
import { type DatasetEntry, DATASETS, type GeneratedEntry } from '../registry';
import type { FetchFile } from './stream';

/**
 * How far loading is; `bytes` of `totalBytes` are counted as packed, whether or not the server unpacked them. Of a simulated set they are
 * the bytes made.
 */
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
  fetch?: FetchFile;
}

/**
 * A data set on its way. `source` is usable at once (its arrays are allocated, its constants known); `ready` resolves
 * when that many images of a split, and all labels, are there (more than the split holds means all of it). `done`
 * resolves when everything is there. Both reject with a `DataError`, or with the signal's reason; what was loaded stays.
 */
export interface LoadingDataset {
  source: DataSource;
  done: Promise<void>;
  ready(split: SplitName, images: number): Promise<void>;
}

/** Starts loading a data set of the registry. */
export function loadDataset(id: DatasetId, options: LoadOptions): LoadingDataset {
  return loadEntry(DATASETS[id], options);
}

/** `loadDataset` for any entry. */
export function loadEntry(entry: DatasetEntry, options: LoadOptions): LoadingDataset {
  switch (entry.kind) {
    case 'pack':
    case 'texts':
      return loadPack(entry, options);
    case 'simulated':
      return loadSimulated(entry, options);
    case 'tasks':
      return loadTasks(entry, options);
    case 'own':
      return loadOwn(entry, options);
    case 'generated':
      return generated(entry, options);
  }
}

/** A set made in code: there at once. */
function generated(entry: GeneratedEntry, options: LoadOptions): LoadingDataset {
  const source = allocateSource(entry, options.standardisation);
  for (const name of ['train', 'test'] as const) {
    const split = source[name];
    const { images, labels } = entry.generate(split.total, name);
    split.images.set(images);
    split.labels.set(labels);
    split.ready = split.total;
  }
  const { train, test } = source;
  const counts = { train: train.ready, test: test.ready, trainTotal: train.total, testTotal: test.total };
  const done = Promise.resolve().then(() => options.onProgress?.({ bytes: 0, totalBytes: 0, ...counts }));
  return { source, done, ready: () => Promise.resolve() };
}
