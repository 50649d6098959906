import { formatNumber, formatInterval } from '../drawing/format';
import type { PlotTable } from '../drawing/plot/types';
import type { ExperimentReport } from './types';
import { criterionStatus } from './verdict';

const cellOf = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

/** A table in Markdown, with columns of numbers aligned to the right. */
function tableMarkdown({ title, columns, rows }: PlotTable): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(cellOf).join(' | ')} |`;
  const lines = rows.map((cells) =>
    row(
      cells.map((cell, c) => {
        const { format } = columns[c];
        return typeof cell === 'string' ? cell : format ? formatNumber(cell, format) : String(cell ?? '–');
      }),
    ),
  );
  const rule = row(columns.map(({ format }) => (format ? '---:' : '---')));
  return [`**${title}**`, '', row(columns.map(({ label }) => label)), rule, ...lines].join('\n');
}

/** A report in Markdown. `picture` gives the address of the picture of a plot. */
export function reportMarkdown(report: ExperimentReport, picture: (plot: string) => string): string {
  const { asked, found, doesNotShow, verdict, n, source, size, engines, differences, published, effects } =
    report;
  const papers = {
    energy: 'Energy paper (arXiv 2604.24805)',
    isotropic: 'Isotropic paper (arXiv 2602.23405)',
    control: 'Our control',
  };
  const plots = [report.main, ...report.further].map(
    // The picture itself says what it shows and what was run.
    (plot) => `![${`${plot.title}. ${plot.about}`.replace(/[[\]]/g, '\\$&')}](${picture(plot.id)})`,
  );
  const list = (title: string, items: readonly string[]): string[] =>
    items.length > 0 ? [`**${title}**\n\n${items.map((item) => `- ${item}`).join('\n')}`] : [];
  const { criteria } = verdict;
  return (
    [
      `## ${asked}`,
      `- **Asked:** ${asked}\n- **Came out:** ${found}\n- **Does not show:** ${doesNotShow}`,
      `**Verdict: ${verdict.outcome}.** ${verdict.because} (${n}; size _${size}_.)`,
      plots[0],
      report.howToRead,
      tableMarkdown(report.tables[0]),
      ...plots.slice(1),
      ...report.tables.slice(1).map(tableMarkdown),
      ...list(
        'Effect sizes, with 95 % intervals',
        effects.map(
          ({ label, kind, interval, format }) =>
            `${label}: ${kind} ${formatInterval(interval, format)}, n = ${interval.n}`,
        ),
      ),
      ...list(`The rule`, [
        verdict.rule,
        ...criteria.map(
          (one) =>
            `${criterionStatus(one)}: ${one.label}, ${formatInterval(one.interval, 'number')}, n = ${one.interval.n}`,
        ),
      ]),
      ...list(
        'Published',
        published.map(
          ({ label, value, unit, source: where }) => `${label}: ${value} ${unit}`.trimEnd() + ` (${where})`,
        ),
      ),
      ...list('What differs from the paper', differences),
      `Source: ${papers[source.paper]}, ${source.where}. Experiment \`${report.recipe}\`${engines.length > 0 ? `; run on ${engines.join('; ')}` : ''}.`,
    ].join('\n\n') + '\n'
  );
}
