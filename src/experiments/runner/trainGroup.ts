import type { DataSource } from '../../data/source';
import type { EngineGroup } from '../../training/engine';
import { stepSettingsOf } from '../../worker/session/runner';
import { type TrialRunOptions, EngineTrialRun } from '../bench/trialRun';
import { DivergenceError } from '../bench/errors';
import { groupModels } from '../bench/groupModels';
import { RecentLoss, SliceSizer } from '../bench/sliceSizes';
import { nextBatches, startConfiguration, trialSampler, trialStartState } from '../bench/start';
import type { Trial } from '../types';
import { recordEvaluation } from './plainTrial';
import type { RunnerOptions } from './types';

/** A trial of a group after training: its bench to look at, or what became of it. */
export interface TrainedTrial {
  bench: EngineTrialRun;
  diverged: DivergenceError | null;
}

/**
 * Trains plain trials of one shape in the same dispatches, each on the batches of its own seed, and hands the trained ones to `then`.
 * What each of them learns is what it would learn by itself.
 */
export async function trainTogether<T>(
  trials: readonly Trial[],
  source: DataSource,
  { recipe, size, engine, onProgress }: RunnerOptions,
  slice: () => Promise<void>,
  then: (trained: readonly TrainedTrial[]) => Promise<T>,
): Promise<T> {
  const [{ steps, looks, configuration }] = trials;
  const configurations = trials.map((trial) => startConfiguration(trial.configuration));
  const states = configurations.map((own) => trialStartState(own, source));
  const group: EngineGroup = engine.createGroup(states, source, { ownBatches: true });
  try {
    const samplers = configurations.map((own) => trialSampler(own, source));
    const { seats, forget } = groupModels(group, trials.length);
    const setting = (trial: Trial): TrialRunOptions => ({
      engine,
      source,
      trial,
      size: recipe.sizes[size],
      slice,
    });
    const trained = trials.map((trial, m): TrainedTrial & { loss: RecentLoss } => {
      const loss = new RecentLoss();
      const sink = { series: {}, timings: {} };
      const { spec } = states[m].network;
      return { bench: EngineTrialRun.over(setting(trial), seats[m], spec, loss, sink), diverged: null, loss };
    });
    const { batch } = configuration;
    const controls = configurations.map(stepSettingsOf);
    const slices = new SliceSizer();
    const started = performance.now();
    for (let step = 0; step < steps && trained.some((one) => !one.diverged);) {
      const next = looks.find((look) => look > step) ?? steps;
      const count = slices.next(next - step);
      const from = performance.now();
      const own = configurations.map((each, m) => nextBatches(samplers[m], each, source, count));
      await group.train(interleaved(own, batch, count), batch, count, controls);
      forget();
      const rows = await group.metrics();
      slices.took(performance.now() - from, count);
      trained.forEach((one, m) => {
        const bad = one.loss.take(rows[m]);
        if (bad !== null) one.diverged ??= new DivergenceError(step + bad + 1);
      });
      step += count;
      if (looks.includes(step))
        for (const { bench, diverged } of trained)
          if (!diverged) recordEvaluation(bench, step, await bench.evaluate());
      onProgress?.({ trials: trials.map(({ id }) => id), step, steps });
      await slice();
    }
    const seconds = (performance.now() - started) / 1000;
    for (const { bench } of trained) bench.sink.timings['training together'] = [seconds];
    return await then(trained);
  } finally {
    group.dispose();
  }
}

/** [model][step][batch] → [step][model][batch]. */
function interleaved(own: readonly Uint32Array[], batch: number, steps: number): Uint32Array {
  const all = new Uint32Array(own.length * steps * batch);
  own.forEach((indices, m) => {
    for (let k = 0; k < steps; k++)
      all.set(indices.subarray(k * batch, (k + 1) * batch), (k * own.length + m) * batch);
  });
  return all;
}
