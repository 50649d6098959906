import type { ReactNode } from 'react';
import { useLab } from '../../../store/lab';
import type { SweepRequest } from '../../../worker/protocol';
import { groupedInteger } from '../../../drawing/format';
import { Button, Switch } from '../../kit';
import { actions } from '../../kit/actions';
import styles from './Compare.module.css';
import { askSweep, useSweepRefusal, useSweep } from './view';

interface SweepControlProps {
  /** What the switch starts; null where it cannot be started, for a reason stated elsewhere. */
  sweep: SweepRequest | null;
  kind: SweepRequest['kind'];
  /** The name of the switch. */
  label: string;
  /** What the copies are, said before they exist. */
  offer: ReactNode;
  children?: ReactNode;
}

/** The one switch of a sweep, and in a sentence what it does or is doing. */
export function SweepControl({ sweep, kind, label, offer, children }: SweepControlProps) {
  const { state, pending, other } = useSweep(kind);
  const blocked = useSweepRefusal();
  const status = useLab((lab) => lab.run.status);
  const on = state !== null || pending;
  const idle = status === 'paused' || status === 'resting';
  return (
    <div className={styles.control}>
      <Switch
        checked={on}
        disabled={!on && (sweep === null || blocked !== null)}
        onChange={(start) => askSweep(start ? sweep : null)}
      >
        {label}
      </Switch>
      {children}
      <p className={styles.says} role="status">
        {pending
          ? 'Making the copies …'
          : state
            ? `Copies of your network at step ${groupedInteger(state.startStep)}, trained on the same batches as yours.`
            : (blocked ?? offer)}
        {!on && other && !blocked && ` Ends the ${kind === 'map' ? 'ladder' : 'map'}.`}
        {on && blocked && ` ${blocked}`}
        {state && !state.modelAxis && ' One after another: slower; on WebGPU they share the same dispatches.'}
        {state && idle && (
          <>
            {' They learn while yours does: '}
            <Button look="quiet" size="small" onClick={() => actions().play()}>
              Play
            </Button>
          </>
        )}
      </p>
    </div>
  );
}
