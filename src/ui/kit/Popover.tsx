import { type ReactNode, useId, useRef, useState } from 'react';
import buttonStyles from './Button.module.css';
import { Icon, type IconName } from './icons';
import { placePopover } from './placePopover';
import styles from './Popover.module.css';

interface PopoverProps {
  /** The name of trigger and panel. */
  label: string;
  /** What the trigger shows: text or any content; with `icon` alone the label is the accessible name. */
  trigger?: ReactNode;
  icon?: IconName;
  /** Class of the trigger; without it, a hairline button. */
  triggerClass?: string;
  look?: 'plain' | 'quiet';
  size?: 'small' | 'normal';
  testId?: string;
  /** Content, made only while open; a function gets `close`. */
  children: ReactNode | ((close: () => void) => ReactNode);
}

/** A button with a panel that opens beside it (native popover: light dismiss, Escape, top layer). */
export function Popover({
  label,
  trigger,
  icon,
  triggerClass,
  look = 'quiet',
  size,
  testId,
  children,
}: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-label={trigger == null ? label : undefined}
        aria-expanded={open}
        aria-haspopup="dialog"
        className={triggerClass ?? (trigger == null ? buttonStyles.icon : buttonStyles.button)}
        data-look={look}
        data-size={size}
        data-testid={testId}
      >
        {icon && <Icon name={icon} />}
        {trigger}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={styles.panel}
        onBeforeToggle={(event) => {
          const opening = event.newState === 'open';
          setOpen(opening);
          if (opening && button.current && panel.current)
            placePopover(panel.current, button.current.getBoundingClientRect());
        }}
      >
        {open &&
          (typeof children === 'function'
            ? children(() => document.getElementById(id)?.hidePopover())
            : children)}
      </div>
    </>
  );
}
