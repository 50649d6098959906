import { useState } from 'react';
import { numberBounds } from '../../configuration/fieldShapes';
import { differsFromDefault } from '../../configuration/url';
import { useLab } from '../../store/lab';
import { typedNumber } from '../../drawing/format';
import { Field, NumberField } from '../kit';
import styles from '../overlays/Overlays.module.css';
import { changeField, type KeysOf, resetField } from './items';

interface RangeItemProps<K> {
  field: K;
  label: string;
  hint?: string;
  /** Ends of the slider. What may be typed is bounded by the schema alone. */
  low: number;
  high: number;
  step: number;
  /**
   * Whether the value acts while the slider moves. Otherwise it acts when the slider is let go, because it starts the
   * run anew.
   */
  live?: boolean;
}

/** A slider with its typed number. */
export function RangeItem<K extends KeysOf<number>>(props: RangeItemProps<K>) {
  const { field, label, hint, low, high, step, live = false } = props;
  const { min, max } = numberBounds(field);
  const value: number = useLab((state) => state.configuration[field]);
  const changed = useLab((state) => differsFromDefault(state.configuration, field));
  const [error, setError] = useState<string | null>(null);
  /** Where the slider is while it is held. */
  const [held, setHeld] = useState<number | null>(null);
  const commit = (next: number): void => {
    setHeld(null);
    if (next !== value) changeField(field, next);
  };
  const letGo = (): void => {
    if (held !== null) commit(held);
  };
  return (
    <div data-control={`setup-${field}`}>
      <Field label={label} hint={hint} error={error} changed={changed} onPutBack={resetField(field)}>
        {({ id, describedBy, labelId }) => (
          <div className={styles.range}>
            <input
              type="range"
              aria-labelledby={labelId}
              min={low}
              max={high}
              step={step}
              value={held ?? value}
              onChange={(event) => {
                const next = Number(event.target.value);
                if (live) commit(next);
                else setHeld(next);
              }}
              onPointerUp={letGo}
              onKeyUp={letGo}
              onBlur={letGo}
            />
            <NumberField
              id={id}
              describedBy={describedBy}
              compact
              min={min}
              max={max}
              value={held ?? value}
              format={typedNumber}
              onCommit={commit}
              onError={setError}
            />
          </div>
        )}
      </Field>
    </div>
  );
}
