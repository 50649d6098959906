import { errorMessage } from '../../base/errorMessage';
import { mergeResults, resultLines } from '../../experiments/mergeResults';
import { recipeById } from '../../experiments/registry';
import type { TrialResult } from '../../experiments/types';
import { type CliCommand, parseOptions } from '../command';
import { Failure } from '../failure';
import { writeFileAtomically } from '../files';
import { printLines } from '../print';
import { loadResults, loadStudies, type PlannedStudy } from './folder';
import { asFailure } from './options';

const help = `Usage: npm run -s parsimony -- merge DIR… --out FILE [--experiment ID]…

Joins the shards of experiments into one file, in the order of their runs. Equal results of a run count once. An experiment
that is not whole is left out and told, with the runs and the shards it lacks, and the exit code is then 1: the file holds the
whole ones, and is not written where there are none. The page imports the file, and report reads it.

  --experiment ID    only this one of the experiments in DIR; may be given for several
  --out FILE         where the whole ones go`;

/** The studies asked for, of those in the folders. */
function chosen(studies: readonly PlannedStudy[], wanted: readonly string[]): readonly PlannedStudy[] {
  if (wanted.length === 0) return studies;
  const ids = studies.map(({ plan }) => plan.recipe);
  const odd = wanted.find((id) => !ids.includes(id));
  if (odd !== undefined)
    throw new Failure(`There are no runs of ${odd} here: ${[...new Set(ids)].join(', ')}.`);
  return studies.filter(({ plan }) => wanted.includes(plan.recipe));
}

function run(args: readonly string[]): void {
  const { values, positionals } = parseOptions(args, {
    out: { type: 'string' },
    experiment: { type: 'string', multiple: true, default: [] },
  });
  if (positionals.length === 0) throw new Failure('DIR is missing: name the folders of results.');
  if (values.out === undefined) throw new Failure('--out FILE is missing.');
  const problems: string[] = [];
  const results = loadResults(positionals, (problem) => problems.push(`${problem}.`));
  const whole: TrialResult[] = [];
  for (const { plan, shards } of chosen(loadStudies(positionals), values.experiment)) {
    const recipe = asFailure(() => recipeById(plan.recipe));
    const own = results.filter(({ recipe: id, size }) => id === plan.recipe && size === plan.size);
    try {
      whole.push(...mergeResults(recipe, plan, own, shards));
    } catch (error) {
      problems.push(errorMessage(error));
    }
  }
  if (whole.length > 0) {
    writeFileAtomically(values.out, new TextEncoder().encode(resultLines(whole)));
    printLines(`${whole.length} runs → ${values.out}`);
  }
  if (problems.length > 0) throw new Failure(problems.join('\n'));
}

/** `merge`: joins shards into one file. */
export const mergeResultsCommand: CliCommand = { help, run };
