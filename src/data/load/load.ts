import type { DatasetId } from '../ids';
import { allocateSource } from './allocate';
import { loadOwn } from './loadOwn';
import { loadPack } from './loadPack';
import { loadSimulated } from './loadSimulated';
import { loadTasks } from './loadTasks';
import { type DatasetEntry, DATASETS, type GeneratedEntry } from '../registry';
import type { LoadingDataset, LoadOptions } from './types';

/** Starts loading a data set of the registry. */
export function loadDataset(id: DatasetId, options: LoadOptions): LoadingDataset {
  return loadEntry(DATASETS[id], options);
}

/** Does what `loadDataset` does, for an entry that need not be in the registry. */
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
