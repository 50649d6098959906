import { errorMessage } from '../../base/errorMessage';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StudyPlan } from '../../experiments/mergeResults';
import { parseResultLine } from '../../experiments/results';
import { SIZE_NAMES, type TrialResult } from '../../experiments/types';
import { Failure } from '../failure';
import { resolvePath } from '../files';
import { studyFiles } from './resultsFile';

const planSchema: z.ZodType<StudyPlan> = z.object({
  recipe: z.string(),
  recipeVersion: z.number().int(),
  size: z.enum(SIZE_NAMES),
  seeds: z.number().int().optional(),
  only: z.record(z.string(), z.array(z.string())).optional(),
});

/** Told of a line of a file that is no result. */
type FaultHandler = (problem: string) => void;

const refuse: FaultHandler = (problem) => {
  throw new Failure(`${problem}.`);
};

function resultsIn(name: string, onFault: FaultHandler): TrialResult[] {
  return textOf(name)
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return [];
      const result = parseResultLine(line);
      if (!result) onFault(`${name}: line ${i + 1} is not the result of a run`);
      return result ?? [];
    });
}

function textOf(name: string): string {
  try {
    return readFileSync(resolvePath(name), 'utf8');
  } catch (error) {
    throw new Failure(`${name} could not be read: ${errorMessage(error)}`, { cause: error });
  }
}

const isFolder = (name: string): boolean => {
  try {
    return statSync(resolvePath(name)).isDirectory();
  } catch (error) {
    throw new Failure(`${name} could not be read: ${errorMessage(error)}`, { cause: error });
  }
};

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(resolvePath(folder))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));

/** Results of files, and of all results files of folders. Lines that are no results throw a Failure, or are told to `onFault` and left out. */
export function loadResults(names: readonly string[], onFault: FaultHandler = refuse): TrialResult[] {
  return names
    .flatMap((name) => (isFolder(name) ? filesIn(name, '.jsonl') : [name]))
    .flatMap((name) => resultsIn(name, onFault));
}

/** A study as folders hold it. */
export interface PlannedStudy {
  plan: StudyPlan;
  /** How many shards it was divided into, by the names of its files; the most, where they were several; null where it was made whole. */
  shards: number | null;
}

/**
 * The studies planned in folders. Throws a Failure where two folders hold one experiment under different plans, and where there is none at
 * all, unless there may be none.
 */
export function loadStudies(folders: readonly string[], maybeNone = false): PlannedStudy[] {
  const plans = new Map<string, { plan: StudyPlan; text: string; folder: string }>();
  for (const folder of folders) {
    if (!isFolder(folder)) throw new Failure(`${folder} is not a folder of results.`);
    for (const name of filesIn(folder, '.plan.json')) {
      const text = textOf(name);
      const plan = planSchema.safeParse(json(text)).data;
      if (!plan) throw new Failure(`${name} is not the plan of an experiment.`);
      const key = `${plan.recipe} ${plan.size}`;
      const before = plans.get(key);
      if (before && before.text !== text)
        throw new Failure(`${before.folder} and ${folder} hold ${key} under different settings.`);
      plans.set(key, { plan, text, folder });
    }
  }
  if (plans.size === 0 && !maybeNone) throw new Failure(`There is no experiment in ${folders.join(', ')}.`);
  return [...plans.values()].map(({ plan }) => {
    const counts = folders.flatMap((folder) => studyFiles(folder, plan).map(({ shard }) => shard.n));
    const most = Math.max(1, ...counts);
    return { plan, shards: most > 1 ? most : null };
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
