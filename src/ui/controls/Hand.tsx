import type { CSSProperties, ReactNode } from 'react';
import { Icon, type IconName } from '../kit';
import styles from './Hand.module.css';

/**
 * One of the four main controls (a "hand" in the interface): its name and value, the control itself, and a line that
 * says how things stand.
 */
export function Hand({
  id,
  title,
  value,
  children,
}: {
  id: string;
  title: string;
  value?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.hand} data-control={id} aria-label={title}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {value}
      </div>
      {children}
    </section>
  );
}

const TONES: Record<'plain' | 'good' | 'warn' | 'bad', IconName | null> = {
  plain: null,
  good: 'check',
  warn: 'warning',
  bad: 'error',
};

/** Keeps room for `n` lines of status, so that nothing below moves when the words change. */
export function StatusLines({ n, children }: { n: 1 | 2 | 3; children: ReactNode }) {
  return (
    <div className={styles.lines} style={{ '--lines': n } as CSSProperties}>
      {children}
    </div>
  );
}

/**
 * The line under a control that says how things stand: an icon, a colour and a sentence, with links to what can be done.
 */
export function HandStatus({
  tone = 'plain',
  id,
  live,
  children,
}: {
  tone?: keyof typeof TONES;
  id?: string;
  /** Spoken when it changes (for results, not for running numbers). */
  live?: boolean;
  children: ReactNode;
}) {
  const icon = TONES[tone];
  return (
    <div id={id} className={styles.status} data-tone={tone} role={live ? 'status' : undefined}>
      {icon && <Icon name={icon} size={14} />}
      <div>{children}</div>
    </div>
  );
}
