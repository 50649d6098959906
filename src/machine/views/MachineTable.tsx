import { groupedInteger } from '../../drawing/format';
import { MACHINE_NETWORKS, type MachineRow } from '../results';
import styles from './MeasureMachine.module.css';

const three = (value: number | null): string =>
  value === null ? '–' : value >= 1000 ? groupedInteger(value) : String(Number(value.toPrecision(3)));

/** The columns: heading, what it means, and what a row shows. */
const COLUMNS: readonly { head: string; means: string; show: (row: MachineRow) => string }[] = [
  {
    head: 'ms a step',
    means:
      'How long one training step takes, all its networks together: the median of the rounds. Less is faster.',
    show: ({ msPerStep }) => three(msPerStep),
  },
  {
    head: 'Model-steps/s',
    means:
      'Steps a second, counted for every network: ten side by side that take the time of one count ten times. This decides how long an experiment lasts.',
    show: ({ modelStepsPerSecond }) => three(modelStepsPerSecond),
  },
  {
    head: 'GFLOP/s',
    means: 'Billions of multiplications and additions a second, of the matrix products alone.',
    show: ({ gflops }) => three(gflops),
  },
  {
    head: 'Of peak',
    means:
      'The share of what these threads do at most, measured here by multiply-adds that never touch memory, times the threads. Of graphics cards the peak is not known to a page.',
    show: ({ peakShare }) => (peakShare === null ? '–' : `${Math.round(100 * peakShare)} %`),
  },
  {
    head: 'Host ms',
    means:
      'How long the thread that trains is busy handing out a step. On the CPU that is all of it; on a graphics card, the less the better it is fed.',
    show: ({ hostMsPerStep }) => three(hostMsPerStep),
  },
  {
    head: 'GPU ms',
    means: 'A step by the clock of the graphics card, without any waiting; where the browser tells it.',
    show: ({ gpuMsPerStep }) => three(gpuMsPerStep),
  },
  {
    head: 'Dispatches',
    means: 'Commands to the graphics card per step. Each costs some microseconds, whatever it does.',
    show: ({ dispatchesPerStep }) => three(dispatchesPerStep),
  },
];

const nameOf = ({ label, threads, models }: MachineRow): string =>
  [
    label,
    threads === null ? null : threads === 1 ? 'one thread' : `${threads} threads`,
    models > 1 ? `${models} side by side` : null,
  ]
    .filter(Boolean)
    .join(', ');

/** What was measured so far, a table per network, and below it what each column means. */
export function MachineTable({ rows }: { rows: readonly MachineRow[] }) {
  if (rows.length === 0) return null;
  return (
    <>
      {MACHINE_NETWORKS.map(({ id, label, batch }) => {
        const own = rows.filter(({ network }) => network === id);
        if (own.length === 0) return null;
        const fastest = own.reduce((a, b) =>
          (b.modelStepsPerSecond ?? 0) > (a.modelStepsPerSecond ?? 0) ? b : a,
        );
        return (
          // A wide table scrolls by itself on a narrow screen, by keys too.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <div key={id} className={styles.scroll} role="region" aria-label={`Measured on ${id}`} tabIndex={0}>
            <table className={styles.table}>
              <caption>
                {label}: {id}, batches of {batch}
              </caption>
              <thead>
                <tr>
                  <th scope="col">Engine</th>
                  {COLUMNS.map(({ head, means }) => (
                    <th key={head} scope="col" title={means}>
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {own.map((row) => (
                  <tr
                    key={`${row.engine} ${row.threads} ${row.models}`}
                    data-best={(row === fastest && row.msPerStep !== null) || undefined}
                  >
                    <th scope="row">{nameOf(row)}</th>
                    {row.msPerStep === null ? (
                      <td colSpan={COLUMNS.length} className={styles.note}>
                        {row.note}
                      </td>
                    ) : (
                      COLUMNS.map(({ head, show }) => <td key={head}>{show(row)}</td>)
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        );
      })}
      <details className={styles.words}>
        <summary>What the columns mean</summary>
        <dl>
          {COLUMNS.map(({ head, means }) => (
            <div key={head}>
              <dt>{head}</dt>
              <dd>{means}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}
