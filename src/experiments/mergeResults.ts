import { contradiction, resultLine, sameNumbers } from './results';
import { missingShards } from './shards';
import { selectTrials, type TrialSelection } from './trials';
import type { Recipe, SizeName, Trial, TrialResult } from './types';

/**
 * What was asked for. It is kept beside the results of every shard: shards belong together only where their plans are
 * equal. (A shard is one of several equal parts of the trials, which machines can run independently.)
 */
export interface StudyPlan extends TrialSelection {
  recipe: string;
  recipeVersion: number;
  size: SizeName;
}

/** What keeps results from being joined, in words, each kind with the trials it is about. */
interface Gaps {
  /** Without a result. */
  missing: string[];
  /** With several results that say different things; equal ones count once. */
  twice: string[];
  /** Trials that the plan does not have. */
  foreign: string[];
  /** Trials whose results were made by another version of the experiment. */
  outdated: string[];
  /** Results that contradict their trial, and how. */
  altered: string[];
}

const WORDS = {
  missing: 'runs are missing',
  twice: 'runs are there more than once, and differ',
  foreign: 'runs are not of this plan',
  outdated: 'runs are of another version',
  altered: 'runs are not what their trial asks for',
} as const;

/** The trials of a plan. Throws a sentence for people where the plan is of another version of the experiment. */
export function plannedTrials(recipe: Recipe, plan: StudyPlan): Trial[] {
  if (plan.recipeVersion !== recipe.version)
    throw new Error(
      `${recipe.id} (${plan.size}) was planned as version ${plan.recipeVersion}; this lab has version ${recipe.version}.`,
    );
  return selectTrials(recipe, plan.size, plan);
}

/** "2 of 8 runs of shard 3/40; …": the shards to be made again, where results were made in shards. */
function shardsToMake(trials: readonly Trial[], missing: readonly string[], n: number): string {
  const told = missingShards(trials, new Set(missing), n).map(
    ({ shard, missing: count, runs }) => `${shard}/${n} (${count} of its ${runs} runs)`,
  );
  return ` Shards to make again: ${told.join(', ')}.`;
}

/**
 * Joins the results of a plan in the order of its trials; results that are there several times and are equal count once. Throws a sentence
 * for people where the plan is of another version of the experiment, where runs were made on several engines, and with the list where
 * results are missing, contradict each other or their trial, or are not of the plan. `shards` is how many shards the study was divided into,
 * if it was: those that lack a run are then named.
 */
export function mergeResults(
  recipe: Recipe,
  plan: StudyPlan,
  results: readonly TrialResult[],
  shards: number | null = null,
): TrialResult[] {
  const trials = plannedTrials(recipe, plan);
  const known = new Map(trials.map((trial) => [trial.id, trial]));
  const found = new Map<string, TrialResult[]>();
  for (const result of results) {
    const same = found.get(result.trial) ?? [];
    if (!same.some((one) => sameNumbers(one, result))) found.set(result.trial, [...same, result]);
  }
  const gaps: Gaps = {
    missing: trials.filter(({ id }) => !found.has(id)).map(({ id }) => id),
    twice: [...found].filter(([, same]) => same.length > 1).map(([id]) => id),
    foreign: [...found.keys()].filter((id) => !known.has(id)),
    outdated: results
      .filter(({ recipeVersion }) => recipeVersion !== recipe.version)
      .map(({ trial }) => trial),
    altered: [...found.values()].flat().flatMap((result) => {
      const trial = known.get(result.trial);
      const how = trial && contradiction(trial, result);
      return how ? [`${result.trial} (${how})`] : [];
    }),
  };
  const told = (['missing', 'twice', 'foreign', 'outdated', 'altered'] as const)
    .filter((kind) => gaps[kind].length > 0)
    .map((kind) => `${gaps[kind].length} ${WORDS[kind]}: ${gaps[kind].join('; ')}`);
  const again = shards && gaps.missing.length > 0 ? shardsToMake(trials, gaps.missing, shards) : '';
  if (told.length > 0)
    throw new Error(`${recipe.id} (${plan.size}) is not whole. ${told.join('. ')}.${again}`);
  const whole = trials.map(({ id }) => found.get(id)?.[0]).filter((result) => result !== undefined);
  const engines = [...new Set(whole.map(({ engine }) => engine.label))];
  if (engines.length > 1)
    throw new Error(
      `${recipe.id} (${plan.size}) was made on several engines, ${engines.join(' and ')}: the runs of a study belong on one.`,
    );
  return whole;
}

/** Results as a file, one JSON line each. */
export const resultLines = (results: readonly TrialResult[]): string =>
  results.map((result) => `${resultLine(result)}\n`).join('');
