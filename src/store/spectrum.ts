import type { SpectrumReply, SpectrumRequest } from '../worker/spectrum.worker';
import type { Snapshot } from '../worker/protocol';

/** The networks whose σ are looked at. */
type Watched = 'main' | 'twin';
/** The twin's σ feed ridgelines only: they are asked for at most this often, in milliseconds. */
const TWIN_EVERY = 500;

/**
 * Asks the spectrum worker for σ of a snapshot's hidden layers; at most one request is under way, the newest snapshot of each
 * network waits, and the visitor's goes first. `onSigma` gets the snapshot back with its σ.
 */
export function spectrumClient(
  onSigma: (reply: SpectrumReply, snapshot: Snapshot) => void,
): (snapshot: Snapshot) => void {
  let worker: Worker | null = null;
  let busy: Snapshot | null = null;
  let twinAt = -Infinity;
  const waiting: Record<Watched, Snapshot | null> = { main: null, twin: null };
  const send = (snapshot: Snapshot): void => {
    worker ??= open();
    busy = snapshot;
    const hidden = snapshot.spec.hidden.length;
    const request: SpectrumRequest = {
      step: snapshot.step,
      layers: snapshot.weights.slice(0, hidden).map((data, l) => {
        const rows = snapshot.spec.hidden[l].width;
        return { rows, cols: data.length / rows, data };
      }),
    };
    worker.postMessage(request);
  };
  function open(): Worker {
    const fresh = new Worker(new URL('../worker/spectrum.worker.ts', import.meta.url), {
      type: 'module',
      name: 'spectrum',
    });
    fresh.onmessage = ({ data }: MessageEvent<SpectrumReply>) => {
      const done = busy;
      busy = null;
      if (done) onSigma(data, done);
      const runner: Watched = waiting.main ? 'main' : 'twin';
      const next = waiting[runner];
      waiting[runner] = null;
      if (next) send(next);
    };
    return fresh;
  }
  return (snapshot) => {
    const { runner } = snapshot;
    if (runner === 'baseline') return;
    if (runner === 'twin') {
      const now = performance.now();
      if (now < twinAt + TWIN_EVERY) return;
      twinAt = now;
    }
    if (busy) waiting[runner] = snapshot;
    else send(snapshot);
  };
}
