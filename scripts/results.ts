/**
 * Makes what the lab ships of its own results from the files of runs in a folder: `npm run results -- DIR --date "…" --machine "…"`.
 * Results go to public/results (with the list the page reads); docs/results gets the plots, a page for each experiment and, as its
 * README.md, a table of all. Without DIR the pages are written anew from what is shipped.
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
const SHIPPED = 'public/results';
const [from = SHIPPED] = positionals;
const { date, machine } =
  from === SHIPPED
    ? (JSON.parse(readFileSync(join(SHIPPED, 'index.json'), 'utf8')) as { date: string; machine: string })
    : values;
if (!date || !machine) {
  console.error('Usage: npm run results -- DIR --date "22 Nov 2026" --machine "two CPU cores, no GPU; …"');
  process.exit(1);
}

// All is read before anything is removed: the folder may be that of the results shipped.
const runs = new Map(
  readdirSync(from)
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => [file, readFileSync(join(from, file), 'utf8')]),
);
for (const folder of [SHIPPED, 'docs/results']) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
const entries: { recipe: string; size: string; file: string }[] = [];
const reports: ExperimentReport[] = [];
for (const recipe of RECIPES)
  for (const size of SIZE_NAMES) {
    const file = `${recipe.id}.${size}.jsonl`;
    const lines = runs.get(file);
    if (lines === undefined) continue;
    const results = parseResults(lines);
    // The machine is told in words, once for all: its name is nobody else's business.
    const published = results.map(({ provenance, ...result }) =>
      provenance ? { ...result, provenance: { ...provenance, host: null } } : result,
    );
    writeFileSync(join(SHIPPED, file), resultLines(published));
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
writeFileSync(join(SHIPPED, 'index.json'), `${JSON.stringify({ date, machine, entries }, null, 2)}\n`);

const page = ({ recipe, size }: ExperimentReport): string => `${recipe}.${size}.md`;
for (const report of reports) {
  const body = reportMarkdown(report, (plot) => `${report.recipe}.${report.size}.${plot}.svg`);
  writeFileSync(
    join('docs/results', page(report)),
    `${body.replace(/^## /, '# ')}\n[All results](README.md)\n`,
  );
}
const overview = reports.map(
  (report) =>
    `| [${report.asked}](${page(report)}) | ${report.verdict.outcome} | ${report.n} | \`${report.recipe}\`, ${report.size} |`,
);
const missing = RECIPES.filter(({ id }) => !reports.some(({ recipe }) => recipe === id)).map(({ id }) => id);
writeFileSync(
  'docs/results/README.md',
  `# Results from our run

Made on ${date} on ${machine} by \`npm run -s parsimony -- experiment …\`, and written by \`npm run results\` from the files in
[public/results](../../public/results), which the page ships. A verdict follows from intervals by a rule that stands with each recipe;
“cannot say” is an answer. Sizes smaller than the papers’ are no proof of what full ones would give: what differs stands with each.
${missing.length > 0 ? `\nNot run: ${missing.map((id) => `\`${id}\``).join(', ')}.\n` : ''}
| Question | Verdict | n | Experiment |
| --- | --- | --- | --- |
${overview.join('\n')}
`,
);
