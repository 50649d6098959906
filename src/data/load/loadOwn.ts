import type { LoadingDataset, LoadOptions } from './types';
import { allocateSource } from './allocate';
import { ImageArrivals } from './imageArrivals';
import type { OwnEntry } from '../entries';
import { DataError } from '../formats/error';
import { loadOwnSet, type OwnSet } from '../ownStore';

/**
 * Reads the visitor's own data from this browser's storage. Its standardisation is stored with it: it is filled in before the first
 * sample counts as ready. Rejects with a `DataError` where the set registered is no longer the one stored.
 */
export function loadOwn(
  entry: OwnEntry,
  options: LoadOptions,
  read: () => Promise<OwnSet | undefined> = loadOwnSet,
): LoadingDataset {
  const source = allocateSource(entry, options.standardisation);
  const arrivals = new ImageArrivals(source);
  const { savedAt, label } = entry;
  const all = async (): Promise<void> => {
    try {
      const set = await read().catch((cause: unknown) => {
        throw new DataError(label, 'this browser’s storage could not be read', { cause });
      });
      options.signal?.throwIfAborted();
      if (set?.meta.savedAt !== savedAt)
        throw new DataError(
          label,
          set
            ? 'other data were taken in their place, in another tab: reload this page'
            : 'it is no longer in this browser’s storage: open the files again',
        );
      const { mean, inverseDeviation } = set.maps[options.standardisation];
      source.mean.set(mean);
      source.inverseDeviation.set(inverseDeviation);
      for (const name of ['train', 'test'] as const) {
        source[name].images.set(set[name].images);
        source[name].labels.set(set[name].labels);
        source[name].ready = source[name].total;
      }
      arrivals.check();
      const { train, test } = source;
      const counts = { train: train.ready, test: test.ready, trainTotal: train.total, testTotal: test.total };
      options.onProgress?.({ bytes: set.meta.bytes, totalBytes: set.meta.bytes, ...counts });
    } catch (reason) {
      arrivals.fail(reason);
      throw reason;
    }
  };
  const done = all();
  // A caller may look at `done` later: an early failure must not count as unhandled until then.
  done.catch(() => undefined);
  return { source, done, ready: (name, count) => arrivals.ready(name, count) };
}
