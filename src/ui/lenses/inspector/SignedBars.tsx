import { significant } from '../../../drawing/format';
import styles from './Inspector.module.css';

/** Named values as bars from a common zero, green to the right and purple to the left, each with its number. */
export function SignedBars({ label, rows }: { label: string; rows: { name: string; value: number }[] }) {
  const most = Math.max(1e-12, ...rows.map(({ value }) => Math.abs(value)));
  return (
    <table className={styles.bars} aria-label={label}>
      <tbody>
        {rows.map(({ name, value }) => {
          const share = (50 * Math.abs(value)) / most;
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={styles.bar} aria-hidden="true">
                <i
                  data-negative={value < 0 || undefined}
                  style={{ width: `${share}%`, [value < 0 ? 'right' : 'left']: '50%' }}
                />
              </td>
              <td>{significant(value, 2).replace('-', '−')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
