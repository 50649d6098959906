import { useState } from 'react';
import { numberBounds } from '../../configuration/fieldShapes';
import { type Configuration, DEFAULT_CONFIGURATION } from '../../configuration/schema';
import { differsFromDefault } from '../../configuration/url';
import { useLab } from '../../store/lab';
import { typedNumber } from '../../drawing/format';
import { type MenuOption, Field, NumberField, Select, Switch } from '../kit';
import { actions } from '../kit/actions';

/** The fields of a configuration that hold a T. */
export type KeysOf<T> = {
  [K in keyof Configuration]: Configuration[K] extends T ? K : never;
}[keyof Configuration];

/** Changes a field from Set-up. */
export function setField<K extends keyof Configuration>(key: K, value: Configuration[K]): void {
  actions().change({ [key]: value });
}

/** Puts a field back to its default. */
export const resetField = (key: keyof Configuration) => () => setField(key, DEFAULT_CONFIGURATION[key]);

/** Does what `setField` does, where only the kind of the value is known and not the field. */
export const changeField = (key: keyof Configuration, value: number | boolean): void => setField(key, value);

interface ItemProps<K> {
  field: K;
  label: string;
  hint?: string;
}

/** A menu for a field whose values are listed in a registry. */
export function ChoiceItem<K extends KeysOf<string>>({
  field,
  label,
  choices,
  hint,
  disabled,
}: ItemProps<K> & { choices: readonly MenuOption<Configuration[K]>[]; disabled?: boolean }) {
  const value = useLab((state) => state.configuration[field]);
  const changed = useLab((state) => differsFromDefault(state.configuration, field));
  const describe = choices.find((choice) => choice.id === value)?.describe;
  return (
    <div data-control={`setup-${field}`}>
      <Field label={label} hint={hint ?? describe} changed={changed} onPutBack={resetField(field)}>
        {({ id, describedBy }) => (
          <Select
            id={id}
            describedBy={describedBy}
            choices={choices}
            value={value}
            disabled={disabled}
            onChange={(next) => setField(field, next)}
          />
        )}
      </Field>
    </div>
  );
}

/** A typed number, within the bounds that the schema gives its field. */
export function NumberItem<K extends KeysOf<number>>({
  field,
  label,
  hint,
  disabled,
}: ItemProps<K> & { disabled?: boolean }) {
  const { min, max, whole } = numberBounds(field);
  const value: number = useLab((state) => state.configuration[field]);
  const changed = useLab((state) => differsFromDefault(state.configuration, field));
  const [error, setError] = useState<string | null>(null);
  return (
    <div data-control={`setup-${field}`}>
      <Field label={label} hint={hint} error={error} changed={changed} onPutBack={resetField(field)}>
        {({ id, describedBy }) => (
          <NumberField
            id={id}
            describedBy={describedBy}
            value={value}
            min={min}
            max={max}
            whole={whole}
            disabled={disabled}
            format={whole ? String : typedNumber}
            onCommit={(next) => changeField(field, next)}
            onError={setError}
          />
        )}
      </Field>
    </div>
  );
}

/** On or off. */
export function SwitchItem<K extends KeysOf<boolean>>({ field, label, hint }: ItemProps<K>) {
  const value: boolean = useLab((state) => state.configuration[field]);
  const changed = useLab((state) => differsFromDefault(state.configuration, field));
  return (
    <div data-control={`setup-${field}`}>
      <Field label={label} hint={hint} changed={changed} onPutBack={resetField(field)} group>
        {() => (
          <Switch checked={value} onChange={(next) => changeField(field, next)}>
            <span className="visually-hidden">{label}: </span>
            {value ? 'on' : 'off'}
          </Switch>
        )}
      </Field>
    </div>
  );
}
