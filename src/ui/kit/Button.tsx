import type { ButtonHTMLAttributes, Ref } from 'react';
import styles from './Button.module.css';
import { Icon, type IconName } from './icons';
import { Tooltip } from './Tooltip';

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'>;

interface ButtonProps extends Native {
  /** primary: the one thing to do here; plain: a hairline button; quiet: text that acts. */
  look?: 'primary' | 'plain' | 'quiet';
  size?: 'small' | 'normal';
  icon?: IconName;
  /** Fills the width it is given. */
  wide?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with a text. */
export function Button({ look = 'plain', size = 'normal', icon, wide, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={styles.button}
      data-look={look}
      data-size={size}
      data-wide={wide ?? undefined}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Native {
  icon: IconName;
  /** The name, spoken and shown as tooltip. */
  label: string;
  /** Key shown in the tooltip, e.g. "Space". */
  hotkey?: string;
  look?: 'plain' | 'quiet' | 'round';
  /** large is 44 px at any zoom of the type. */
  size?: 'small' | 'normal' | 'big' | 'large';
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is an icon; `label` names it. */
export function IconButton({
  icon,
  label,
  hotkey,
  look = 'quiet',
  size = 'normal',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={hotkey ? `${label} (${hotkey})` : label} describes={false}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={styles.icon}
        data-look={look}
        data-size={size}
      >
        <Icon name={icon} size={size === 'large' ? 20 : 16} />
      </button>
    </Tooltip>
  );
}
