import { useState } from 'react';
import { DEFAULTS } from '../../../configuration/schema';
import { differs } from '../../../configuration/url';
import { LIMITS } from '../../../network/spec';
import { useLab } from '../../../store/lab';
import { Button, Field, IconButton, NumberField } from '../../kit';
import styles from '../Overlays.module.css';
import { setField } from './items';

/** One to six hidden layers of 2 to 1024 units. */
export function Widths() {
  const hidden = useLab((state) => state.configuration.hidden);
  const live = useLab((state) => state.snapshots.main?.spec.hidden.map((layer) => layer.width).join('→'));
  const changed = useLab((state) => differs(state.configuration, 'hidden'));
  const [error, setError] = useState<string | null>(null);
  const set = (next: number[]): void => {
    setError(null);
    setField('hidden', next);
  };
  const now = live !== undefined && live !== hidden.join('→') ? ` Now, after your changes: ${live}.` : '';
  return (
    <div data-control="setup-hidden">
      <Field
        label="Hidden layers"
        group
        error={error}
        hint={`Units per layer, ${LIMITS.minWidth} to ${LIMITS.maxWidth}.${now}`}
        changed={changed}
        onPutBack={() => set(DEFAULTS.hidden)}
      >
        {({ labelId, describedBy }) => (
          <div className={styles.layers} role="group" aria-labelledby={labelId}>
            {hidden.map((width, index) => (
              // Layers have no identity but their place.
              <div className={styles.layer} key={`${index} of ${hidden.length}`}>
                <span>Layer {index + 1}</span>
                <NumberField
                  label={`Units of layer ${index + 1}`}
                  describedBy={describedBy}
                  compact
                  whole
                  min={LIMITS.minWidth}
                  max={LIMITS.maxWidth}
                  value={width}
                  onCommit={(value) => set(hidden.map((w, i) => (i === index ? value : w)))}
                  onError={setError}
                />
                <IconButton
                  icon="close"
                  size="small"
                  label={`Take layer ${index + 1} away`}
                  disabled={hidden.length <= LIMITS.minHidden}
                  onClick={() => set(hidden.filter((_, i) => i !== index))}
                />
              </div>
            ))}
            <Button
              size="small"
              icon="plus"
              disabled={hidden.length >= LIMITS.maxHidden}
              onClick={() => set([...hidden, hidden[hidden.length - 1]])}
            >
              Add a layer
            </Button>
          </div>
        )}
      </Field>
    </div>
  );
}
