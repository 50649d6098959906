import { useLab } from '../../store/lab';
import { Icon, IconButton } from '../kit';
import styles from './Overlays.module.css';
import { actions } from '../kit/actions';

/** At most this many at once; the rest wait their turn. */
const SHOWN = 3;

/** Notices and errors, in a corner where no control lies. */
export function Problems() {
  const problems = useLab((state) => state.problems);
  const { dismissProblem } = actions();
  return (
    <section className={styles.problems} aria-label="Messages">
      {problems.slice(0, SHOWN).map(({ id, severity, title, detail }) => (
        <div
          key={id}
          className={styles.problem}
          data-severity={severity}
          role={severity === 'error' ? 'alert' : 'status'}
        >
          <Icon name={severity === 'error' ? 'error' : 'info'} />
          <p>
            <strong>{title}.</strong> {detail}
          </p>
          <IconButton icon="close" size="small" label="Dismiss" onClick={() => dismissProblem(id)} />
        </div>
      ))}
      {problems.length > SHOWN && (
        <p className={styles.moreProblems}>
          {problems.length - SHOWN} more{' '}
          <button
            type="button"
            onClick={() => {
              for (const { id } of problems) dismissProblem(id);
            }}
          >
            Dismiss all
          </button>
        </p>
      )}
    </section>
  );
}
