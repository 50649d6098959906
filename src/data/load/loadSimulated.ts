import type { LoadingDataset, LoadOptions } from './types';
import { allocateSource } from './allocate';
import { ImageArrivals, type SplitName } from './imageArrivals';
import { loadPack } from './loadPack';
import type { SimulatedEntry, SimulatedId } from '../registry';
import { eventFrames } from '../simulate/events';
import { heartbeat, heartStateOf } from '../simulate/heartbeats';

/** Images and labels of one split of the data set that another is simulated from. */
interface Parent {
  images: Uint8Array;
  labels: Uint8Array;
  /** Values of an image. */
  size: number;
}

/**
 * How the samples of a set are made: the label of sample i, and its bytes, written into `out`, which holds zeros before.
 */
export interface Simulator {
  label(i: number, from: Parent | null): number;
  make(split: SplitName, i: number, out: Uint8Array, from: Parent | null): void;
}

const parentOf = (from: Parent | null): Parent => {
  if (!from) throw new Error('Events are simulated from images.');
  return from;
};

/** The simulators, by data set. `from` is the split of the data set that theirs is simulated from, sample by sample. */
export const SIMULATORS: Record<SimulatedId, Simulator> = {
  heartbeats: { label: heartStateOf, make: heartbeat },
  events: {
    label: (i, from) => parentOf(from).labels[i],
    make: (_, i, out, from) => eventFrames(parentOf(from).images, i * parentOf(from).size, out),
  },
};

/** Milliseconds of simulation in one slice, after which other work has its turn. */
const SLICE_MS = 12;

/** Lets messages, timers and training have their turn. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Makes a simulated set a slice at a time, test and training samples in proportion, while messages and training go on in
 * between; where it is simulated from a pack, that pack is loaded on the way, as far as it is needed.
 */
export function loadSimulated(entry: SimulatedEntry, options: LoadOptions): LoadingDataset {
  const source = allocateSource(entry, options.standardisation);
  const { train, test, size } = source;
  const arrivals = new ImageArrivals(source);
  const abort = new AbortController();
  const stop = (): void => abort.abort(options.signal?.reason);
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });

  const report = (): void => {
    arrivals.check();
    options.onProgress?.({
      bytes: (train.ready + test.ready) * size,
      totalBytes: (train.total + test.total) * size,
      train: train.ready,
      test: test.ready,
      trainTotal: train.total,
      testTotal: test.total,
    });
  };
  const parent =
    entry.from &&
    loadPack(
      entry.from,
      { ...options, signal: abort.signal, onProgress: undefined },
      { train: train.total, test: test.total },
    );

  const simulator = SIMULATORS[entry.id];
  const parentSplit = (name: SplitName): Parent | null =>
    parent && { ...parent.source[name], size: parent.source.size };
  /** Labels before the first sample: what is drawn of ticked classes depends on all of them (a pack's come before its images). */
  const label = async (name: SplitName): Promise<void> => {
    await parent?.ready(name, 1);
    const from = parentSplit(name);
    source[name].labels.forEach((_, i, labels) => (labels[i] = simulator.label(i, from)));
  };
  const one = async (name: SplitName): Promise<void> => {
    const split = source[name];
    const i = split.ready;
    if (parent && parent.source[name].ready <= i) await parent.ready(name, i + 1);
    simulator.make(name, i, split.images.subarray(i * size, (i + 1) * size), parentSplit(name));
    split.ready = i + 1;
  };
  const all = async (): Promise<void> => {
    try {
      await Promise.all([label('train'), label('test')]);
      let since = performance.now();
      while (train.ready < train.total || test.ready < test.total) {
        abort.signal.throwIfAborted();
        const behind = test.ready * train.total <= train.ready * test.total;
        await one(test.ready < test.total && behind ? 'test' : 'train');
        if (performance.now() - since < SLICE_MS) continue;
        report();
        await pause();
        since = performance.now();
      }
      await parent?.done;
      report();
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
