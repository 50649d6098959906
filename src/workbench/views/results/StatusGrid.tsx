import { useMemo, useState } from 'react';
import type { Recipe, Trial, TrialResult } from '../../../experiments/types';
import { factorsWritten } from '../words';
import { LabLink } from './LabLink';
import styles from '../Run.module.css';

type Status = TrialResult['status'] | 'running' | 'to make';
const SIGNS: Record<Status, string> = { done: '●', running: '◐', 'to make': '○', diverged: '△', failed: '✕' };

/** Every run planned: a row for each combination of levels, a column for each seed. */
export function StatusGrid({
  recipe,
  trials,
  results,
  active,
}: {
  recipe: Recipe;
  trials: readonly Trial[];
  results: readonly TrialResult[];
  active: readonly string[];
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const byTrial = useMemo(() => new Map(results.map((one) => [one.trial, one])), [results]);
  const rows = useMemo(() => {
    const found = new Map<string, Trial[]>();
    for (const trial of trials) {
      const name = factorsWritten(recipe, trial.factors) || 'All';
      found.set(name, [...(found.get(name) ?? []), trial]);
    }
    return [...found];
  }, [recipe, trials]);
  const seeds = [...new Set(trials.map(({ seed }) => seed))];
  const statusOf = ({ id }: Trial): Status =>
    byTrial.get(id)?.status ?? (active.includes(id) ? 'running' : 'to make');
  const counted = (status: Status): number => trials.filter((trial) => statusOf(trial) === status).length;
  const broken = trials.flatMap(({ id }) => {
    const result = byTrial.get(id);
    return result && result.status !== 'done' ? [result] : [];
  });
  const looked = chosen === null ? undefined : byTrial.get(chosen);
  return (
    <div className={styles.status}>
      <p className={styles.legend}>
        {(['done', 'running', 'to make', 'diverged', 'failed'] as const)
          .filter((status) => counted(status) > 0)
          .map((status) => (
            <span key={status} data-status={status}>
              <span aria-hidden="true">{SIGNS[status]}</span> {counted(status)} {status}
            </span>
          ))}
      </p>
      {/* A scrolling region must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.gridBox} role="region" aria-label="Status of every run" tabIndex={0}>
        <table className={styles.grid}>
          <thead>
            <tr>
              <th scope="col">{recipe.factors.map(({ label }) => label).join(', ') || 'Run'}</th>
              {seeds.map((seed) => (
                <th key={seed} scope="col">
                  <span className="visually-hidden">seed </span>
                  {seed}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, own]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {seeds.map((seed) => {
                  const trial = own.find((one) => one.seed === seed);
                  const status = trial && statusOf(trial);
                  return (
                    <td key={seed} data-status={status}>
                      {trial && status && (
                        <button
                          type="button"
                          disabled={!byTrial.has(trial.id)}
                          aria-pressed={chosen === trial.id}
                          aria-label={`${name}, seed ${seed}: ${status}`}
                          onClick={() => setChosen(chosen === trial.id ? null : trial.id)}
                        >
                          {SIGNS[status]}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div aria-live="polite">
        {looked && (
          <p className={styles.looked}>
            {factorsWritten(recipe, looked.factors)}, seed {looked.seed}: {looked.status}.{' '}
            {looked.reason && `${looked.reason} `}
            <LabLink result={looked} />
          </p>
        )}
      </div>
      {broken.length > 0 && (
        <details className={styles.broken}>
          <summary>
            {broken.length === 1 ? 'One run is' : `${broken.length} runs are`} not in the means
          </summary>
          <ul>
            {broken.map((one) => (
              <li key={one.trial}>
                {factorsWritten(recipe, one.factors)}, seed {one.seed}: {one.status}. {one.reason}{' '}
                <LabLink result={one} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
