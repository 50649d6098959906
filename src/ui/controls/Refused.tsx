import { Button } from '../kit';
import { actions } from '../kit/actions';
import { Status } from './Hand';
import styles from './Hand.module.css';

/** Why a hand cannot act on this layer, and the way out: a network whose layers all can. */
export function Refused({ id, reason }: { id?: string; reason: string }) {
  return (
    <Status id={id}>
      {reason}{' '}
      <span className={styles.links}>
        <Button look="quiet" size="small" onClick={() => actions().change({ architecture: 'mlp' })}>
          Choose MLP (restarts)
        </Button>
      </span>
    </Status>
  );
}
