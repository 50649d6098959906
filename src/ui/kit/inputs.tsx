import { type ReactNode, useId, useState } from 'react';
import styles from './Field.module.css';

interface NumberFieldProps {
  value: number;
  min: number;
  max: number;
  /** Whole numbers only. */
  whole?: boolean;
  /** Whether 0 is allowed besides min … max. */
  zero?: boolean;
  onCommit: (value: number) => void;
  /** Called with what is wrong with the typed text, or with null when it is right again. */
  onError?: (message: string | null) => void;
  format?: (value: number) => string;
  label?: string;
  id?: string;
  describedBy?: string;
  compact?: boolean;
  disabled?: boolean;
  testId?: string;
}

/**
 * Reads a typed number: the value, or a sentence that says why the text is none. Commas and a typographic minus are
 * accepted.
 */
function readNumber(
  text: string,
  { min, max, whole, zero }: Pick<NumberFieldProps, 'min' | 'max' | 'whole' | 'zero'>,
): number | string {
  const value = Number(text.trim().replace(',', '.').replace('−', '-'));
  const also = zero && min > 0 ? '0 or ' : '';
  if (text.trim() === '') return 'Type a number.';
  if (!Number.isFinite(value)) return `“${text.trim()}” is not a number.`;
  if (zero && value === 0) return 0;
  if (whole && !Number.isInteger(value)) return 'Whole numbers only.';
  if (value < min || value > max) return `Between ${also}${min} and ${max}, please.`;
  return value;
}

/**
 * A field for a number. It is taken over on Enter or on leaving the field. A text that is no valid number stays as
 * typed, with the reason, and the value remains as it was.
 */
export function NumberField(props: NumberFieldProps) {
  const {
    value,
    onCommit,
    onError,
    format = String,
    label,
    id,
    describedBy,
    compact,
    disabled,
    testId,
  } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [bad, setBad] = useState(false);
  const commit = (): void => {
    if (draft === null) return;
    const read = readNumber(draft, props);
    if (typeof read === 'string') {
      setBad(true);
      onError?.(read);
      return;
    }
    setDraft(null);
    setBad(false);
    onError?.(null);
    if (read !== value) onCommit(read);
  };
  return (
    <input
      id={id}
      className={styles.input}
      data-compact={compact ?? undefined}
      data-testid={testId}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      aria-label={label}
      aria-invalid={bad}
      aria-describedby={describedBy}
      disabled={disabled}
      value={draft ?? format(value)}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape' && draft !== null) {
          event.preventDefault();
          setDraft(null);
          setBad(false);
          onError?.(null);
        }
      }}
    />
  );
}

export interface MenuOption<T extends string> {
  id: T;
  label: string;
  describe?: string;
  disabled?: boolean;
}

interface ChoiceProps<T extends string> {
  choices: readonly MenuOption<T>[];
  value: T;
  onChange: (value: T) => void;
  disabled?: boolean;
}

/** A menu of choices. */
export function Select<T extends string>({
  choices,
  value,
  onChange,
  disabled,
  label,
  id,
  describedBy,
}: ChoiceProps<T> & { label?: string; id?: string; describedBy?: string }) {
  return (
    <select
      id={id}
      className={styles.select}
      aria-label={label}
      aria-describedby={describedBy}
      disabled={disabled}
      value={value}
      onChange={(event) => {
        const choice = choices.find((c) => c.id === event.target.value);
        if (choice) onChange(choice.id);
      }}
    >
      {choices.map((choice) => (
        <option key={choice.id} value={choice.id} disabled={choice.disabled}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

/** Two to four choices side by side (a radio group). */
export function Segmented<T extends string>({
  choices,
  value,
  onChange,
  disabled,
  label,
  wide,
}: ChoiceProps<T> & { label: string; wide?: boolean }) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles.segments} data-wide={wide ?? undefined}>
      {choices.map((choice) => (
        <label key={choice.id} className={styles.segment}>
          <input
            type="radio"
            name={name}
            checked={choice.id === value}
            disabled={disabled ?? choice.disabled}
            onChange={() => onChange(choice.id)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}

/** On or off. */
export function Switch({
  checked,
  onChange,
  disabled,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <label className={styles.switch}>
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
