import { useState } from 'react';
import { groupedInteger } from '../../../drawing/format';
import styles from '../Chart.module.css';
import { rowAt, type ChartLine } from '../steps/chartLine';

export interface TableData {
  caption: string;
  head: string[];
  rows: string[][];
}

const ROWS = 200;

/** The labelled lines as a table over steps: evenly spaced raw rows, the last included. */
function tableOf(sources: readonly ChartLine[], format: (value: number) => string): TableData {
  const named = sources.filter((line) => line.label !== null && line.n > 0);
  if (!named.length) return { caption: 'No values yet.', head: ['Step'], rows: [] };
  const longest = named.reduce((a, b) => (b.n > a.n ? b : a));
  const number = Math.min(ROWS, longest.n);
  const picked = Array.from({ length: number }, (_, k) =>
    number === 1 ? 0 : Math.round((k * (longest.n - 1)) / (number - 1)),
  );
  const rows = picked.map((row) => {
    const step = longest.stepAt(row);
    return [
      groupedInteger(step),
      ...named.map((line) => {
        const read = rowAt(line, step);
        return read?.step === step ? format(read.value) : '–';
      }),
    ];
  });
  const caption =
    number < longest.n
      ? `${groupedInteger(number)} of ${groupedInteger(longest.n)} rows, evenly spaced; the CSV has every one.`
      : `All ${groupedInteger(number)} rows.`;
  return { caption, head: ['Step', ...named.map((line) => line.label ?? '')], rows };
}

interface ChartTableProps {
  title: string;
  sources: readonly ChartLine[];
  format: (value: number) => string;
  table?: () => TableData;
}

/** A chart's values as a table, as they were when it was opened. */
export function ChartTable({ title, sources, format, table }: ChartTableProps) {
  const [data] = useState(() => (table ? table() : tableOf(sources, format)));
  return (
    // A scrolling region must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.tableBox} role="region" aria-label={`Table: ${title}`} tabIndex={0}>
      <table className={styles.table}>
        <caption>{data.caption}</caption>
        <thead>
          <tr>
            {data.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map(([first, ...cells]) => (
            <tr key={first}>
              <th scope="row">{first}</th>
              {cells.map((cell, i) => (
                <td key={data.head[i + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
