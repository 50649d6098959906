import type { SpectrumReply, SpectrumRequest } from '../worker/spectrum.worker';
import type { Snapshot } from '../worker/protocol';

/** The networks whose σ are computed for display. */
type Watched = 'main' | 'twin';
/** The twin's σ feed ridgelines only: they are asked for at most this often, in milliseconds. */
const TWIN_EVERY = 500;

/** The part of a Worker that the spectrum client needs, so that tests can put their own in its place. */
export type SpectrumWorker = Pick<Worker, 'postMessage' | 'onmessage'>;

/**
 * Makes a client that asks the spectrum worker for the σ of every weight matrix of a snapshot, the output's last. One
 * request is made at a time. Meanwhile the newest snapshot of each network waits, and that of the visitor's network goes
 * first. `onSigma` receives the σ together with the snapshot.
 */
export interface SpectrumClient {
  request(snapshot: Snapshot): void;
  /** Ignores answers that are still to come, about one network or about both: the run was left, or went back. */
  forget(runner?: Watched): void;
}

const open = (): SpectrumWorker =>
  new Worker(new URL('../worker/spectrum.worker.ts', import.meta.url), { type: 'module', name: 'spectrum' });

/**
 * Asks the spectrum worker for σ of every weight matrix of a snapshot, the output's last; at most one request is under way, the
 * newest snapshot of each network waits, and the visitor's goes first. `onSigma` gets the snapshot back with its σ.
 */
export function spectrumClient(
  onSigma: (found: { step: number; layers: Float64Array[] }, snapshot: Snapshot) => void,
  opened: () => SpectrumWorker = open,
): SpectrumClient {
  let worker: SpectrumWorker | null = null;
  let busy = false;
  /** The snapshot that the present request is about; null once nobody waits for its answer. */
  let asked: Snapshot | null = null;
  let twinAt = -Infinity;
  const waiting: Record<Watched, Snapshot | null> = { main: null, twin: null };
  const send = (snapshot: Snapshot): void => {
    worker ??= start();
    busy = true;
    asked = snapshot;
    const request: SpectrumRequest = {
      step: snapshot.step,
      layers: snapshot.weights.map((data, l) => {
        const rows = snapshot.biases[l].length;
        return { rows, cols: data.length / rows, data };
      }),
    };
    worker.postMessage(request);
  };
  function start(): SpectrumWorker {
    const fresh = opened();
    fresh.onmessage = ({ data }: MessageEvent<SpectrumReply>) => {
      const done = asked;
      busy = false;
      asked = null;
      const { step, layers } = data;
      if (done && layers) onSigma({ step, layers }, done);
      const runner: Watched = waiting.main ? 'main' : 'twin';
      const next = waiting[runner];
      waiting[runner] = null;
      if (next) send(next);
    };
    return fresh;
  }
  return {
    request: (snapshot) => {
      const { runner } = snapshot;
      if (runner === 'baseline') return;
      if (runner === 'twin') {
        const now = performance.now();
        if (now < twinAt + TWIN_EVERY) return;
        twinAt = now;
      }
      if (busy) waiting[runner] = snapshot;
      else send(snapshot);
    },
    forget: (runner) => {
      if (!runner || asked?.runner === runner) asked = null;
      if (runner !== 'twin') waiting.main = null;
      if (runner !== 'main') waiting.twin = null;
      twinAt = -Infinity;
    },
  };
}
