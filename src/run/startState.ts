import type { DataSource } from '../data/source';
import type { Configuration } from '../configuration/schema';
import { shapeFor } from '../data/tasks';
import { initialNetwork, initialTrainingState, softmaxRegression } from '../network/initialise';
import type { Network, TrainingState } from '../network/network';
import { requireMatchingData, stateFromWeights } from './providedNetwork';
import { tasksScheduledAt, withTasks } from './tasks';

/** A configuration as its run begins: a switch of tasks that is scheduled for step 0 is in force from the start. */
export function startConfiguration(configuration: Configuration): Configuration {
  return { ...configuration, tasks: tasksScheduledAt(configuration, 0) ?? configuration.tasks };
}

/**
 * The network and the fresh optimiser a run starts from: drawn from the seed of the configuration or, where `given` is one, a
 * network trained before. Throws a sentence for people where a given network does not fit the data.
 */
export function startState(
  configuration: Configuration,
  source: DataSource,
  given: Network | null = null,
): TrainingState {
  if (given) {
    requireMatchingData(given, source);
    // Blocks a given network has beyond the tasks to be learnt are kept: its weights are what the visitor came with.
    return withTasks(
      stateFromWeights(given, configuration),
      { ...configuration, taskBlocks: 'mask' },
      source,
    );
  }
  const { inputs, outputs, blocks, planes } = shapeFor(source, configuration.tasks);
  const network = initialNetwork(configuration, inputs, outputs, blocks, planes);
  return initialTrainingState(network, configuration.optimiser);
}

/** Softmax regression on the same data, all weights 0: what the linear baseline starts from. */
export function baselineStartState({ optimiser, tasks }: Configuration, source: DataSource): TrainingState {
  const { inputs, outputs, blocks } = shapeFor(source, tasks);
  return initialTrainingState(softmaxRegression(inputs, outputs, blocks), optimiser);
}
