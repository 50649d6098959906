import { lineOf } from './results';
import { select, type Selection } from './trials';
import type { Recipe, SizeName, Trial, TrialResult } from './types';
import { permutation, random } from '../network/random';

/** What was asked for, kept beside the results of every shard: they belong together only where it is the same. */
export interface Plan extends Selection {
  recipe: string;
  recipeVersion: number;
  size: SizeName;
}

/** The trials of shard `k` of `n` (k from 1): each trial in exactly one, levels mixed, the same on every machine. */
export function shardOf(trials: readonly Trial[], k: number, n: number): Trial[] {
  const order = permutation(trials.length, random(0, 'shards'));
  return trials.filter((_, i) => order[i] % n === k - 1);
}

/** What keeps results from being joined: trials without a result, and trials with several. */
export interface Gaps {
  missing: string[];
  twice: string[];
  /** Results of no trial of the plan. */
  foreign: string[];
}

/**
 * Joins the results of a plan in the order of its trials. Throws a sentence for people with the list where some are missing, doubled, or
 * not of the plan.
 */
export function merged(recipe: Recipe, plan: Plan, results: readonly TrialResult[]): TrialResult[] {
  const trials = select(recipe, plan.size, plan);
  const known = new Set(trials.map(({ id }) => id));
  const found = new Map<string, TrialResult[]>();
  for (const result of results) found.set(result.trial, [...(found.get(result.trial) ?? []), result]);
  const gaps: Gaps = {
    missing: trials.filter(({ id }) => !found.has(id)).map(({ id }) => id),
    twice: [...found].filter(([, same]) => same.length > 1).map(([id]) => id),
    foreign: [...found.keys()].filter((id) => !known.has(id)),
  };
  const told = (['missing', 'twice', 'foreign'] as const)
    .filter((kind) => gaps[kind].length > 0)
    .map((kind) => `${gaps[kind].length} ${WORDS[kind]}: ${gaps[kind].join('; ')}`);
  if (told.length > 0) throw new Error(`${recipe.id} (${plan.size}) is not whole. ${told.join('. ')}.`);
  return trials.map(({ id }) => found.get(id)?.[0]).filter((result) => result !== undefined);
}

const WORDS = {
  missing: 'runs are missing',
  twice: 'runs are there more than once',
  foreign: 'runs are not of this plan',
} as const;

/** Results as a file, one JSON line each. */
export const fileOf = (results: readonly TrialResult[]): string =>
  results.map((result) => `${lineOf(result)}\n`).join('');
