import type { VerdictOutcome } from './verdict';
import { seededRandom } from '../network/random';
import { reportOf } from './report';
import type {
  ExperimentReport,
  FactorLevels,
  Recipe,
  RecordedSeries,
  SizeName,
  Trial,
  TrialResult,
} from './types';

/** What a made-up run measured: as much of a `TrialResult` as the rule of a recipe looks at. */
export interface MadeUpMeasures {
  metrics?: Record<string, number | null>;
  series?: Record<string, RecordedSeries>;
  timings?: Record<string, number[]>;
}

/** Says what each run of a recipe would have measured, in a world where its claim holds, or fails, or cannot be decided. */
export type MadeUpWorld = (run: { f: FactorLevels; seed: number; trial: Trial }) => MadeUpMeasures;

/** One world for one recipe, and the verdict that its rule must give there. */
export interface VerdictCase {
  recipe: Recipe;
  /** What this world is like, for the name of the test. */
  world: string;
  outcome: VerdictOutcome;
  /** A part of the verdict's reason; of a missed or open criterion, words that only its label has. */
  because: RegExp;
  made: MadeUpWorld;
  /** Seeds of the made-up runs; the fewest that the recipe asks for where left out. */
  seeds?: number;
}

/** The smallest size at which a recipe says anything. */
export const judgedSize = (recipe: Recipe): SizeName => recipe.judgedFrom ?? 'quick';

/** All runs of a recipe at a size, finished and with the measures of a made-up world. */
export function madeUpResults(
  recipe: Recipe,
  made: MadeUpWorld,
  seeds = recipe.minimumSeeds,
  size = judgedSize(recipe),
): TrialResult[] {
  return recipe.trials(size, { seeds }).map((trial) => {
    const { metrics = {}, series = {}, timings = {} } = made({ f: trial.factors, seed: trial.seed, trial });
    return {
      format: 'parsimony-trial',
      recipe: recipe.id,
      recipeVersion: recipe.version,
      size,
      trial: trial.id,
      factors: { ...trial.factors },
      seed: trial.seed,
      steps: trial.steps,
      status: 'done',
      reason: null,
      metrics,
      series,
      engine: { id: 'tfjs-wasm', label: 'made up', adapter: '', software: true },
      lab: '',
      link: '',
      timings,
    };
  });
}

/** The report on such runs, as the page would show it. */
export function madeUpReport(recipe: Recipe, results: readonly TrialResult[]): ExperimentReport {
  return reportOf(recipe, results.at(0)?.size ?? judgedSize(recipe), results, results.length);
}

/** A value that differs a little from run to run: within ± `spread` of `value`, and always the same for one run and purpose. */
export function around(value: number, spread: number, { id }: Trial, purpose = ''): number {
  return value + spread * (2 * seededRandom(0, `${id} ${purpose}`).uniform() - 1);
}

/** A value that swings from seed to seed, so that the interval of the mean reaches to both sides of `value`. */
export const swinging = (value: number, swing: number, seed: number): number =>
  value + (seed % 2 === 0 ? swing : -swing);

/** Cases of one recipe, each as [world, outcome, because, what is measured, seeds where not the fewest]. */
export const verdictCases = (
  recipe: Recipe,
  rows: readonly (readonly [string, VerdictOutcome, RegExp, MadeUpWorld, number?])[],
): VerdictCase[] =>
  rows.map(([world, outcome, because, made, seeds]) => ({ recipe, world, outcome, because, made, seeds }));
