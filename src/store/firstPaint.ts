import { errorMessage } from '../base/errorMessage';
import type { Configuration } from '../configuration/schema';
import { DATASETS } from '../data/registry';
import { shapeOf } from '../data/tasks';
import { initialNetwork, networkSpec } from '../network/initialise';
import { type Network, parameterCount } from '../network/network';
import type { NetworkSpec } from '../network/spec';
import type { Snapshot } from '../worker/protocol';
import { snapshotOf } from '../worker/snapshot';

/**
 * Networks with more parameters than this are not drawn before the worker has made them, because drawing the first
 * picture would hold up the page.
 */
const LARGEST = 300_000;

const specs = new WeakMap<Configuration, NetworkSpec | string>();

/**
 * The network that a configuration describes on its data, or a sentence that says why it describes none. Computed once
 * for each configuration object.
 */
export function configuredSpec(configuration: Configuration): NetworkSpec | string {
  const known = specs.get(configuration) ?? described(configuration);
  specs.set(configuration, known);
  return known;
}

/**
 * Widths of the hidden layers a run starts with, convolution stages included; the widths as typed where it cannot start.
 */
export function configuredWidths(
  configuration: Configuration,
  given?: { network: Network } | null,
): number[] {
  const spec = given?.network.spec ?? configuredSpec(configuration);
  return typeof spec === 'string' ? configuration.hidden : spec.hidden.map(({ width }) => width);
}

function described(configuration: Configuration): NetworkSpec | string {
  const { inputs, outputs, blocks, planes } = shapeOf(DATASETS[configuration.data], configuration.tasks);
  try {
    return networkSpec(configuration, inputs, outputs, blocks, planes);
  } catch (fault) {
    return errorMessage(fault);
  }
}

/**
 * The initial network of a configuration, drawn from its seed on the main thread: the first thing a visitor sees. Null
 * where the network is large, or where the configuration describes none (the worker then says why).
 */
export function firstSnapshot(configuration: Configuration): Snapshot | null {
  const spec = configuredSpec(configuration);
  if (typeof spec === 'string' || parameterCount(spec) > LARGEST) return null;
  const { inputs, outputs, blocks, planes } = shapeOf(DATASETS[configuration.data], configuration.tasks);
  return snapshotOf(initialNetwork(configuration, inputs, outputs, blocks, planes), 'main', 0);
}
