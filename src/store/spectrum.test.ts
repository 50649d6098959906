import { describe, expect, it } from 'vitest';
import type { SpectrumRequest } from '../worker/spectrum.worker';
import type { RunnerId, Snapshot } from '../worker/protocol';
import { spectrumClient, type SpectrumWorker } from './spectrum';

const snapshot = (runner: RunnerId, step: number): Snapshot => ({
  runner,
  step,
  spec: {
    inputs: 3,
    outputs: 2,
    activation: 'isotropic-tanh',
    hidden: [{ width: 4, o: 'off', psi: 'off' }],
  },
  weights: [new Float32Array(12).fill(step), new Float32Array(8)],
  biases: [new Float32Array(4), new Float32Array(2)],
  psi: [new Float32Array(2)],
  o: new Float32Array(1),
});

/** A client, its worker's inbox, and what it was told. */
function client() {
  const inbox: SpectrumRequest[] = [];
  const told: [RunnerId, number, number][] = [];
  const worker: SpectrumWorker = {
    onmessage: null,
    postMessage: (request: SpectrumRequest) => inbox.push(request),
  };
  const spectrum = spectrumClient(
    ({ layers }, { runner, step }) => told.push([runner, step, layers.length]),
    () => worker,
  );
  const answer = (): void => {
    const { step, layers } = inbox[inbox.length - 1];
    const data = { step, layers: layers.map(({ rows }) => new Float64Array(rows)) };
    worker.onmessage?.call(worker as Worker, { data } as MessageEvent);
  };
  return { spectrum, inbox, told, answer };
}

describe('the spectrum client', () => {
  it('asks for every matrix, the output too; the newest waits, and the visitor goes first', () => {
    const { spectrum, inbox, told, answer } = client();
    spectrum.request(snapshot('main', 1));
    expect(inbox[0].layers.map(({ rows, cols }) => [rows, cols])).toEqual([
      [4, 3],
      [2, 4],
    ]);
    spectrum.request(snapshot('twin', 2));
    for (const step of [2, 3]) spectrum.request(snapshot('main', step));
    spectrum.request(snapshot('baseline', 3));
    expect(inbox).toHaveLength(1);
    for (let i = 0; i < 3; i++) answer();
    expect(inbox).toHaveLength(3);
    expect(told).toEqual([
      ['main', 1, 2],
      ['main', 3, 2],
      ['twin', 2, 2],
    ]);
  });

  it('tells nothing of what was to be forgotten, and goes on', () => {
    const { spectrum, inbox, told, answer } = client();
    spectrum.request(snapshot('main', 8));
    spectrum.request(snapshot('main', 9));
    spectrum.forget();
    spectrum.request(snapshot('main', 2));
    answer();
    answer();
    expect(told).toEqual([['main', 2, 2]]);
    expect(inbox).toHaveLength(2);
  });

  it('forgets one network alone', () => {
    const { spectrum, told, answer } = client();
    spectrum.request(snapshot('twin', 8));
    spectrum.request(snapshot('main', 8));
    spectrum.request(snapshot('twin', 9));
    spectrum.forget('twin');
    answer();
    answer();
    expect(told).toEqual([['main', 8, 2]]);
  });
});
