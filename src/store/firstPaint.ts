import type { Configuration } from '../configuration/schema';
import { DATASETS } from '../data/registry';
import { initialNetwork } from '../network/initialise';
import type { Network } from '../network/network';
import type { Snapshot } from '../worker/protocol';

/** Above this many weights the first picture waits for the worker instead of holding up the page. */
const LARGEST = 300_000;

/** Float32 copies of a network's parameters, as drawn. */
export function snapshotOf(network: Network, step: number): Snapshot {
  const { parameters: p, spec } = network;
  return {
    runner: 'main',
    step,
    spec,
    weights: p.weights.map((w) => Float32Array.from(w.data)),
    biases: p.biases.map((b) => Float32Array.from(b)),
    psi: p.psi.map((v) => Float32Array.from(v)),
    o: Float32Array.from(p.o),
  };
}

/** The real initial network of a configuration, drawn from its seed on the CPU: the first thing a visitor sees. */
export function firstSnapshot(configuration: Configuration): Snapshot | null {
  const data = DATASETS[configuration.data];
  const sizes = [data.width * data.height, ...configuration.hidden, data.classNames.length];
  const weights = sizes.slice(1).reduce((sum, rows, l) => sum + rows * sizes[l], 0);
  if (weights > LARGEST) return null;
  return snapshotOf(initialNetwork(configuration, sizes[0], sizes[sizes.length - 1]), 0);
}
