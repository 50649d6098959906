import { useState } from 'react';
import { useLab } from '../../store/lab';
import { groupedInteger } from '../../drawing/format';
import { Button } from '../kit';
import styles from '../coach/Coach.module.css';
import { actions } from '../kit/actions';

const formatter = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "3 hours ago". */
function ago(then: number, now: number): string {
  const minutes = Math.round((then - now) / 60_000);
  if (minutes > -60) return formatter.format(minutes, 'minute');
  if (minutes > -24 * 60) return formatter.format(Math.round(minutes / 60), 'hour');
  return formatter.format(Math.round(minutes / 1440), 'day');
}

/** A run was left here: continue it, or start anew. */
export function CheckpointOffer() {
  const checkpoint = useLab((state) => state.checkpoint);
  const { resumeCheckpoint } = actions();
  const [now] = useState(() => Date.now());
  if (!checkpoint) return null;
  return (
    <>
      <p className={styles.line} role="status">
        Continue at step {groupedInteger(checkpoint.step)}?{' '}
        <span className={styles.rest}>Your last run, saved {ago(checkpoint.savedAt, now)}.</span>
      </p>
      <Button look="primary" size="small" onClick={() => resumeCheckpoint(true)}>
        Continue
      </Button>
      <Button size="small" onClick={() => resumeCheckpoint(false)}>
        Start anew
      </Button>
    </>
  );
}
