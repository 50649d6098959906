import { Button } from '../kit';
import { actions } from '../kit/actions';
import { HandStatus } from './Hand';
import styles from './Hand.module.css';

/** Why a hand cannot act on this layer, and the way out: a network whose layers all can. `brief`: on one line. */
export function Refused({ id, reason, brief }: { id?: string; reason: string; brief?: boolean }) {
  return (
    <HandStatus id={id}>
      {reason}{' '}
      <span className={styles.links}>
        <Button look="quiet" size="small" onClick={() => actions().change({ architecture: 'mlp' })}>
          {brief ? 'MLP (restarts)' : 'Choose MLP (restarts)'}
        </Button>
      </span>
    </HandStatus>
  );
}
