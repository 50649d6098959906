import { resultLine } from './results';
import { selectTrials, type TrialSelection } from './trials';
import type { Recipe, SizeName, Trial, TrialResult } from './types';
import { permutation, seededRandom } from '../network/random';

/** What was asked for, kept beside the results of every shard: they belong together only where it is the same. */
export interface StudyPlan extends TrialSelection {
  recipe: string;
  recipeVersion: number;
  size: SizeName;
}

/** The trials of shard `k` of `n` (k from 1): each trial in exactly one, levels mixed, the same on every machine. */
export function studyShard(trials: readonly Trial[], k: number, n: number): Trial[] {
  const order = permutation(trials.length, seededRandom(0, 'shards'));
  return trials.filter((_, i) => order[i] % n === k - 1);
}

/** What keeps results from being joined, by ids of trials. `missing`: without a result; `twice`: with several. */
interface Gaps {
  missing: string[];
  twice: string[];
  /** Results of no trial of the plan. */
  foreign: string[];
  /** Results of another version of the experiment. */
  outdated: string[];
}

/**
 * Joins the results of a plan in the order of its trials. Throws a sentence for people where the plan is of another version of the
 * experiment, and with the list where results are missing, doubled, not of the plan or of another version.
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
  const told = (['missing', 'twice', 'foreign', 'outdated'] as const)
    .filter((kind) => gaps[kind].length > 0)
    .map((kind) => `${gaps[kind].length} ${WORDS[kind]}: ${gaps[kind].join('; ')}`);
  if (told.length > 0) throw new Error(`${recipe.id} (${plan.size}) is not whole. ${told.join('. ')}.`);
  return trials.map(({ id }) => found.get(id)?.[0]).filter((result) => result !== undefined);
}

const WORDS = {
  missing: 'runs are missing',
  twice: 'runs are there more than once',
  foreign: 'runs are not of this plan',
  outdated: 'runs are of another version',
} as const;

/** Results as a file, one JSON line each. */
export const resultLines = (results: readonly TrialResult[]): string =>
  results.map((result) => `${resultLine(result)}\n`).join('');
