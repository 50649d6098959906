import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './Button';
import styles from './Dialog.module.css';

interface DialogProps {
  title: string;
  onClose: () => void;
  /** drawer: at the left edge over the lab, not modal, so the lab goes on; dialog: in the middle, modal; wide: a dialog for tables. */
  kind?: 'dialog' | 'wide' | 'drawer';
  children: ReactNode;
}

/** A panel over the lab. Focus goes in and comes back; Escape and the backdrop close it. */
export function Dialog({ title, onClose, kind = 'dialog', children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    if (!dialog) return;
    if (kind === 'drawer') dialog.show();
    else dialog.showModal();
    (dialog.querySelector<HTMLElement>('[data-autofocus]') ?? dialog.querySelector('h2'))?.focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [kind]);

  useEffect(() => {
    const dialog = element.current;
    const down = (event: PointerEvent): void => {
      if (kind !== 'drawer' && event.target === dialog) onClose();
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    dialog?.addEventListener('pointerdown', down);
    if (kind === 'drawer') dialog?.addEventListener('keydown', key);
    return () => {
      dialog?.removeEventListener('pointerdown', down);
      dialog?.removeEventListener('keydown', key);
    };
  }, [kind, onClose]);

  return (
    <dialog
      ref={element}
      className={styles.dialog}
      data-kind={kind === 'wide' ? 'dialog' : kind}
      data-wide={kind === 'wide' || undefined}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles.inner}>
        <div className={styles.head}>
          <h2 id={heading} tabIndex={-1}>
            {title}
          </h2>
          <IconButton icon="close" label={`Close ${title}`} onClick={onClose} />
        </div>
        <div className={styles.body}>{children}</div>
      </div>
    </dialog>
  );
}
