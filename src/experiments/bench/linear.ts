import { stepSettingsOf } from '../../worker/session/runner';
import type { Evaluation } from '../types';
import type { TrialRunOptions } from './trialRun';
import { evaluateTest } from './evaluate';
import { SliceSizer } from './sliceSizes';
import { nextBatches, startConfiguration, linearStartState, trialSampler } from './start';

/** Softmax regression after `steps` steps on the batches of the trial, with its optimiser and λ = 0. */
export async function trainLinearBaseline(
  { engine, source, trial, slice }: TrialRunOptions,
  steps: number,
): Promise<Evaluation> {
  if (source.tasks) throw new Error('The linear baseline of an experiment is of one task.');
  const configuration = startConfiguration(trial.configuration);
  const model = engine.createModel(linearStartState(configuration, source), source);
  try {
    const sampler = trialSampler(configuration, source);
    const controls = { ...stepSettingsOf(configuration), lambda: 0, psiDecay: 0 };
    const slices = new SliceSizer();
    for (let done = 0; done < steps;) {
      const count = slices.next(steps - done);
      const from = performance.now();
      await model.train(
        nextBatches(sampler, configuration, source, count),
        configuration.batch,
        count,
        controls,
      );
      await model.metrics();
      slices.took(performance.now() - from, count);
      done += count;
      await slice(steps);
    }
    const { measure } = configuration;
    return await evaluateTest(
      (from, count) => model.observe('test', from, count, measure),
      source,
      configuration,
      undefined,
    );
  } finally {
    model.dispose();
  }
}
