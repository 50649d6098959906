import { configuredWidths } from '../../store/firstPaint';
import { useLab } from '../../store/lab';
import { IconButton } from '../kit';
import styles from './Hand.module.css';
import { actions } from '../kit/actions';

/** "Layer 1 of 2": the choice of the hidden layer that the controls act on. */
export function Focus() {
  const focus = useLab((state) => state.ui.focus);
  const depth = useLab(
    (state) => state.snapshots.main?.spec.hidden.length ?? configuredWidths(state.configuration).length,
  );
  const { setUi } = actions();
  return (
    <div className={styles.focus} role="group" aria-label="Focus layer" data-control="focus">
      <span>
        Layer {focus + 1} of {depth}
      </span>
      {depth > 1 && (
        <span>
          <IconButton
            icon="left"
            size="small"
            label="Previous hidden layer"
            disabled={focus === 0}
            onClick={() => setUi({ focus: focus - 1 })}
          />
          <IconButton
            icon="right"
            size="small"
            label="Next hidden layer"
            disabled={focus >= depth - 1}
            onClick={() => setUi({ focus: focus + 1 })}
          />
        </span>
      )}
    </div>
  );
}
