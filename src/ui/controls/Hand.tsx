import type { CSSProperties, ReactNode } from 'react';
import { Icon, type IconName } from '../kit';
import styles from './Hand.module.css';

/** One hand of the rail: name and value, the control, one status line. */
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

/** Room kept for so many lines of status, so that nothing under the hand moves when the words change. */
export function StatusLines({ n, children }: { n: 1 | 2 | 3; children: ReactNode }) {
  return (
    <div className={styles.lines} style={{ '--lines': n } as CSSProperties}>
      {children}
    </div>
  );
}

/** The status line under a hand: an icon, a colour and a sentence, with the ways out. */
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
