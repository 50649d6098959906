import type { DataSource } from '../../data/source';
import { LockstepGroup } from '../../run/lockstepGroup';
import { startConfiguration, startState } from '../../run/startState';
import type { Trial } from '../types';
import { DivergenceError } from './errors';
import { recordEvaluation } from './plainTrial';
import { SliceSizer } from './sliceSizes';
import { EngineTrialRun } from './trialRun';
import type { RunnerOptions } from './types';

/** A trial of a group after training: its run, to be evaluated, or how it diverged. */
export interface TrainedTrial {
  trialRun: EngineTrialRun;
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
  const [{ steps, looks }] = trials;
  const states = trials.map((trial) => startState(startConfiguration(trial.configuration), source));
  const group = new LockstepGroup(
    engine.createGroup(states, source, { ownBatches: true }),
    trials.length,
    true,
  );
  try {
    const trained = trials.map((trial, m): TrainedTrial => {
      const setting = { engine, source, trial, size: recipe.sizes[size], slice };
      const on = { state: states[m], model: group.members[m] };
      return { trialRun: EngineTrialRun.open(setting, on), diverged: null };
    });
    const slices = new SliceSizer();
    const started = performance.now();
    for (let step = 0; step < steps && trained.some((one) => !one.diverged);) {
      const next = looks.find((look) => look > step) ?? steps;
      const due = Math.min(...trained.map(({ trialRun }) => trialRun.stepsUntilAction));
      const count = slices.next(Math.min(next - step, due));
      const from = performance.now();
      for (const { trialRun } of trained) await trialRun.begin(count);
      for (const one of trained)
        await one.trialRun.finish().catch((error: unknown) => {
          if (!(error instanceof DivergenceError)) throw error;
          // Those that share its dispatches go on, and it with them; what counts is where it first broke down.
          one.diverged ??= error;
        });
      slices.took(performance.now() - from, count);
      step += count;
      if (looks.includes(step))
        for (const { trialRun, diverged } of trained)
          if (!diverged) recordEvaluation(trialRun, step, await trialRun.evaluate());
      onProgress?.({ trials: trials.map(({ id }) => id), step, steps });
      await slice();
    }
    const seconds = (performance.now() - started) / 1000;
    for (const { trialRun } of trained) trialRun.records.timings['training together'] = [seconds];
    return await then(trained);
  } finally {
    group.dispose();
  }
}
