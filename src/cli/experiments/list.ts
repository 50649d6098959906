import { RECIPES } from '../../experiments/registry';
import { SIZE_NAMES } from '../../experiments/types';
import { type CliCommand, parseOptions } from '../command';
import { Failure } from '../failure';
import { printLines } from '../print';

const help = `Usage: npm run -s parsimony -- experiments [--json]

Lists the experiments: id, question, source, and how many runs each size has.`;

function run(args: readonly string[]): void {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean', default: false } });
  if (positionals.length > 0)
    throw new Failure(`experiments takes no names; found ${positionals.join(' ')}.`);
  const entries = RECIPES.map((recipe) => ({
    id: recipe.id,
    question: recipe.question,
    source: recipe.source,
    factors: Object.fromEntries(recipe.factors.map(({ id, label }) => [id, label])),
    runs: Object.fromEntries(SIZE_NAMES.map((size) => [size, recipe.trials(size).length])),
  }));
  if (values.json) {
    printLines(JSON.stringify(entries));
    return;
  }
  const widest = Math.max(...entries.map(({ id }) => id.length));
  for (const { id, question, source, runs } of entries) {
    const counts = SIZE_NAMES.map((size) => `${size} ${runs[size]}`).join(', ');
    printLines(
      `${id.padEnd(widest)}  ${question}\n${' '.repeat(widest)}  ${source.paper}, ${source.where}; runs: ${counts}`,
    );
  }
}

/** `experiments`: lists them with what they ask. */
export const experimentsCommand: CliCommand = { help, run };
