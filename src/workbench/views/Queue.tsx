import { recipeById } from '../../experiments/registry';
import { cancelJob, removeJob, continueJob, pauseJob, resumeJob } from '../state/queue';
import { workbenchAddress } from '../state/address';
import { knownRecipe } from '../state/sets';
import { useExperiments } from '../state/state';
import { useLab } from '../../store/lab';
import { Button } from '../../ui/kit';
import styles from './Experiments.module.css';
import { useProgress } from './useProgress';

/** What is being run, what waits and what was left unfinished: on every page of the workbench. */
export function Queue() {
  const jobs = useExperiments((state) => state.jobs);
  const running = useExperiments((state) => state.running);
  const known = jobs.filter((job) => knownRecipe(job.recipe));
  const others = known.filter((job) => job.state !== 'finished' && job.id !== running?.id);
  if (!running && others.length === 0) return null;
  return (
    <section className={styles.queue} aria-label="Queue">
      <Running />
      <ul>
        {others.map((job) => (
          <li key={job.id} data-state={job.state}>
            <span className={styles.what}>
              <a href={workbenchAddress(job)}>{recipeById(job.recipe).question}</a>{' '}
              <span className={styles.quiet}>
                {job.size} · {job.state === 'waiting' ? 'waiting its turn' : (job.note ?? 'stopped')}
              </span>
            </span>
            {job.state === 'waiting' ? (
              <Button size="small" onClick={() => cancelJob(job.id)}>
                Take out
              </Button>
            ) : (
              <>
                <Button size="small" onClick={() => void resumeJob(job.id)}>
                  Resume
                </Button>
                <Button size="small" look="quiet" onClick={() => removeJob(job.id)}>
                  Dismiss
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The job being run: how far, how long still, and its two controls. */
function Running() {
  const running = useExperiments((state) => state.running);
  const job = useExperiments((state) => state.jobs.find(({ id }) => id === state.running?.id));
  const step = useLab((state) => state.run.step);
  const progress = useProgress();
  if (!running || !job || !progress) return null;
  const { paused, ending } = running;
  return (
    <div className={styles.running}>
      <span className={styles.what}>
        <a href={workbenchAddress(job)}>{recipeById(job.recipe).question}</a>{' '}
        <span className={styles.quiet} data-testid="progress">
          {progress.text}
        </span>
      </span>
      <span className={styles.controls}>
        <Button
          size="small"
          icon={paused ? 'play' : 'pause'}
          disabled={ending}
          onClick={() => (paused ? continueJob() : pauseJob())}
        >
          {paused ? 'Go on' : 'Pause'}
        </Button>
        <Button size="small" icon="close" disabled={ending} onClick={() => cancelJob(job.id)}>
          Cancel
        </Button>
      </span>
      <progress max={1} value={progress.share} aria-label="Progress of the runs" />
      <p className={styles.quiet}>
        {paused === 'lab'
          ? 'Paused, because the lab plays: one engine at a time.'
          : step > 0
            ? `The lab is paused at step ${step} while experiments run; it keeps its run.`
            : 'The lab waits while experiments run.'}
      </p>
    </div>
  );
}
