/**
 * Makes what the lab ships of its own results from the files of runs in a folder: `npm run results -- DIR --date "…" --machine "…"`.
 * Results go to public/results (with the list the page reads), plots to docs/results, and RESULTS.md is written from both.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reportMarkdown } from '../src/experiments/markdown';
import { plotFile } from '../src/drawing/plot/file';
import { resultLines } from '../src/experiments/mergeResults';
import { RECIPES } from '../src/experiments/registry';
import { pictureFooter, reportOf } from '../src/experiments/report';
import { parseResults } from '../src/experiments/results';
import { SIZE_NAMES, type ExperimentReport } from '../src/experiments/types';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { date: { type: 'string' }, machine: { type: 'string' } },
});
const [from] = positionals;
const { date, machine } = values;
if (!from || !date || !machine) {
  console.error('Usage: npm run results -- DIR --date "22 Nov 2026" --machine "two CPU cores, no GPU; …"');
  process.exit(1);
}

const there = new Set(readdirSync(from));
for (const folder of ['public/results', 'docs/results']) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
const entries: { recipe: string; size: string; file: string }[] = [];
const reports: ExperimentReport[] = [];
for (const recipe of RECIPES)
  for (const size of SIZE_NAMES) {
    const file = `${recipe.id}.${size}.jsonl`;
    if (!there.has(file)) continue;
    const results = parseResults(readFileSync(join(from, file), 'utf8'));
    // The machine is told in words, once for all: its name is nobody else's business.
    const published = results.map(({ provenance, ...result }) =>
      provenance ? { ...result, provenance: { ...provenance, host: null } } : result,
    );
    writeFileSync(join('public/results', file), resultLines(published));
    entries.push({ recipe: recipe.id, size, file });
    const report = reportOf(recipe, size, results);
    for (const plot of [report.main, ...report.further])
      writeFileSync(
        join('docs/results', `${recipe.id}.${size}.${plot.id}.svg`),
        plotFile(plot, pictureFooter(report)).text,
      );
    reports.push(report);
    console.log(`${recipe.id} (${size}): ${report.verdict.outcome}. ${report.verdict.because}`);
  }
writeFileSync('public/results/index.json', `${JSON.stringify({ date, machine, entries }, null, 2)}\n`);

const anchor = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replace(/ /g, '-');
const overview = reports.map(
  ({ asked, recipe, size, verdict, n }) =>
    `| [${asked}](#${anchor(asked)}) | ${verdict.outcome} | ${n} | \`${recipe}\`, ${size} |`,
);
const missing = RECIPES.filter(({ id }) => !reports.some(({ recipe }) => recipe === id)).map(({ id }) => id);
writeFileSync(
  'RESULTS.md',
  `# Results from our run

Made on ${date} on ${machine} by \`npm run -s parsimony -- experiment …\`, and written by \`npm run results\` from the files in
[public/results](public/results), which the page ships. A verdict follows from intervals by a rule that stands with each recipe;
“cannot say” is an answer. Sizes smaller than the papers’ are no proof of what full ones would give: what differs stands with each.
${missing.length > 0 ? `\nNot run: ${missing.map((id) => `\`${id}\``).join(', ')}.\n` : ''}
| Question | Verdict | n | Experiment |
| --- | --- | --- | --- |
${overview.join('\n')}

${reports.map((report) => reportMarkdown(report, (plot) => `docs/results/${report.recipe}.${report.size}.${plot}.svg`)).join('\n')}`,
);
