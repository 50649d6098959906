import { resultLines, mergeResults } from '../../experiments/mergeResults';
import { recipeById } from '../../experiments/registry';
import { type CliCommand, parseOptions } from '../command';
import { Failure } from '../failure';
import { writeFileAtomically } from '../files';
import { printLines } from '../print';
import { asFailure } from './experiment';
import { loadPlans, loadResults } from './folder';

const help = `Usage: npm run -s parsimony -- merge DIR… --out FILE

Joins the shards of experiments into one file, in the order of their runs. Refuses, with a list, where runs are missing or
there more than once, and writes nothing then. The page imports the file, and report reads it.`;

function run(args: readonly string[]): void {
  const { values, positionals } = parseOptions(args, { out: { type: 'string' } });
  if (positionals.length === 0) throw new Failure('DIR is missing: name the folders of results.');
  if (values.out === undefined) throw new Failure('--out FILE is missing.');
  const results = loadResults(positionals);
  const whole = loadPlans(positionals).flatMap((plan) => {
    const own = results.filter(({ recipe, size }) => recipe === plan.recipe && size === plan.size);
    return asFailure(() => mergeResults(recipeById(plan.recipe), plan, own));
  });
  writeFileAtomically(values.out, new TextEncoder().encode(resultLines(whole)));
  printLines(`${whole.length} runs → ${values.out}`);
}

/** `merge`: joins shards into one file. */
export const mergeResultsCommand: CliCommand = { help, run };
