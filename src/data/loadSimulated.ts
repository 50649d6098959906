import { allocate } from './allocate';
import { Arrivals, type SplitName } from './arrivals';
import type { Loading, LoadOptions, LoadProgress } from './load';
import { loadPack } from './loadPack';
import type { SimulatedEntry, SimulatedId } from './registry';
import { eventFrames } from './simulate/events';
import { heartbeat } from './simulate/heartbeats';

/**
 * Makes sample i of a split: writes its bytes to `out`, which holds zeros, and returns its label. `from` is what the set is
 * simulated from, where it is simulated from another: its sample i is there.
 */
type Simulator = (split: SplitName, i: number, out: Uint8Array, from: Parent | null) => number;

/** Images and labels of one split of a set that another is simulated from. */
interface Parent {
  images: Uint8Array;
  labels: Uint8Array;
  size: number;
}

const SIMULATORS: Record<SimulatedId, Simulator> = {
  heartbeats: heartbeat,
  events: (_, i, out, from) => {
    if (!from) throw new Error('Events are simulated from images.');
    eventFrames(from.images, i * from.size, out);
    return from.labels[i];
  },
};

/** Sample i of a simulated set, for those who measure it. */
export function simulate(
  id: SimulatedId,
  split: SplitName,
  i: number,
  out: Uint8Array,
  from: Parent | null,
): number {
  return SIMULATORS[id](split, i, out, from);
}

/** Milliseconds of simulation between two looks at what else there is to do. */
const SLICE_MS = 12;

/** Lets messages, timers and a run in progress have their turn. */
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
export function loadSimulated(entry: SimulatedEntry, options: LoadOptions): Loading {
  const source = allocate(entry, options.standardisation);
  const { train, test, size } = source;
  const arrivals = new Arrivals(source);
  const abort = new AbortController();
  const stop = (): void => abort.abort(options.signal?.reason);
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });

  let [bytes, totalBytes] = [0, 0];
  const report = (): void => {
    arrivals.check();
    const progress: LoadProgress = {
      bytes,
      totalBytes,
      train: train.ready,
      test: test.ready,
      trainTotal: train.total,
      testTotal: test.total,
    };
    options.onProgress?.(progress);
  };
  const parent =
    entry.from &&
    loadPack(
      entry.from,
      {
        ...options,
        signal: abort.signal,
        onProgress: (progress) => {
          ({ bytes, totalBytes } = progress);
          report();
        },
      },
      { train: train.total, test: test.total },
    );

  const one = async (name: SplitName): Promise<void> => {
    const split = source[name];
    const i = split.ready;
    const from = parent && { ...parent.source[name], size: parent.source.size };
    if (parent && parent.source[name].ready <= i) await parent.ready(name, i + 1);
    split.labels[i] = simulate(
      entry.id,
      name,
      i,
      split.images.subarray(i * size, (i + 1) * size),
      from,
    );
    split.ready = i + 1;
  };
  const all = async (): Promise<void> => {
    try {
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
