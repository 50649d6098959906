import { type ReactNode, useId } from 'react';
import { IconButton } from './Button';
import styles from './Field.module.css';

interface FieldProps {
  label: string;
  /** One sentence under the control. */
  hint?: ReactNode;
  error?: string | null;
  /** Shows a dot and a way to put the default back. */
  changed?: boolean;
  onPutBack?: () => void;
  /** For groups (segments, lists): the label names a group instead of one input. */
  group?: boolean;
  children: (ids: { id: string; describedBy: string | undefined; labelId: string }) => ReactNode;
}

/** A labelled control with hint, error, the "changed" dot and "put back". */
export function Field({ label, hint, error, changed, onPutBack, group, children }: FieldProps) {
  const id = useId();
  const note = `${id}-note`;
  const labelId = `${id}-label`;
  const describedBy = error || hint ? note : undefined;
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        {group ? (
          <span id={labelId} className={styles.label}>
            {label}
          </span>
        ) : (
          <label id={labelId} htmlFor={id} className={styles.label}>
            {label}
          </label>
        )}
        {changed && (
          <>
            <span className={styles.dot} role="img" aria-label="changed" />
            {onPutBack && (
              <IconButton icon="undo" size="small" label={`Put ${label} back`} onClick={onPutBack} />
            )}
          </>
        )}
      </div>
      {children({ id, describedBy, labelId })}
      {(error || hint) && (
        <p
          id={note}
          className={styles.note}
          data-error={error ? true : undefined}
          role={error ? 'alert' : undefined}
        >
          {error || hint}
        </p>
      )}
    </div>
  );
}
