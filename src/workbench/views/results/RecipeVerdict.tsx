import type { ExperimentReport } from '../../../experiments/types';
import { type VerdictCriterion, criterionStatus, type VerdictOutcome } from '../../../experiments/verdict';
import { formatNumber, formatInterval } from '../../../drawing/format';
import { Popover } from '../../../ui/kit';
import styles from './Result.module.css';

const SIGNS: Record<VerdictOutcome, string> = { reproduced: '✓', 'not reproduced': '✕', 'cannot say': '?' };
const STANDINGS = {
  met: '✓ met',
  missed: '✕ missed',
  open: '? open',
} as const;

/** "✓ reproduced": the sign, so that colour is not needed. */
export function VerdictMark({ outcome }: { outcome: VerdictOutcome }) {
  return (
    <span className={styles.verdict} data-outcome={outcome}>
      <span aria-hidden="true">{SIGNS[outcome]}</span> {outcome}
    </span>
  );
}

/** The verdict with its rule behind it. */
export function RecipeVerdict({
  verdict,
  n,
  differences,
}: Pick<ExperimentReport, 'verdict' | 'n' | 'differences'>) {
  return (
    <div className={styles.verdictLine}>
      <Popover
        label="The rule behind the verdict"
        trigger={
          <span>
            <VerdictMark outcome={verdict.outcome} /> <span className={styles.why}>rule</span>
          </span>
        }
        triggerClass={styles.verdictButton}
        testId="experiment-verdict"
      >
        <div className={styles.rule}>
          <h2>The rule, fixed before the runs</h2>
          <p>{verdict.rule}</p>
          <Criteria criteria={verdict.criteria} />
        </div>
      </Popover>
      <p>
        {verdict.because} <span className={styles.n}>{n}.</span>{' '}
        {differences.length > 0 && (
          <Popover
            label="What differs from the paper"
            trigger={
              <span className={styles.why}>
                {differences.length} {differences.length === 1 ? 'difference' : 'differences'} from the paper
              </span>
            }
            triggerClass={styles.verdictButton}
          >
            <ul className={styles.differences}>
              {differences.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Popover>
        )}
      </p>
    </div>
  );
}

/** The parts of a rule with the interval each rests on. */
function Criteria({ criteria }: { criteria: readonly VerdictCriterion[] }) {
  if (criteria.length === 0) return <p>No run yet, so no part of it can be judged.</p>;
  return (
    // A scrolling region must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.tableBox} role="region" aria-label="Parts of the rule" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">95 % interval</th>
            <th scope="col">Wanted</th>
            <th scope="col">n</th>
            <th scope="col">Stands</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map((one) => (
            <tr key={one.label}>
              <th scope="row">{one.label}</th>
              <td>{formatInterval(one.interval, 'number')}</td>
              <td>{wanted(one)}</td>
              <td>{one.interval.n}</td>
              <td data-standing={criterionStatus(one)}>{STANDINGS[criterionStatus(one)]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** "−0.5 … 0.5", "≥ 2", "≤ −2.48". */
function wanted({ above, below }: VerdictCriterion): string {
  const [low, high] = [above, below].map((bound) =>
    bound === undefined ? null : formatNumber(bound, 'number'),
  );
  if (low !== null && high !== null) return `${low} … ${high}`;
  return low !== null ? `≥ ${low}` : high !== null ? `≤ ${high}` : '–';
}
