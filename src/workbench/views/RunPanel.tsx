import { groupedInteger } from '../../drawing/format';
import { useMemo, useState } from 'react';
import type { Recipe, SizeName, TrialResult } from '../../experiments/types';
import { SIZE_NAMES } from '../../experiments/types';
import { cancelJob, enqueueJob, resumeJob, jobTrials } from '../state/queue';
import { pushRoute } from '../../store/route';
import { workbenchAddress } from '../state/address';
import { useExperiments } from '../state/state';
import { useLab } from '../../store/lab';
import { Button, Field, NumberField, Segmented } from '../../ui/kit';
import styles from './Run.module.css';
import { StatusGrid } from './results/StatusGrid';
import { trialsDuration } from './duration';
import { levelWritten, SIZE_WORDS } from './words';

/** Most seeds that can be asked for on this page; the command line takes more. */
const MOST_SEEDS = 100;

/** What to run, how long it will take, and how every run stands. */
export function RunPanel({
  recipe,
  size,
  own,
}: {
  recipe: Recipe;
  size: SizeName;
  own: readonly TrialResult[];
}) {
  const job = useExperiments((state) => state.jobs.find(({ id }) => id === `${recipe.id} ${size}`));
  const running = useExperiments((state) => state.running);
  const paces = useExperiments((state) => state.paces);
  const engine = useLab((state) => state.engine);
  const levels: Readonly<Record<string, readonly (string | number)[]>> = recipe.sizes[size].levels;
  const [seeds, setSeeds] = useState(job?.seeds ?? recipe.sizes[size].seeds);
  const [only, setOnly] = useState<Record<string, string[]>>(job?.only ?? {});
  const [problem, setProblem] = useState<string | null>(null);

  const wanted = useMemo(() => ({ recipe: recipe.id, size, seeds, only }), [recipe, size, seeds, only]);
  const trials = useMemo(() => jobTrials(wanted), [wanted]);
  const held = new Set(own.filter((one) => !engine || one.engine.id === engine.id).map(({ trial }) => trial));
  const missing = trials.filter(({ id }) => !held.has(id));
  const time = trialsDuration(recipe.id, size, missing, paces);
  const steps = missing.reduce((sum, one) => sum + one.steps, 0);
  const isRunning = running?.id === job?.id && running !== null;
  const failed = own.filter(({ status }) => status === 'failed').length;

  const toggle = (factor: string, level: string): void => {
    const all = levels[factor].map(String);
    const now = Object.hasOwn(only, factor) ? only[factor] : all;
    const next = now.includes(level)
      ? now.filter((one) => one !== level)
      : all.filter((one) => one === level || now.includes(one));
    // Without any level there is nothing to run.
    if (next.length === 0) return;
    const rest = Object.fromEntries(Object.entries(only).filter(([id]) => id !== factor));
    setOnly(next.length === all.length ? rest : { ...rest, [factor]: next });
  };
  const sizes = SIZE_NAMES.filter((name) => name !== 'tiny' || size === 'tiny');
  const varied = recipe.factors.filter(({ id }) => Object.hasOwn(levels, id) && levels[id].length > 1);

  return (
    <section className={styles.panel} aria-labelledby="run-title">
      <h2 id="run-title">Run it here</h2>
      <Segmented
        label="Size"
        wide
        choices={sizes.map((name) => ({ id: name, label: name }))}
        value={size}
        onChange={(name) => pushRoute(workbenchAddress({ recipe: recipe.id, size: name }))}
      />
      <p className={styles.quiet}>{SIZE_WORDS[size]}.</p>
      <div className={styles.fields}>
        <Field label="Seeds" error={problem}>
          {({ id, describedBy }) => (
            <NumberField
              id={id}
              describedBy={describedBy}
              whole
              value={seeds}
              min={1}
              max={MOST_SEEDS}
              disabled={isRunning}
              onCommit={setSeeds}
              onError={setProblem}
            />
          )}
        </Field>
        {varied.length > 0 && (
          <details className={styles.levels}>
            <summary>
              Levels <span className={styles.quiet}>{Object.keys(only).length > 0 ? 'some' : 'all'}</span>
            </summary>
            {varied.map(({ id, label }) => (
              <fieldset key={id} disabled={isRunning}>
                <legend>{label}</legend>
                {levels[id].map(String).map((level) => (
                  <label key={level}>
                    <input
                      type="checkbox"
                      checked={!Object.hasOwn(only, id) || only[id].includes(level)}
                      onChange={() => toggle(id, level)}
                    />
                    {levelWritten(id, level)}
                  </label>
                ))}
              </fieldset>
            ))}
          </details>
        )}
      </div>
      <dl className={styles.facts}>
        <dt>Runs</dt>
        <dd>
          {trials.length}
          {missing.length === 0
            ? ', all made'
            : missing.length < trials.length && `, ${missing.length} of them missing`}
        </dd>
        <dt>Steps</dt>
        <dd>{groupedInteger(steps)}</dd>
        <dt>Time (estimate)</dt>
        <dd>{missing.length === 0 ? 'nothing to do' : (time ?? 'not measured here yet')}</dd>
        <dt>Engine</dt>
        <dd>{engine ? engine.label : 'chosen at the start'}</dd>
      </dl>
      {seeds < recipe.minimumSeeds && size !== 'tiny' && (
        <p className={styles.quiet}>
          The rule asks for {recipe.minimumSeeds} seeds at least: with {seeds} the verdict will be “cannot
          say”.
        </p>
      )}
      <div className={styles.buttons}>
        {isRunning ? (
          <Button icon="close" disabled={running.ending} onClick={() => cancelJob(running.id)}>
            Cancel
          </Button>
        ) : job?.state === 'waiting' ? (
          <Button onClick={() => cancelJob(job.id)}>Take out of the queue</Button>
        ) : (
          <Button look="primary" disabled={missing.length === 0} onClick={() => enqueueJob(wanted)}>
            {missing.length === 0
              ? 'All runs are made'
              : `${running ? 'Queue' : missing.length < trials.length ? 'Make the missing' : 'Run'} ${missing.length} ${missing.length === 1 ? 'run' : 'runs'}`}
          </Button>
        )}
        {failed > 0 && job && !isRunning && (
          <Button onClick={() => void resumeJob(job.id, true)}>Try the {failed} failed again</Button>
        )}
      </div>
      {!isRunning && !running && missing.length > 0 && (
        <p className={styles.quiet}>
          One engine at a time: the lab pauses while experiments run. Each finished run is kept in this
          browser at once, so a closed tab loses only the runs under way.
        </p>
      )}
      <StatusGrid recipe={recipe} trials={trials} results={own} active={isRunning ? running.trials : []} />
    </section>
  );
}
