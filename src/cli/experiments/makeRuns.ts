import { availableParallelism } from 'node:os';
import { DatasetCache, loaderFrom } from '../../experiments/datasetCache';
import { trialGroups } from '../../experiments/runner/groups';
import { runTrials } from '../../experiments/runner/runner';
import type { Recipe, SizeName, Trial, TrialResult } from '../../experiments/types';
import { Failure } from '../failure';
import { DISK_ORIGIN } from './disk';
import { shellEngine, type ShellEngineName } from './engines';

/** The runs that a command is to make. */
export interface RunsToMake {
  recipe: Recipe;
  size: SizeName;
  trials: readonly Trial[];
  engine: ShellEngineName;
  /** Threads; one a core where left out. */
  jobs?: number;
  say: (text: string) => void;
}

/** Makes runs on the engine asked for, yielding each as it is finished. */
export function makeRuns(asked: RunsToMake): AsyncGenerator<TrialResult, void, undefined> {
  const { runsIn } = shellEngine(asked.engine);
  if (runsIn === 'threads') return inThreads(asked);
  if (asked.jobs !== undefined && asked.jobs > 1)
    throw new Failure(
      `--jobs is for engines on the CPU: --engine ${asked.engine} trains many runs at once by itself.`,
    );
  return runsIn === 'process' ? onGraphicsCard(asked) : inBrowser(asked);
}

async function* inThreads({ recipe, size, trials, engine, jobs, say }: RunsToMake) {
  const { bundled, models } = shellEngine(engine);
  const [{ runInThreads }, { startThread }] = await Promise.all([
    import('./threads/pool'),
    import('./threads/startThread'),
  ]);
  const bundle = bundled ? await (await import('./nodeEngine')).bundleTfjs() : null;
  const setting = { recipe: recipe.id, size, engine, bundle: bundle?.entry ?? null };
  try {
    yield* runInThreads({
      groups: trialGroups(recipe, trials, { modelAxis: models > 1 }, models),
      jobs: recipe.alone ? 1 : (jobs ?? availableParallelism()),
      load: loaderFrom(DISK_ORIGIN),
      start: () => startThread(setting),
      say,
    });
  } finally {
    bundle?.remove();
  }
}

async function* onGraphicsCard({ recipe, size, trials, say }: RunsToMake) {
  const { openWebGpuInNode } = await import('./nodeWebGpu');
  const complaints: string[] = [];
  const engine = await openWebGpuInNode((message) => complaints.push(message));
  say(`on ${engine.info.adapter}`);
  try {
    for await (const result of runTrials({
      recipe,
      size,
      trials,
      engine,
      sources: new DatasetCache(DISK_ORIGIN),
    })) {
      // A run beside which the device complained is not kept.
      if (complaints.length > 0) throw new Failure(`The graphics card complained: ${complaints.join('; ')}`);
      yield result;
    }
  } finally {
    engine.dispose();
  }
}

async function* inBrowser({ recipe, size, trials }: RunsToMake) {
  const { runInBrowser } = await import('./browser');
  yield* runInBrowser(recipe, size, trials);
}
