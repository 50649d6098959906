import { errorMessage } from '../../base/errorMessage';
import { type StudyPlan, studyShard } from '../../experiments/mergeResults';
import { recipeById } from '../../experiments/registry';
import { runTrials } from '../../experiments/runner/runner';
import { DatasetCache } from '../../experiments/datasetCache';
import { selectTrials } from '../../experiments/trials';
import {
  type Recipe,
  SIZE_NAMES,
  type SizeName,
  type Trial,
  type TrialResult,
} from '../../experiments/types';
import { type CliCommand, onlyFile, parseOptions } from '../command';
import { Failure } from '../failure';
import { DISK_ORIGIN } from './disk';
import { ResultsFile } from './folder';
import { openInNode } from './nodeEngine';

const ENGINES = ['wasm', 'cpu', 'browser'] as const;
type EngineName = (typeof ENGINES)[number];

const help = `Usage: npm run -s parsimony -- experiment ID --out DIR [--size quick] [--seeds N] [--only FACTOR=LEVEL[,LEVEL]]
                                    [--shard K/N] [--engine wasm|cpu|browser]

Makes the runs of an experiment (their ids: npm run -s parsimony -- experiments) and appends one line of JSON per finished
run to a file in DIR. Started again, it makes those still missing. A run that diverges or fails is a result too.

  --size NAME        ${SIZE_NAMES.join(', ')} (default quick)
  --seeds N          seeds 0 … N − 1 in place of the size's
  --only F=L[,L]     only these levels of a factor; may be given for several factors
  --shard K/N        the K-th of N parts (K from 1), the same on every machine; join them with merge
  --engine NAME      wasm: WebAssembly in Node (default); cpu: plain JavaScript in Node, slow;
                     browser: the compiled engine in a headless Chromium
  --out DIR          where results go; shards may share one or have one each
  --help             this text`;

function oneOf<T extends string>(value: string, known: readonly T[], flag: string): T {
  const found = known.find((name) => name === value);
  if (found === undefined) throw new Failure(`${flag} ${value} is not one of ${known.join(', ')}.`);
  return found;
}

/** Runs `work`; an error it throws (a sentence for people) is thrown on as a `Failure`. */
export function asFailure<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Failure(errorMessage(error), { cause: error });
  }
}

function wholeNumber(text: string, flag: string): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value < 1) throw new Failure(`${flag} ${text} is not a number from 1 on.`);
  return value;
}

function shardFrom(text: string): { k: number; n: number } {
  const [k, n, ...rest] = text.split('/').map((part) => wholeNumber(part, '--shard'));
  if (rest.length > 0 || !(k <= n)) throw new Failure(`--shard ${text} is not K/N with K from 1 to N.`);
  return { k, n };
}

function onlyFrom(words: readonly string[]): StudyPlan['only'] {
  if (words.length === 0) return undefined;
  const wanted: Record<string, string[]> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1 || at === word.length - 1) throw new Failure(`--only ${word} is not FACTOR=LEVEL.`);
    (wanted[word.slice(0, at)] ??= []).push(...word.slice(at + 1).split(','));
  }
  return wanted;
}

/** Runs trials on an engine in this process. */
async function* here(
  name: Exclude<EngineName, 'browser'>,
  recipe: Recipe,
  size: SizeName,
  trials: readonly Trial[],
): AsyncGenerator<TrialResult, void, undefined> {
  const engine = await openInNode(name);
  try {
    yield* runTrials({ recipe, size, trials, engine, sources: new DatasetCache(DISK_ORIGIN) });
  } finally {
    engine.dispose();
  }
}

async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    size: { type: 'string', default: 'quick' },
    seeds: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    shard: { type: 'string', default: '1/1' },
    engine: { type: 'string', default: 'wasm' },
    out: { type: 'string' },
  });
  const id = onlyFile(positionals, 'ID');
  const recipe = asFailure(() => recipeById(id));
  const size = oneOf(values.size, SIZE_NAMES, '--size');
  const engine = oneOf(values.engine, ENGINES, '--engine');
  const shard = shardFrom(values.shard);
  const seeds = values.seeds === undefined ? undefined : wholeNumber(values.seeds, '--seeds');
  const levels = onlyFrom(values.only);
  if (values.out === undefined) throw new Failure('--out DIR is missing.');
  const plan: StudyPlan = { recipe: recipe.id, recipeVersion: recipe.version, size, seeds, only: levels };
  const own = studyShard(
    asFailure(() => selectTrials(recipe, size, plan)),
    shard.k,
    shard.n,
  );
  const file = new ResultsFile(values.out, plan, shard);
  const done = new Set(file.done().map(({ trial }) => trial));
  const left = own.filter((trial) => !done.has(trial.id));
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  say(
    `${recipe.id} (${size}): ${left.length} runs to make, ${own.length - left.length} there already → ${file.name}`,
  );
  if (left.length === 0) return;
  const from = performance.now();
  let made = 0;
  const runs =
    engine === 'browser'
      ? (await import('./browser')).runInBrowser(recipe, size, left)
      : here(engine, recipe, size, left);
  for await (const result of runs) {
    file.append(result);
    made += 1;
    const seconds = (performance.now() - from) / 1000;
    const still = Math.round((seconds / made) * (left.length - made));
    const ended = result.status === 'done' ? '' : ` ${result.status}: ${result.reason ?? ''}`;
    say(
      `${made}/${left.length} ${result.trial}${ended}${made < left.length ? ` · about ${still} s left` : ''}`,
    );
  }
}

/** `experiment`: makes the runs of one, in Node or in a headless browser. */
export const experimentCommand: CliCommand = { help, run };
