import type { DataSource } from '../../data/source';
import type { Configuration } from '../../configuration/schema';
import { Sampler } from '../../data/sampler';
import { activeLabels, shapeFor } from '../../data/tasks';
import { initialNetwork, initialTrainingState, softmaxRegression } from '../../network/initialise';
import type { TrainingState } from '../../network/network';
import { tasksScheduledAt } from '../../worker/session/tasks';

/** A configuration as its run begins: a switch of tasks at step 0 is in force from the start. */
export function startConfiguration(configuration: Configuration): Configuration {
  return { ...configuration, tasks: tasksScheduledAt(configuration, 0) ?? configuration.tasks };
}

/** The network a run starts from. */
export function trialStartState(configuration: Configuration, source: DataSource): TrainingState {
  const { inputs, outputs, blocks, planes } = shapeFor(source, configuration.tasks);
  return initialTrainingState(
    initialNetwork(configuration, inputs, outputs, blocks, planes),
    configuration.optimiser,
  );
}

/** Softmax regression on the same data, from zeros. */
export function linearStartState({ optimiser, tasks }: Configuration, source: DataSource): TrainingState {
  const { inputs, outputs, blocks } = shapeFor(source, tasks);
  return initialTrainingState(softmaxRegression(inputs, outputs, blocks), optimiser);
}

/** The batches of a run: the same for every network of one seed, batch size and data set. */
export function trialSampler({ seed, batch }: Configuration, { train }: DataSource): Sampler {
  return new Sampler({ seed, batch, total: train.total, labels: train.labels });
}

/** Indices of the next batches [count][batch], of the classes and tasks being learnt. */
export function nextBatches(
  sampler: Sampler,
  configuration: Configuration,
  source: DataSource,
  count: number,
): Uint32Array {
  const active = activeLabels(configuration, source);
  const indices = new Uint32Array(count * configuration.batch);
  for (let k = 0; k < count; k++) sampler.next(active, indices, k * configuration.batch);
  return indices;
}
