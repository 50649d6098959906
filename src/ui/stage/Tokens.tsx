import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { useLab } from '../../store/lab';
import type { InvarianceReport } from '../../topology/types';
import { reducedMotion } from '../kit';
import { extent } from './axis';
import type { Layout } from './layout';
import { useLive } from './live';
import styles from './Stage.module.css';

/** Structural motion: 600–1200 ms. */
const MILLISECONDS = 900;

/** On removal, the constant b* leaves its row in two tokens: b*² into o, w·b* into ψ (each where it is in force). */
export function Tokens({ layout, places }: { layout: Layout; places: RefObject<HTMLElement | null> }) {
  const report = useLab((state) => state.lastReport);
  const hidden = useLive(({ model }) => model?.snapshot.spec.hidden[model.focus]);
  const tokens = useRef<HTMLDivElement>(null);
  const last = useRef(-Infinity);

  const fly = useEffectEvent(({ operation }: InvarianceReport) => {
    if (operation.kind !== 'remove' || operation.layer !== layout.focus) return;
    const now = performance.now();
    const quick = now - last.current < MILLISECONDS;
    last.current = now;
    const field = tokens.current?.getBoundingClientRect();
    if (quick || reducedMotion() || !tokens.current || !field) return;
    const x = layout.bars.x + 8;
    const y = layout.rows.start + extent(layout.rows);
    for (const token of tokens.current.children) {
      const name = token.getAttribute('data-token') ?? '';
      const goal = places.current?.querySelector(`[data-place='${name}']`);
      if (!goal) continue;
      const to = goal.getBoundingClientRect();
      const end = `translate(${to.left - field.left}px, ${to.top - field.top}px)`;
      token.animate(
        [
          { transform: `translate(${x}px, ${y}px)`, opacity: 0 },
          { transform: `translate(${x + 12}px, ${y - 6}px)`, opacity: 1, offset: 0.2 },
          { transform: end, opacity: 1, offset: 0.85 },
          { transform: end, opacity: 0 },
        ],
        { duration: MILLISECONDS, easing: 'cubic-bezier(0.3, 0, 0.2, 1)' },
      );
    }
  });
  useEffect(() => {
    if (report) fly(report.report);
  }, [report]);

  return (
    <div ref={tokens} className={styles.tokens} aria-hidden="true">
      {hidden && hidden.o !== 'off' && <span data-token="o">o +b*²</span>}
      {hidden && hidden.psi !== 'off' && <span data-token="psi">ψ +w·b*</span>}
    </div>
  );
}
