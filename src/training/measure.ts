import { initialNetwork, initialTrainingState } from '../network/initialise';
import { seededRandom } from '../network/random';
import { DEFAULT_NETWORK } from '../network/settings';
import type { StepSettings, Engine } from './engine';
import { noiseData } from './noiseData';

const BATCH = 128;
const IMAGES = 256;
const SIZE = 784;
const CLASSES = 10;

const CONTROLS: StepSettings = {
  lambda: 1e-2,
  measure: 'mean-square',
  psiDecay: 0.1,
  optimiser: {
    id: 'adam',
    learningRate: 2e-3,
    weightDecay: 0,
    decayAll: false,
    momentum: 0.9,
  },
};

/**
 * Milliseconds per training step of the network of the first visit (784-128-64-10 isotropic, batch 128): the best of the
 * rounds that fit in `budgetMs`, each ending with a read-back as on the bench. A first step, which compiles, is not
 * counted and not charged; one more is always taken.
 */
export async function measureEngine(
  engine: Engine,
  budgetMs: number,
): Promise<{ msPerStep: number; note: string }> {
  const network = initialNetwork(DEFAULT_NETWORK, SIZE, CLASSES);
  // What the images show does not change how long a step takes.
  const model = engine.createModel(
    initialTrainingState(network, 'adam'),
    noiseData(seededRandom(0, 'measure'), SIZE, CLASSES, IMAGES),
  );
  const round = async (steps: number): Promise<number> => {
    const indices = Uint32Array.from({ length: steps * BATCH }, (_, i) => i % IMAGES);
    const from = performance.now();
    await model.train(indices, BATCH, steps, CONTROLS);
    const { values } = await model.metrics();
    if (!values.every(Number.isFinite)) throw new Error('A trial step gave numbers that are not finite.');
    return (performance.now() - from) / steps;
  };
  try {
    await round(1);
    const end = performance.now() + budgetMs;
    let best = await round(1);
    let steps = 1;
    for (let left = budgetMs - best; left > best; left = end - performance.now()) {
      const count = Math.max(1, Math.min(8, Math.floor(left / best / 2)));
      best = Math.min(best, await round(count));
      steps += count;
    }
    return { msPerStep: best, note: `best of ${steps} step${steps > 1 ? 's' : ''}` };
  } finally {
    model.dispose();
  }
}
