import { errorMessage } from '../../base/errorMessage';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { reportMarkdown } from '../../experiments/markdown';
import { plotFile } from '../../drawing/plot/file';
import { recipeById } from '../../experiments/registry';
import { pictureFooter, reportOf } from '../../experiments/report';
import { contradiction, sameNumbers } from '../../experiments/results';
import type { SizeName, TrialResult } from '../../experiments/types';
import { type CliCommand, parseOptions } from '../command';
import { Failure } from '../failure';
import { resolvePath, writeFileAtomically } from '../files';
import { printLines } from '../print';
import { loadResults } from './folder';
import { asFailure } from './options';

const help = `Usage: npm run -s parsimony -- report FILE|DIR… --out DIR

Writes what results say: REPORT.md with a section for each experiment and size (question, verdict and its rule, plots,
tables), and the plots as SVG files beside it. Runs made by another version of their experiment are left out; equal results of
one run count once, and different ones are refused.`;

/** Results of the present versions of their experiments; a line for people on each experiment some are left out of. */
function current(results: readonly TrialResult[]): TrialResult[] {
  const other = new Map<string, number>();
  const kept = results.filter(({ recipe: id, recipeVersion }) => {
    const same = asFailure(() => recipeById(id)).version === recipeVersion;
    if (!same) other.set(id, (other.get(id) ?? 0) + 1);
    return same;
  });
  for (const [id, count] of other)
    printLines(`${id}: ${count} of its runs were made by another version and are left out.`);
  return kept;
}

/** Results of seeds beyond are not held against their trials: an altered file could ask for any number. */
const MOST_SEEDS = 1000;

/**
 * Each run once, so that a file given twice makes nothing more certain; a line for people on what counts once. Throws a Failure where results
 * of one run differ, and where one contradicts the trial it claims to be of.
 */
function once(results: readonly TrialResult[]): TrialResult[] {
  const kept = new Map<string, TrialResult>();
  let repeated = 0;
  for (const result of results) {
    const { recipe, size, trial, engine } = result;
    const key = `${recipe} ${size} ${trial}`;
    const before = kept.get(key);
    if (before && before.engine.id !== engine.id)
      throw new Failure(
        `${recipe} (${size}): ${trial} was made on ${before.engine.label} and on ${engine.label}. Report one engine at a time.`,
      );
    if (before && !sameNumbers(before, result))
      throw new Failure(`${recipe} (${size}): ${trial} is there more than once, with different results.`);
    if (before) repeated += 1;
    else kept.set(key, result);
  }
  if (repeated > 0) printLines(`${repeated} results are there more than once and count once.`);
  const found = [...kept.values()];
  for (const [recipe, size] of pairsOf(found)) {
    const own = found.filter((one) => one.recipe === recipe && one.size === size);
    const seeds = Math.min(MOST_SEEDS, Math.max(...own.map(({ seed }) => seed)) + 1);
    const trials = new Map(
      recipeById(recipe)
        .trials(size, { seeds })
        .map((trial) => [trial.id, trial]),
    );
    for (const result of own) {
      const trial = trials.get(result.trial);
      const how = trial && contradiction(trial, result);
      if (how) throw new Failure(`${recipe} (${size}): the result of ${result.trial} is altered: ${how}.`);
    }
  }
  return found;
}

/** The experiments and sizes that results are of, each once. */
function pairsOf(results: readonly TrialResult[]): [string, SizeName][] {
  const pairs = new Map<string, [string, SizeName]>();
  for (const { recipe, size } of results) pairs.set(`${recipe} ${size}`, [recipe, size]);
  return [...pairs.values()];
}

function run(args: readonly string[]): void {
  const { values, positionals } = parseOptions(args, { out: { type: 'string' } });
  const { out } = values;
  if (positionals.length === 0) throw new Failure('FILE is missing: name files or folders of results.');
  if (out === undefined) throw new Failure('--out DIR is missing.');
  const results = once(current(loadResults(positionals)));
  if (results.length === 0) throw new Failure('There are no results in what was named.');
  try {
    mkdirSync(resolvePath(out), { recursive: true });
  } catch (error) {
    throw new Failure(`${out} could not be made: ${errorMessage(error)}`, { cause: error });
  }
  const write = (name: string, text: string): void =>
    writeFileAtomically(join(out, name), new TextEncoder().encode(text));
  const sections = pairsOf(results).map(([id, size]) => {
    const recipe = asFailure(() => recipeById(id));
    const report = reportOf(recipe, size, results);
    const nameOf = (plot: string): string => `${id}.${size}.${plot}.svg`;
    for (const plot of [report.main, ...report.further])
      write(nameOf(plot.id), plotFile(plot, pictureFooter(report)).text);
    printLines(`${id} (${size}): ${report.verdict.outcome}. ${report.verdict.because}`);
    return reportMarkdown(report, nameOf);
  });
  write('REPORT.md', `# Results\n\n${sections.join('\n')}`);
}

/** `report`: writes what results say as Markdown and SVG. */
export const writeReportCommand: CliCommand = { help, run };
