import { Button } from '../kit';
import { actions } from '../kit/actions';
import { HandStatus } from './Hand';
import styles from './Hand.module.css';

/**
 * Says why a control cannot act on this layer, and offers a network whose layers it can act on. `brief` puts it on one
 * line.
 */
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
