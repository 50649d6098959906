import type { DataSource } from '../data/source';
import type { Configuration } from '../configuration/schema';
import { Sampler } from '../data/sampler';
import { activeLabels } from '../data/tasks';

/** The seeded batches of a run: the same for every network with this seed and batch size on these data. */
export function runSampler({ seed, batch }: Configuration, { train }: DataSource): Sampler {
  return new Sampler({ seed, batch, total: train.total, labels: train.labels });
}

/** Draws the next `count` batches of the classes and tasks being learnt: indices of training images, [count][batch]. */
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
