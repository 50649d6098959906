import type { ReactNode } from 'react';
import { useLab } from '../../store/lab';
import { HandStatus } from '../controls/Hand';
import { groupedInteger } from '../../drawing/format';
import { Button } from '../kit';
import styles from './spectrum/Spectrum.module.css';

interface MeasureBarProps {
  asking: boolean;
  measured: boolean;
  step: number;
  stale: boolean;
  error: string | null;
  onMeasure: () => void;
  /** What a measurement would show; written before the first one. */
  offer: string;
  /** Fields that belong to the measurement. */
  children?: ReactNode;
  testId: string;
}

/** A button that measures, and the step of the measurement that is shown. */
export function MeasureBar({
  asking,
  measured,
  step,
  stale,
  error,
  onMeasure,
  offer,
  ...rest
}: MeasureBarProps) {
  const blocked = useLab(
    (state) => state.running === null || ['starting', 'loading', 'failed'].includes(state.run.status),
  );
  return (
    <div className={styles.measure} data-testid={rest.testId}>
      <div className={styles.measureRow}>
        <Button
          look={measured ? 'plain' : 'primary'}
          size="small"
          disabled={asking || blocked}
          onClick={onMeasure}
        >
          {asking ? 'Measuring …' : measured ? 'Measure again' : 'Measure'}
        </Button>
        {rest.children}
      </div>
      {asking && <progress className={styles.progress} aria-label="Measuring" />}
      {error !== null ? (
        <HandStatus tone="bad" live>
          {error}
        </HandStatus>
      ) : measured ? (
        <HandStatus tone={stale ? 'warn' : 'good'} live>
          {`At step ${groupedInteger(step)}${stale ? ': your network has moved on since.' : ', your network as it is.'}`}
        </HandStatus>
      ) : (
        <HandStatus>{offer}</HandStatus>
      )}
    </div>
  );
}
