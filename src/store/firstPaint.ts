import type { Configuration } from '../configuration/schema';
import { DATASETS } from '../data/registry';
import { shapeOf } from '../data/tasks';
import { initialNetwork } from '../network/initialise';
import type { Snapshot } from '../worker/protocol';
import { snapshotOf } from '../worker/snapshot';

/** Above this many weights the first picture waits for the worker instead of holding up the page. */
const LARGEST = 300_000;

/** The real initial network of a configuration, drawn from its seed on the CPU: the first thing a visitor sees. */
export function firstSnapshot(configuration: Configuration): Snapshot | null {
  const data = DATASETS[configuration.data];
  const { inputs, outputs, blocks } = shapeOf(data, configuration.tasks);
  const sizes = [inputs, ...configuration.hidden, outputs];
  const weights = sizes.slice(1).reduce((sum, rows, l) => sum + rows * sizes[l], 0);
  if (weights > LARGEST) return null;
  return snapshotOf(initialNetwork(configuration, inputs, outputs, blocks), 'main', 0);
}
