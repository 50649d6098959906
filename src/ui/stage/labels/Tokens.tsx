import { hasPsi } from '../../../network/spec';
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { useLab } from '../../../store/lab';
import type { InvarianceReport } from '../../../topology/types';
import { reducedMotion } from '../../kit';
import { slotStart } from '../geometry/unitAxis';
import type { StageLayout } from '../geometry/layout';
import { useLiveStage } from '../model/liveStage';
import styles from '../Stage.module.css';

/** Structural motion: 600–1200 ms. */
const MILLISECONDS = 900;

/** On removal, the constant b* leaves its row in two tokens: b*² into o, w·b* into ψ (each where it is in force). */
export function Tokens({ layout, places }: { layout: StageLayout; places: RefObject<HTMLElement | null> }) {
  const report = useLab((state) => state.lastReport);
  const hidden = useLiveStage(({ model }) => model?.snapshot.spec.hidden[model.focus]);
  const tokens = useRef<HTMLDivElement>(null);
  const row = useRef<HTMLElement>(null);
  const last = useRef(-Infinity);

  const fly = useEffectEvent(({ operation, widthsAfter }: InvarianceReport) => {
    if (operation.kind !== 'remove' || operation.layer !== layout.focus) return;
    const now = performance.now();
    const quick = now - last.current < MILLISECONDS;
    last.current = now;
    const field = tokens.current?.getBoundingClientRect();
    if (quick || reducedMotion() || !tokens.current || !field) return;
    const { bars, rows, matrix } = layout;
    const x = bars.x + 8;
    const y = slotStart(rows, widthsAfter[operation.layer + 1]);
    // The row that left folds into the edge of those that stay.
    const right = matrix ? matrix.x + matrix.w : bars.x + bars.w;
    Object.assign(row.current?.style ?? {}, {
      left: `${bars.x}px`,
      top: `${y}px`,
      width: `${right - bars.x}px`,
      height: `${Math.max(3, (operation.count / rows.perSlot) * rows.pitch)}px`,
    });
    row.current?.animate(
      [
        { opacity: 0.35, transform: 'scaleY(1)' },
        { opacity: 0, transform: 'scaleY(0)' },
      ],
      { duration: MILLISECONDS * 0.7, easing: 'ease-in' },
    );
    for (const token of tokens.current.children) {
      const name = token.getAttribute('data-token') ?? '';
      const goal = places.current?.querySelector(`[data-place='${name}']`);
      if (!goal) continue;
      const to = goal.getBoundingClientRect();
      const lift = name === 'o' ? -14 : 8;
      const end = `translate(${to.left - field.left}px, ${to.top - field.top}px)`;
      token.animate(
        [
          { transform: `translate(${x}px, ${y}px)`, opacity: 0 },
          { transform: `translate(${x + 12}px, ${y + lift}px)`, opacity: 1, offset: 0.2 },
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
      <i ref={row} />
      {hidden && hidden.o !== 'off' && <span data-token="o">o +b*²</span>}
      {hidden && hasPsi(hidden.psi) && <span data-token="psi">ψ +w·b*</span>}
    </div>
  );
}
