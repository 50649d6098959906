import type { SpectrumReply, SpectrumRequest } from '../worker/spectrum.worker';
import type { Snapshot } from '../worker/protocol';

/**
 * Asks the spectrum worker for σ of a snapshot's hidden layers; at most one request is under way and the newest
 * snapshot waits.
 */
export function spectrumClient(onSigma: (reply: SpectrumReply) => void): (snapshot: Snapshot) => void {
  let worker: Worker | null = null;
  let busy = false;
  let waiting: Snapshot | null = null;
  const send = (snapshot: Snapshot): void => {
    worker ??= open();
    busy = true;
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
      busy = false;
      onSigma(data);
      if (waiting) {
        const next = waiting;
        waiting = null;
        send(next);
      }
    };
    return fresh;
  }
  return (snapshot) => {
    if (busy) waiting = snapshot;
    else send(snapshot);
  };
}
