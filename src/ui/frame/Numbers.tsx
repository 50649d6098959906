import { energyMeasure } from '../../energy/measures';
import { useLab } from '../../store/lab';
import type { LabState } from '../../store/state';
import { count, percent, significant } from '../format';
import { Tooltip } from '../kit';
import styles from './Bar.module.css';

/** The accuracy to show: on all test images if that was measured at the latest step, else on the fixed 1,000. */
export function headlineAccuracy(
  state: Pick<LabState, 'evaluations' | 'fullEvaluations'>,
): { accuracy: number; n: number; step: number } | null {
  const quick = state.evaluations.main;
  const full = state.fullEvaluations.main;
  if (full && (!quick || full.step >= quick.step)) return full;
  return quick ?? null;
}

/** The three numbers a visitor steers by. */
export function Numbers({ narrow }: { narrow?: boolean }) {
  const quick = useLab((state) => state.evaluations.main);
  const full = useLab((state) => state.fullEvaluations.main);
  const frame = useLab((state) => state.frame);
  const measure = useLab((state) => state.configuration.measure);
  const spec = useLab((state) => state.snapshots.main?.spec);
  const best = frame ?? headlineAccuracy({ evaluations: { main: quick }, fullEvaluations: { main: full } });
  const units = spec?.hidden.reduce((sum, layer) => sum + layer.width, 0);
  const { label, formula } = energyMeasure(measure);
  const accuracy = best ? percent(best.accuracy).replace(' %', '') : '–';
  const n = best ? count(best.n) : null;
  return (
    <dl className={styles.numbers}>
      <div className={styles.number}>
        <dt>{narrow ? 'accuracy' : n ? `accuracy, n = ${n}` : 'accuracy'}</dt>
        <dd data-role="accuracy" data-testid="accuracy">
          {accuracy}
          {best && <small> %</small>}
        </dd>
      </div>
      <div className={styles.number}>
        <dt>
          <Tooltip text={`${label}: ${formula}, on the same images`}>
            <span>energy E</span>
          </Tooltip>
        </dt>
        <dd data-role="energy" data-testid="energy">
          {quick ? significant(quick.energy) : '–'}
        </dd>
      </div>
      <div className={styles.number}>
        <dt>neurons</dt>
        <dd data-testid="neurons">{units === undefined ? '–' : count(units)}</dd>
      </div>
    </dl>
  );
}
