import { errorMessage } from '../../base/errorMessage';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { reportMarkdown } from '../../experiments/markdown';
import { plotFile } from '../../drawing/plot/file';
import { recipeById } from '../../experiments/registry';
import { pictureFooter, reportOf } from '../../experiments/report';
import type { TrialResult } from '../../experiments/types';
import { type CliCommand, parseOptions } from '../command';
import { Failure } from '../failure';
import { resolvePath, writeFileAtomically } from '../files';
import { printLines } from '../print';
import { asFailure } from './experiment';
import { loadResults } from './folder';

const help = `Usage: npm run -s parsimony -- report FILE|DIR… --out DIR

Writes what results say: REPORT.md with a section for each experiment and size (question, verdict and its rule, plots,
tables), and the plots as SVG files beside it. Runs made by another version of their experiment are left out.`;

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

function run(args: readonly string[]): void {
  const { values, positionals } = parseOptions(args, { out: { type: 'string' } });
  const { out } = values;
  if (positionals.length === 0) throw new Failure('FILE is missing: name files or folders of results.');
  if (out === undefined) throw new Failure('--out DIR is missing.');
  const results = current(loadResults(positionals));
  if (results.length === 0) throw new Failure('There are no results in what was named.');
  const pairs = new Map(results.map(({ recipe, size }) => [`${recipe} ${size}`, { recipe, size }]));
  try {
    mkdirSync(resolvePath(out), { recursive: true });
  } catch (error) {
    throw new Failure(`${out} could not be made: ${errorMessage(error)}`, { cause: error });
  }
  const write = (name: string, text: string): void =>
    writeFileAtomically(join(out, name), new TextEncoder().encode(text));
  const sections = [...pairs.values()].map(({ recipe: id, size }) => {
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
