import type { StudyPlan } from '../../experiments/mergeResults';
import { recipeById } from '../../experiments/registry';
import { contradiction } from '../../experiments/results';
import { studyShard } from '../../experiments/shards';
import { trialCost } from '../../experiments/trialCost';
import { canonicalLevels, selectTrials } from '../../experiments/trials';
import { SIZE_NAMES, type Trial, type TrialResult } from '../../experiments/types';
import { engineLabel } from '../../training/engines';
import { type CliCommand, onlyFile, parseOptions } from '../command';
import { Failure } from '../failure';
import { SHELL_ENGINES, shellEngine, type ShellEngineName } from './engines';
import { FileLock } from './lock';
import { makeRuns, type RunsToMake } from './makeRuns';
import { asFailure, onlyFrom, oneOf, shardFrom, wholeNumber } from './options';
import { Progress } from './progress';
import { provenanceHere } from './provenance';
import { ResultsFile } from './resultsFile';

const ENGINE_NAMES = Object.keys(SHELL_ENGINES) as ShellEngineName[];

const help = `Usage: npm run -s parsimony -- experiment ID --out DIR [--size quick] [--seeds N] [--only FACTOR=LEVEL[,LEVEL]]
                                    [--shard K/N] [--engine ${ENGINE_NAMES.join('|')}] [--jobs N]

Makes the runs of an experiment (their ids: npm run -s parsimony -- experiments) and appends one line of JSON per finished
run to a file in DIR; at the end the lines are put into the order of the runs. Started again, it makes those still missing
in DIR. A run that diverges or fails is a result too.

  --size NAME        ${SIZE_NAMES.join(', ')} (default quick)
  --seeds N          seeds 0 … N − 1 in place of the size's
  --only F=L[,L]     only these levels of a factor; may be given for several factors
  --shard K/N        the K-th of N parts (K from 1), of about the same length, the same on every machine; join them with merge
  --engine NAME      ${ENGINE_NAMES.map((name) => `${name}: ${SHELL_ENGINES[name].about}`).join('\n                     ')}
  --jobs N           runs at a time on engines of the CPU (default: one a core); results do not depend on it
  --out DIR          where results go; shards may share one or have one each
  --help             this text`;

/** Throws a Failure where results are of another engine than the one asked for: a study is made on one. */
function refuseOtherEngines(found: readonly TrialResult[], name: ShellEngineName, out: string): void {
  const { id } = shellEngine(name);
  const other = found.find(({ engine }) => engine.id !== id);
  if (!other) return;
  const can = ENGINE_NAMES.filter((one) => shellEngine(one).id === other.engine.id);
  throw new Failure(
    `${out} holds runs of this experiment made on ${other.engine.label}, and --engine ${name} is ${engineLabel(id)}: one study is made on one engine. ` +
      `Choose another --out${can.length > 0 ? `, or go on with --engine ${can.join(' or ')}` : ''}.`,
  );
}

/** Makes runs, writing each as it is finished. */
async function make(asked: RunsToMake, file: ResultsFile): Promise<void> {
  const { trials, say } = asked;
  const provenance = provenanceHere();
  const progress = new Progress(
    new Map(trials.map((trial) => [trial.id, trialCost(trial)])),
    performance.now(),
  );
  for await (const result of makeRuns(asked)) {
    file.append({ ...result, provenance: provenance() });
    const ended = result.status === 'done' ? '' : ` ${result.status}: ${result.reason ?? ''}`;
    say(progress.finished(result.trial, performance.now(), ended));
  }
}

async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    size: { type: 'string', default: 'quick' },
    seeds: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    shard: { type: 'string', default: '1/1' },
    engine: { type: 'string', default: 'wasm' },
    jobs: { type: 'string' },
    out: { type: 'string' },
  });
  const id = onlyFile(positionals, 'ID');
  const recipe = asFailure(() => recipeById(id));
  const size = oneOf(values.size, SIZE_NAMES, '--size');
  const engine = oneOf(values.engine, ENGINE_NAMES, '--engine');
  const shard = shardFrom(values.shard);
  const seeds = values.seeds === undefined ? undefined : wholeNumber(values.seeds, '--seeds');
  const jobs = values.jobs === undefined ? undefined : wholeNumber(values.jobs, '--jobs');
  const levels = onlyFrom(values.only);
  if (values.out === undefined) throw new Failure('--out DIR is missing.');
  const only = levels && asFailure(() => canonicalLevels(recipe, size, levels));
  const plan: StudyPlan = { recipe: recipe.id, recipeVersion: recipe.version, size, seeds, only };
  const all = asFailure(() => selectTrials(recipe, size, plan));
  const own = studyShard(all, shard.k, shard.n);
  const file = new ResultsFile(values.out, plan, shard);
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const lock = await FileLock.take(file.lock, say);
  try {
    const found = file.done(soundness(all), say);
    refuseOtherEngines(found, engine, values.out);
    const done = new Set(found.map(({ trial }) => trial));
    const left = own.filter((trial) => !done.has(trial.id));
    say(
      `${recipe.id} (${size}): ${left.length} runs to make, ${own.length - left.length} there already → ${file.name}`,
    );
    if (left.length > 0) await make({ recipe, size, trials: left, engine, jobs, say }, file);
    file.sort(all);
  } finally {
    lock.release();
  }
}

/** Finds fault with results of other versions, and with those that contradict their trial. */
function soundness(trials: readonly Trial[]): (result: TrialResult) => string | null {
  const known = new Map(trials.map((trial) => [trial.id, trial]));
  return (result) => {
    const trial = known.get(result.trial);
    return trial ? contradiction(trial, result) : 'it is no run of this experiment as asked for';
  };
}

/** `experiment`: makes the runs of one, in Node or in a headless browser. */
export const experimentCommand: CliCommand = { help, run };
