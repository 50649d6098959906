import { controlsOf } from '../../worker/session/runner';
import type { Evaluation } from '../types';
import type { BenchSetting } from './bench';
import { evaluate } from './evaluate';
import { Slices } from './slices';
import { batches, begun, linearState, samplerOf } from './start';

/** Softmax regression after `steps` steps on the batches of the trial, with its optimiser and λ = 0. */
export async function linearBaseline(
  { engine, source, trial, slice }: BenchSetting,
  steps: number,
): Promise<Evaluation> {
  if (source.tasks) throw new Error('The linear baseline of an experiment is of one task.');
  const configuration = begun(trial.configuration);
  const model = engine.createModel(linearState(configuration, source), source);
  try {
    const sampler = samplerOf(configuration, source);
    const controls = { ...controlsOf(configuration), lambda: 0, psiDecay: 0 };
    const slices = new Slices();
    for (let done = 0; done < steps;) {
      const count = slices.next(steps - done);
      const from = performance.now();
      await model.train(batches(sampler, configuration, source, count), configuration.batch, count, controls);
      await model.metrics();
      slices.took(performance.now() - from, count);
      done += count;
      await slice(steps);
    }
    const { measure } = configuration;
    return await evaluate(
      (from, count) => model.observe('test', from, count, measure),
      source,
      configuration,
      undefined,
    );
  } finally {
    model.dispose();
  }
}
