import { nextBatches, runSampler } from '../../run/batches';
import { LinearBaseline } from '../../run/companion';
import { type Evaluation, evaluateTest } from '../../run/evaluation';
import { startConfiguration } from '../../run/startState';
import { SliceSizer } from './sliceSizes';
import type { TrialRunOptions } from './trialRunOptions';

/** Softmax regression after `steps` steps on the batches of the trial, with its optimiser and λ = 0. */
export async function trainLinearBaseline(
  { engine, source, trial, slice }: TrialRunOptions,
  steps: number,
): Promise<Evaluation> {
  if (source.tasks) throw new Error('The linear baseline of an experiment is of one task.');
  const configuration = startConfiguration(trial.configuration);
  const { batch, measure } = configuration;
  const baseline = new LinearBaseline(engine, configuration, source);
  try {
    const { model } = baseline;
    const sampler = runSampler(configuration, source);
    const slices = new SliceSizer();
    for (let done = 0; done < steps;) {
      const count = slices.next(steps - done);
      const from = performance.now();
      const indices = nextBatches(sampler, configuration, source, count);
      await baseline.train(indices, batch, count, configuration);
      await model.metrics();
      slices.took(performance.now() - from, count);
      done += count;
      await slice(steps);
    }
    return await evaluateTest(
      (from, count) => model.observe('test', from, count, measure),
      source,
      configuration,
      undefined,
    );
  } finally {
    baseline.dispose();
  }
}
