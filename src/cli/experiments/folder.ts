import { errorMessage } from '../../base/errorMessage';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StudyPlan } from '../../experiments/mergeResults';
import { resultLine, parseResultLine } from '../../experiments/results';
import { SIZE_NAMES, type TrialResult } from '../../experiments/types';
import { Failure } from '../failure';
import { resolvePath, writeFileAtomically } from '../files';

const planSchema: z.ZodType<StudyPlan> = z.object({
  recipe: z.string(),
  recipeVersion: z.number().int(),
  size: z.enum(SIZE_NAMES),
  seeds: z.number().int().optional(),
  only: z.record(z.string(), z.array(z.string())).optional(),
});

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * The results of one experiment in a folder: a plan of what was asked for, and one file of results for each shard.
 * Several experiments may share a folder. (A shard is one of several equal parts of the trials, which machines can run
 * independently.)
 */
export class ResultsFile {
  private readonly plan: string;
  private readonly lines: string;

  /** Throws a Failure where the folder holds results of another plan under these names. */
  constructor(folder: string, plan: StudyPlan, shard: { k: number; n: number }) {
    const name = `${plan.recipe}.${plan.size}`;
    const part = shard.n > 1 ? `.${shard.k}-of-${shard.n}` : '';
    this.plan = join(folder, `${name}.plan.json`);
    this.lines = join(folder, `${name}${part}.jsonl`);
    try {
      mkdirSync(resolvePath(folder), { recursive: true });
    } catch (error) {
      throw new Failure(`${folder} could not be made: ${errorMessage(error)}`, { cause: error });
    }
    const text = `${JSON.stringify(plan, null, 2)}\n`;
    if (!existsSync(resolvePath(this.plan))) writeFileAtomically(this.plan, encoded(text));
    else if (readFileSync(resolvePath(this.plan), 'utf8') !== text)
      throw new Failure(
        `${this.plan} is of other settings (version, seeds or levels): choose another --out.`,
      );
  }

  get name(): string {
    return this.lines;
  }

  /**
   * Reads the results that are already there. A last line that was cut off when its writer was stopped is removed from
   * the file; anything else that is wrong throws a `Failure`.
   */
  done(): TrialResult[] {
    if (!existsSync(resolvePath(this.lines))) return [];
    const text = readFileSync(resolvePath(this.lines), 'utf8');
    const results = resultsIn(this.lines, text.slice(0, text.lastIndexOf('\n') + 1));
    if (!text.endsWith('\n') && text !== '')
      writeFileAtomically(this.lines, encoded(results.map((result) => `${resultLine(result)}\n`).join('')));
    return results;
  }

  /** Writes one finished run to disk at once. */
  append(result: TrialResult): void {
    try {
      appendFileSync(resolvePath(this.lines), `${resultLine(result)}\n`);
    } catch (error) {
      throw new Failure(`${this.lines} could not be written: ${errorMessage(error)}`, { cause: error });
    }
  }
}

function resultsIn(name: string, text: string): TrialResult[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const result = parseResultLine(line);
    if (!result) throw new Failure(`${name}: line ${i + 1} is not the result of a run.`);
    return [result];
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

/** Reads the results in these files, and in all results files of these folders. */
export function loadResults(names: readonly string[]): TrialResult[] {
  return names
    .flatMap((name) => (isFolder(name) ? filesIn(name, '.jsonl') : [name]))
    .flatMap((name) => resultsIn(name, textOf(name)));
}

/** Reads the plans in these folders. Throws a `Failure` where two folders hold one experiment under different plans. */
export function loadPlans(folders: readonly string[]): StudyPlan[] {
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
  if (plans.size === 0) throw new Failure(`There is no experiment in ${folders.join(', ')}.`);
  return [...plans.values()].map(({ plan }) => plan);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
