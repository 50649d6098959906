import { plannedTrials, type StudyPlan } from '../../experiments/mergeResults';
import { recipeById } from '../../experiments/registry';
import { contradiction } from '../../experiments/results';
import { missingShards } from '../../experiments/shards';
import { SIZE_NAMES } from '../../experiments/types';
import { canonicalLevels } from '../../experiments/trials';
import { type CliCommand, onlyFile, parseOptions } from '../command';
import { Failure } from '../failure';
import { resolvePath } from '../files';
import { printLines } from '../print';
import { loadResults, loadStudies } from './folder';
import { asFailure, onlyFrom, oneOf, wholeNumber } from './options';
import { existsSync } from 'node:fs';

const help = `Usage: npm run -s parsimony -- missing ID --shards N --out DIR [--size quick] [--seeds N] [--only FACTOR=LEVEL[,LEVEL]]

Which shards of N an experiment still lacks in DIR, as numbers with commas between: "3,17", or nothing where it is whole. That is
what SLURM's --array takes (deploy/slurm-resubmit.sh). Standard error says how many runs are missing. Options are those of experiment.`;

function run(args: readonly string[]): void {
  const { values, positionals } = parseOptions(args, {
    size: { type: 'string', default: 'quick' },
    seeds: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    shards: { type: 'string' },
    out: { type: 'string' },
  });
  const id = onlyFile(positionals, 'ID');
  const recipe = asFailure(() => recipeById(id));
  const size = oneOf(values.size, SIZE_NAMES, '--size');
  const { out, shards } = values;
  if (shards === undefined) throw new Failure('--shards N is missing.');
  if (out === undefined) throw new Failure('--out DIR is missing.');
  const n = wholeNumber(shards, '--shards');
  const only = onlyFrom(values.only);
  const asked: StudyPlan = {
    recipe: recipe.id,
    recipeVersion: recipe.version,
    size,
    seeds: values.seeds === undefined ? undefined : wholeNumber(values.seeds, '--seeds'),
    only: only && asFailure(() => canonicalLevels(recipe, size, only)),
  };
  const trials = asFailure(() => plannedTrials(recipe, asked));
  const known = new Map(trials.map((trial) => [trial.id, trial]));
  // Nothing was begun where there is no folder: all shards are missing then.
  const begun = existsSync(resolvePath(out));
  const planned = begun
    ? loadStudies([out], true).find(({ plan }) => plan.recipe === id && plan.size === size)
    : undefined;
  if (planned && JSON.stringify(planned.plan) !== JSON.stringify(asked))
    throw new Failure(`${out} holds ${id} (${size}) under other settings (version, seeds or levels).`);
  const done = new Set(
    (begun ? loadResults([out], () => undefined) : []).flatMap((result) => {
      const trial = known.get(result.trial);
      const sound = result.recipe === id && result.size === size && trial && !contradiction(trial, result);
      return sound ? [result.trial] : [];
    }),
  );
  const missing = new Set(trials.map((trial) => trial.id).filter((trial) => !done.has(trial)));
  process.stderr.write(`${id} (${size}): ${missing.size} of ${trials.length} runs are missing.\n`);
  const lacking = missingShards(trials, missing, n).map(({ shard }) => shard);
  if (lacking.length > 0) printLines(lacking.join(','));
}

/** `missing`: which shards of an experiment are still to be made. */
export const missingCommand: CliCommand = { help, run };
