import { useState } from 'react';
import type { ArchitectureId } from '../../network/settings';
import { DEFAULT_CONFIGURATION } from '../../configuration/schema';
import { differsFromDefault } from '../../configuration/url';
import { sizeName } from '../../network/architectures/counts';
import { NETWORK_LIMITS, type NetworkSpec } from '../../network/spec';
import { configuredSpec } from '../../store/firstPaint';
import { useLab } from '../../store/lab';
import { Button, Field, IconButton, NumberField } from '../kit';
import styles from '../overlays/Overlays.module.css';
import { setField } from './items';

/** What the widths are, by architecture. */
const WHICH: Record<ArchitectureId, { label: string; units: string }> = {
  mlp: { label: 'Hidden layers', units: 'Units per layer' },
  cnn: { label: 'Dense layers', units: 'Units per layer after the convolutions' },
  bimodal: { label: 'Hidden layers', units: 'Neuronal units per layer; the glial ones come beside them' },
  lagrangian: {
    label: 'Hidden layers',
    units: 'Units per layer; the first has three pathways of that width',
  },
};

/** Sizes of the hidden layers in words; null where there is no network. */
const named = (spec: NetworkSpec | string | undefined): string | null =>
  typeof spec === 'object' ? spec.hidden.map(sizeName).join('→') : null;

/** One to six hidden layers of 2 to 1024 units. */
export function Widths() {
  const hidden = useLab((state) => state.configuration.hidden);
  const architecture = useLab((state) => state.configuration.architecture);
  const live = useLab((state) => named(state.snapshots.main?.spec));
  const start = useLab((state) => named(configuredSpec(state.configuration)));
  const changed = useLab((state) => differsFromDefault(state.configuration, 'hidden'));
  const [error, setError] = useState<string | null>(null);
  const set = (next: number[]): void => {
    setError(null);
    setField('hidden', next);
  };
  const now = live && start && live !== start ? ` Now, after your changes: ${live}.` : '';
  return (
    <div data-control="setup-hidden">
      <Field
        label={WHICH[architecture].label}
        group
        error={error}
        hint={`${WHICH[architecture].units}, ${NETWORK_LIMITS.minWidth} to ${NETWORK_LIMITS.maxWidth}.${now}`}
        changed={changed}
        onPutBack={() => set(DEFAULT_CONFIGURATION.hidden)}
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
                  min={NETWORK_LIMITS.minWidth}
                  max={NETWORK_LIMITS.maxWidth}
                  value={width}
                  onCommit={(value) => set(hidden.map((w, i) => (i === index ? value : w)))}
                  onError={setError}
                />
                <IconButton
                  icon="close"
                  size="small"
                  label={`Take layer ${index + 1} away`}
                  disabled={hidden.length <= NETWORK_LIMITS.minHidden}
                  onClick={() => set(hidden.filter((_, i) => i !== index))}
                />
              </div>
            ))}
            <Button
              size="small"
              icon="plus"
              disabled={hidden.length >= NETWORK_LIMITS.maxHidden}
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
