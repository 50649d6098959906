import { useState } from 'react';
import { DEFAULT_CONFIGURATION } from '../../configuration/schema';
import { differsFromDefault } from '../../configuration/url';
import { NETWORK_LIMITS } from '../../network/spec';
import { useLab } from '../../store/lab';
import { Button, Field, IconButton, NumberField } from '../kit';
import styles from '../overlays/Overlays.module.css';
import { setField } from './items';

/** One to three stages of convolution, of 1 to 64 channels. */
export function Channels() {
  const channels = useLab((state) => state.configuration.channels);
  const changed = useLab((state) => differsFromDefault(state.configuration, 'channels'));
  const [error, setError] = useState<string | null>(null);
  const set = (next: number[]): void => {
    setError(null);
    setField('channels', next);
  };
  return (
    <div data-control="setup-channels">
      <Field
        label="Convolution stages"
        group
        error={error}
        hint={`Channels per stage, 1 to ${NETWORK_LIMITS.maxChannels}. Each stage halves rows and columns.`}
        changed={changed}
        onPutBack={() => set(DEFAULT_CONFIGURATION.channels)}
      >
        {({ labelId, describedBy }) => (
          <div className={styles.layers} role="group" aria-labelledby={labelId}>
            {channels.map((count, index) => (
              // Stages have no identity but their place.
              <div className={styles.layer} key={`${index} of ${channels.length}`}>
                <span>Stage {index + 1}</span>
                <NumberField
                  label={`Channels of stage ${index + 1}`}
                  describedBy={describedBy}
                  compact
                  whole
                  min={1}
                  max={NETWORK_LIMITS.maxChannels}
                  value={count}
                  onCommit={(value) => set(channels.map((c, i) => (i === index ? value : c)))}
                  onError={setError}
                />
                <IconButton
                  icon="close"
                  size="small"
                  label={`Take stage ${index + 1} away`}
                  disabled={channels.length <= 1}
                  onClick={() => set(channels.filter((_, i) => i !== index))}
                />
              </div>
            ))}
            <Button
              size="small"
              icon="plus"
              disabled={channels.length >= NETWORK_LIMITS.maxStages}
              onClick={() =>
                set([...channels, Math.min(NETWORK_LIMITS.maxChannels, 2 * channels[channels.length - 1])])
              }
            >
              Add a stage
            </Button>
          </div>
        )}
      </Field>
    </div>
  );
}
