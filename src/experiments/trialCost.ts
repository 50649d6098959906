import { DATASETS } from '../data/registry';
import { shapeOf } from '../data/tasks';
import { layerCounts } from '../network/architectures/counts';
import { specOf } from '../network/architectures/registry';
import { parameterCount } from '../network/network';
import type { Trial } from './types';

/** Operations of the optimiser on one parameter, and of reading and standardising one input of an image. */
const PER_PARAMETER = 12;
const PER_INPUT = 8;

/**
 * About how many multiply-accumulates a trial makes: steps of training, forward and backward, and looks at the test images. Only ratios
 * between trials of one experiment mean anything. It is computed from the trial alone and by exact arithmetic, so that every machine
 * divides a study in the same way. A trial whose network does not fit its data fails at once, and costs 1.
 */
export function trialCost({ configuration, steps, images, looks }: Trial): number {
  const { data, tasks, batch } = configuration;
  const entry = DATASETS[data];
  const shape = shapeOf(entry, tasks);
  try {
    const spec = specOf(configuration, shape);
    const multiplies = layerCounts(spec).map((layer) => layer.multiplies);
    const forward = multiplies.reduce((sum, count) => sum + count, 0);
    // The gradient of the inputs is not needed: two products in the first layer, three in the others.
    const image = 3 * forward - multiplies[0] + PER_INPUT * shape.inputs;
    const training = steps * (batch * image + PER_PARAMETER * parameterCount(spec));
    const tested = Math.min(images.test ?? Infinity, entry.testCount);
    return training + (looks.length + 1) * tested * forward;
  } catch {
    return 1;
  }
}
