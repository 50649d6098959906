import { errorMessage } from '../../base/errorMessage';
import { encodeConfiguration } from '../../configuration/url';
import { EngineTrialRun } from './trialRun';
import { DivergenceError, EngineLostError } from './errors';
import type { TrialRun, Trial, TrialResult } from '../types';
import { LAB_VERSION } from '../../base/version';
import { trialGroups } from './groups';
import { plainMetrics, trainPlain } from './plainTrial';
import { trainTogether } from './trainGroup';
import type { RunnerOptions } from './types';

const MOST_MODELS = 16;

/** Lets timers and messages in between two slices. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

type Metrics = Record<string, number | null>;

/**
 * Makes runs on an engine and yields each as it is finished; runs that diverge or fail are yielded too. What comes out does not depend on
 * the order of the trials, on which of them share dispatches, or on how often it pauses. Throws the signal's reason when cancelled, what
 * loading the data throws, and `EngineLost`; runs yielded before are whole, and the rest can be made later.
 */
export async function* runTrials(options: RunnerOptions): AsyncGenerator<TrialResult, void, undefined> {
  const { recipe, trials, engine, sources, signal, rest = turn } = options;
  const watch: { lost: string | null } = { lost: null };
  void engine.lost.then((reason) => (watch.lost = reason));
  const slice = async (): Promise<void> => {
    await rest();
    signal?.throwIfAborted();
  };
  for (const group of trialGroups(recipe, trials, engine, options.mostModels ?? MOST_MODELS)) {
    signal?.throwIfAborted();
    const source = await sources.of(group[0].configuration, group[0].images);
    const run = new Runs(options, () => watch.lost);
    if (group.length > 1) {
      const together = await run.guarded(() =>
        trainTogether(group, source, options, slice, async (trained) => {
          const results: TrialResult[] = [];
          for (const { trialRun, diverged } of trained)
            results.push(
              await run.ended(trialRun, () => (diverged ? Promise.reject(diverged) : run.metrics(trialRun))),
            );
          return results;
        }),
      );
      if (together) {
        yield* together;
        continue;
      }
    }
    for (const trial of group) {
      const { steps } = trial;
      const progress = async (step: number): Promise<void> => {
        options.onProgress?.({ trials: [trial.id], step, steps });
        await slice();
      };
      yield await run.alone(trial, () =>
        EngineTrialRun.open({ engine, source, trial, size: recipe.sizes[options.size], slice: progress }),
      );
    }
  }
}

/** Turns what happens to runs into results. */
class Runs {
  constructor(
    private readonly options: RunnerOptions,
    private readonly lost: () => string | null,
  ) {}

  /** A run by itself, from its start. */
  async alone(trial: Trial, open: () => EngineTrialRun): Promise<TrialResult> {
    let trialRun: EngineTrialRun | null = null;
    const { recipe } = this.options;
    try {
      const opened = (trialRun = open());
      return await this.ended(opened, async () => {
        if (recipe.run) return recipe.run(opened, trial);
        await trainPlain(opened);
        return this.metrics(opened);
      });
    } catch (error) {
      // The trialRun itself could not be opened: a network the engine does not hold.
      if (trialRun) throw error;
      await this.blameless(error);
      return this.result(trial, null, { status: 'failed', reason: errorMessage(error), metrics: {} });
    } finally {
      trialRun?.dispose();
    }
  }

  /** Metrics of a plain run that has been trained. */
  async metrics(trialRun: TrialRun): Promise<Metrics> {
    const plain = await plainMetrics(trialRun);
    return { ...plain, ...(await this.options.recipe.measure?.(trialRun, trialRun.trial)) };
  }

  /** What became of a run whose work ends with its metrics, or with an error. */
  async ended(trialRun: EngineTrialRun, work: () => Promise<Metrics>): Promise<TrialResult> {
    try {
      const metrics = await work();
      return this.result(trialRun.trial, trialRun, { status: 'done', reason: null, metrics });
    } catch (error) {
      await this.blameless(error);
      const status = error instanceof DivergenceError ? 'diverged' : 'failed';
      return this.result(trialRun.trial, trialRun, { status, reason: errorMessage(error), metrics: {} });
    }
  }

  /** Work on a group; null where the engine cannot take it (its networks are then trained one by one). */
  async guarded<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      await this.blameless(error);
      return null;
    }
  }

  /** Throws on where an error is no run's fault: cancelled, or the engine lost. */
  private async blameless(error: unknown): Promise<void> {
    this.options.signal?.throwIfAborted();
    // A loss is told after the call that met it has failed.
    await turn();
    const reason = this.lost();
    if (reason !== null) throw new EngineLostError(reason);
    if (error instanceof EngineLostError) throw error;
  }

  private result(
    trial: Trial,
    trialRun: EngineTrialRun | null,
    ended: Pick<TrialResult, 'status' | 'reason'> & { metrics: Metrics },
  ): TrialResult {
    const { recipe, size, engine } = this.options;
    const { id, label, adapter, software } = engine.info;
    return {
      format: 'parsimony-trial',
      recipe: recipe.id,
      recipeVersion: recipe.version,
      size,
      trial: trial.id,
      factors: { ...trial.factors },
      seed: trial.seed,
      steps: trial.steps,
      status: ended.status,
      reason: ended.reason,
      metrics: Object.fromEntries(
        Object.entries(ended.metrics).map(([name, value]) => [name, finite(value)]),
      ),
      series: trialRun?.records.series ?? {},
      engine: { id, label, adapter, software },
      lab: LAB_VERSION,
      link: encodeConfiguration(trial.configuration),
      timings: trialRun?.records.timings ?? {},
    };
  }
}

const finite = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;
