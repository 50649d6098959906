import type { CSSProperties } from 'react';
import { formatNumber } from '../../../experiments/format';
import type { HeatPlot } from '../../../experiments/plot/types';
import styles from './Plot.module.css';

/** A table of numbers as colours, each number written in its cell: real cells, to be read by any means. */
export function Heat({ plot }: { plot: HeatPlot }) {
  const { rows, columns, values, format, label } = plot;
  const known = values.flat().filter((value): value is number => value !== null && Number.isFinite(value));
  const [lowest, highest] = [Math.min(...known), Math.max(...known)];
  const shade = (value: number): number =>
    highest > lowest ? Math.round((100 * (value - lowest)) / (highest - lowest)) : 50;
  return (
    // A scrolling region must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.heatBox} role="region" aria-label={plot.title} tabIndex={0}>
      <table className={styles.heat}>
        <caption>
          Rows: {rows.label}; columns: {columns.label}. {label}
        </caption>
        <thead>
          <tr>
            <td />
            {columns.names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.names.map((name, r) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {values[r].map((value, c) => {
                const share = value === null ? 0 : shade(value);
                return (
                  <td
                    key={columns.names[c]}
                    data-high={share > 55 || undefined}
                    data-none={value === null || undefined}
                    style={{ '--share': `${share}%` } as CSSProperties}
                  >
                    {formatNumber(value, format)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
