import { useState } from 'react';
import { energyMeasure } from '../../energy/measures';
import { useLab } from '../../store/lab';
import type { EvaluationPoint } from '../../worker/protocol';
import { groupedInteger, percent, significant } from '../../drawing/format';
import { Tooltip } from '../kit';
import styles from './Bar.module.css';
import { useSampleNouns } from '../useSampleNouns';

type Accuracy = Pick<EvaluationPoint, 'accuracy' | 'n'>;

/**
 * The accuracy to show: that on all test images if nothing has been evaluated since, else that on the fixed 1,000. The
 * step alone cannot tell, because an operation changes the network without a step.
 */
function useHeadline(): Accuracy | undefined {
  const frame = useLab((state) => state.frame);
  const quick = useLab((state) => state.evaluations.main);
  const full = useLab((state) => state.fullEvaluations.main);
  const [measured, setMeasured] = useState({ full, quick });
  if (measured.full !== full) setMeasured({ full, quick });
  if (frame) return frame;
  return full && measured.quick === quick ? full : quick;
}

/** The three numbers that a visitor steers by: accuracy, energy, and the number of hidden neurons. */
export function Numbers({ narrow }: { narrow?: boolean }) {
  const quick = useLab((state) => state.evaluations.main);
  const measure = useLab((state) => state.configuration.measure);
  const spec = useLab((state) => state.snapshots.main?.spec);
  const best = useHeadline();
  const { many } = useSampleNouns();
  const units = spec?.hidden.reduce((sum, layer) => sum + layer.width, 0);
  const { label, formula } = energyMeasure(measure);
  const accuracy = best ? percent(best.accuracy).replace(' %', '') : '–';
  const n = best ? groupedInteger(best.n) : null;
  const unticked = useLab((state) => state.configuration.classes !== null);
  const name = unticked ? 'accuracy, all classes' : 'accuracy';
  const caption = narrow ? (n ? `acc., n ${n}` : 'accuracy') : n ? `${name}, n = ${n}` : name;
  return (
    <dl className={styles.numbers}>
      <div className={styles.number}>
        <dt>
          {unticked ? (
            <Tooltip text={`On test ${many} of all classes: those of unticked classes count as wrong.`}>
              <span>{caption}</span>
            </Tooltip>
          ) : (
            caption
          )}
        </dt>
        <dd data-role="accuracy" data-testid="accuracy">
          {accuracy}
          {best && <small> %</small>}
        </dd>
      </div>
      <div className={styles.number}>
        <dt>
          <Tooltip text={`${label}: ${formula}, on ${quick ? groupedInteger(quick.n) : 'the'} test ${many}`}>
            <span>energy E</span>
          </Tooltip>
        </dt>
        <dd data-role="energy" data-testid="energy">
          {quick ? significant(quick.energy) : '–'}
        </dd>
      </div>
      <div className={styles.number}>
        <dt>neurons</dt>
        <dd data-testid="neurons">{units === undefined ? '–' : groupedInteger(units)}</dd>
      </div>
    </dl>
  );
}
