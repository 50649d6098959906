import type { Network } from '../network/network';
import type { RunnerId, Snapshot } from './protocol';

/** Float32 copies of a network's parameters, as drawn. */
export function snapshotOf({ spec, parameters: p }: Network, runner: RunnerId, step: number): Snapshot {
  return {
    runner,
    step,
    spec,
    weights: p.weights.map((w) => Float32Array.from(w.data)),
    biases: p.biases.map((b) => Float32Array.from(b)),
    psi: p.psi.map((v) => Float32Array.from(v)),
    o: Float32Array.from(p.o),
  };
}
