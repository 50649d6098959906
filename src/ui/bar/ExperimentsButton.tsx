import { pushRoute } from '../../store/route';
import { workbenchAddress } from '../../workbench/state/address';
import { useExperimentsStatus } from '../../workbench/state/status';
import { IconButton, Tooltip } from '../kit';
import styles from './Bar.module.css';

/** The button that opens the experiments; while some are running, it shows how far they are. */
export function ExperimentsButton({ narrow }: { narrow?: boolean }) {
  const running = useExperimentsStatus((state) => state.running);
  if (!running)
    return narrow ? null : (
      <IconButton icon="flask" label="Experiments" onClick={() => pushRoute(workbenchAddress())} />
    );
  const { made, planned, paused, question, address } = running;
  return (
    <Tooltip text={`${paused ? 'Paused' : 'Running'}: ${question}`}>
      <button
        type="button"
        className={styles.pill}
        aria-label={`Experiments: ${made} of ${planned} runs made${paused ? ', paused' : ''}`}
        onClick={() => pushRoute(address)}
      >
        <span className={styles.light} data-on={!paused || undefined} />
        {narrow ? '' : 'Runs '}
        {made}/{planned}
      </button>
    </Tooltip>
  );
}
