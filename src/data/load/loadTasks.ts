import type { LoadingDataset, LoadOptions, LoadProgress } from './types';
import type { DataSource } from '../source';
import { allocateSource } from './allocate';
import { ImageArrivals } from './imageArrivals';
import { loadPack } from './loadPack';
import type { TasksEntry } from '../registry';

/**
 * Loads several packs into one source, whose images come from each pack in turn: image i is of task i mod tasks, so that
 * the first images of any number hold all tasks evenly. An image is ready when all packs have sent theirs of that place.
 * From each pack only as many images are fetched as the smallest pack has.
 */
export function loadTasks(entry: TasksEntry, options: LoadOptions): LoadingDataset {
  const { parts } = entry;
  const source = allocateSource(entry, options.standardisation);
  const arrivals = new ImageArrivals(source);
  const abort = new AbortController();
  const stop = (): void => abort.abort(options.signal?.reason);
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });

  const limits = { train: entry.trainCount / parts.length, test: entry.testCount / parts.length };
  const progress: (LoadProgress | null)[] = parts.map(() => null);
  const loadings = parts.map((part, task) => {
    const onProgress = (of: LoadProgress): void => {
      progress[task] = of;
      report();
    };
    return loadPack(part, { ...options, signal: abort.signal, onProgress }, limits);
  });
  const interleavers = (['train', 'test'] as const).map((name) => interleave(source, loadings, name));
  let labelled = false;

  const report = (): void => {
    if (!progress.every((of) => of !== null)) return;
    // A pack's labels are all there when its first image is.
    labelled ||= progress.every(({ train, test }) => train + test > 0);
    if (labelled) for (const arrived of interleavers) arrived();
    arrivals.check();
    const sum = (of: (one: LoadProgress) => number): number =>
      progress.reduce((all, one) => all + of(one), 0);
    options.onProgress?.({
      bytes: sum((one) => one.bytes),
      totalBytes: sum((one) => one.totalBytes),
      train: source.train.ready,
      test: source.test.ready,
      trainTotal: source.train.total,
      testTotal: source.test.total,
    });
  };

  const all = async (): Promise<void> => {
    try {
      await Promise.all(loadings.map((loading) => loading.done));
    } catch (reason) {
      abort.abort(reason);
      arrivals.fail(reason);
      throw reason;
    } finally {
      options.signal?.removeEventListener('abort', stop);
    }
  };
  const done = all();
  done.catch(() => undefined);
  return { source, done, ready: (name, count) => arrivals.ready(name, count) };
}

/**
 * Returns a function that copies newly arrived images of one split to their places. Its first call places all labels.
 */
function interleave(
  source: DataSource,
  loadings: readonly LoadingDataset[],
  name: 'train' | 'test',
): () => void {
  const { size, classes } = source;
  const tasks = loadings.length;
  const to = source[name];
  const placed = new Uint32Array(tasks);
  let labelled = false;
  return () => {
    loadings.forEach((loading, task) => {
      const from = loading.source[name];
      if (!labelled)
        from.labels.forEach((label, i) => (to.labels[i * tasks + task] = (task * classes) / tasks + label));
      for (let i = placed[task]; i < from.ready; i++) {
        to.images.set(from.images.subarray(i * size, (i + 1) * size), (i * tasks + task) * size);
      }
      placed[task] = from.ready;
    });
    labelled = true;
    to.ready = tasks * Math.min(...placed);
  };
}
