import { resultLine } from './results';
import { selectTrials, type TrialSelection } from './trials';
import type { Recipe, SizeName, Trial, TrialResult } from './types';
import { permutation, seededRandom } from '../network/random';

/**
 * What was asked for. It is kept beside the results of every shard: shards belong together only where their plans are
 * equal. (A shard is one of several equal parts of the trials, which machines can run independently.)
 */
export interface StudyPlan extends TrialSelection {
  recipe: string;
  recipeVersion: number;
  size: SizeName;
}

/**
 * The trials of shard `k` of `n` (k counts from 1). Each trial is in exactly one shard, every shard has a mixture of
 * levels, and the division is the same on every machine.
 */
export function studyShard(trials: readonly Trial[], k: number, n: number): Trial[] {
  const order = permutation(trials.length, seededRandom(0, 'shards'));
  return trials.filter((_, i) => order[i] % n === k - 1);
}

/** What keeps results from being joined, as ids of trials: `missing` have no result, `twice` have several. */
interface Gaps {
  missing: string[];
  twice: string[];
  /** Trials that the plan does not have. */
  foreign: string[];
  /** Trials whose results were made by another version of the experiment. */
  outdated: string[];
}

/**
 * Joins results in the order of the plan's trials. Throws a sentence for people where the plan is of another version of
 * the experiment, or, with the list, where results are missing, doubled, not of this plan, or of another version.
 */
export function mergeResults(
  recipe: Recipe,
  plan: StudyPlan,
  results: readonly TrialResult[],
): TrialResult[] {
  if (plan.recipeVersion !== recipe.version)
    throw new Error(
      `${recipe.id} (${plan.size}) was planned as version ${plan.recipeVersion}; this lab has version ${recipe.version}.`,
    );
  const trials = selectTrials(recipe, plan.size, plan);
  const known = new Set(trials.map(({ id }) => id));
  const found = new Map<string, TrialResult[]>();
  for (const result of results) found.set(result.trial, [...(found.get(result.trial) ?? []), result]);
  const gaps: Gaps = {
    missing: trials.filter(({ id }) => !found.has(id)).map(({ id }) => id),
    twice: [...found].filter(([, same]) => same.length > 1).map(([id]) => id),
    foreign: [...found.keys()].filter((id) => !known.has(id)),
    outdated: results
      .filter(({ recipeVersion }) => recipeVersion !== recipe.version)
      .map(({ trial }) => trial),
  };
  const problems = (['missing', 'twice', 'foreign', 'outdated'] as const)
    .filter((kind) => gaps[kind].length > 0)
    .map((kind) => `${gaps[kind].length} ${WORDS[kind]}: ${gaps[kind].join('; ')}`);
  if (problems.length > 0)
    throw new Error(`${recipe.id} (${plan.size}) is not whole. ${problems.join('. ')}.`);
  return trials.map(({ id }) => found.get(id)?.[0]).filter((result) => result !== undefined);
}

const WORDS = {
  missing: 'runs are missing',
  twice: 'runs are there more than once',
  foreign: 'runs are not of this plan',
  outdated: 'runs are of another version',
} as const;

/** Results as the text of a file: one line of JSON each. */
export const resultLines = (results: readonly TrialResult[]): string =>
  results.map((result) => `${resultLine(result)}\n`).join('');
