import type { PlotTable } from '../../../drawing/plot/types';
import { cellText } from '../plot/plotTable';
import styles from './Result.module.css';

/** A table of results; wide ones scroll within themselves. */
export function DataTable({ table }: { table: PlotTable }) {
  const { columns, rows, title } = table;
  if (rows.length === 0) return <p className={styles.quiet}>No row yet.</p>;
  return (
    // A scrolling region must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.tableBox} role="region" aria-label={`Table: ${title}`} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r}>
              {row.map((value, c) => {
                const text = cellText(value, columns[c]);
                return c === 0 ? (
                  <th key={columns[c].label} scope="row">
                    {text}
                  </th>
                ) : (
                  <td key={columns[c].label} data-words={typeof value === 'string' || undefined}>
                    {text}
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
