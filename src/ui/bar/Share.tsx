import { useLab } from '../../store/lab';
import { Button, Icon, Popover } from '../kit';
import { linkOf } from '../frame/pageEffects';
import styles from '../overlays/Overlays.module.css';
import { useCopy } from '../kit/useCopy';

function SharePanel() {
  const link = useLab(linkOf);
  const own = useLab((state) => state.configuration.data === 'own');
  const [state, copy] = useCopy();
  return (
    <div className={styles.share}>
      {own && (
        <p>
          <strong>Your own data do not travel with it:</strong> on another computer the link opens with the
          default data.
        </p>
      )}
      <p>The link holds the whole set-up and its seed: whoever opens it gets this same start.</p>
      <input
        readOnly
        value={link}
        aria-label="Link to this set-up"
        onFocus={(event) => event.target.select()}
      />
      <Button look="primary" icon={state === 'copied' ? 'check' : 'copy'} onClick={() => copy(link)}>
        {state === 'copied' ? 'Copied' : 'Copy link'}
      </Button>
      <span role="status" className="label">
        {state === 'refused' && (
          <>
            <Icon name="info" size={12} /> The browser did not allow copying: select the link above.
          </>
        )}
      </span>
    </div>
  );
}

/** "Copy link". */
export function Share() {
  return (
    <Popover label="Share" icon="share">
      {() => <SharePanel />}
    </Popover>
  );
}
