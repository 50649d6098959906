import type { Hand } from '../../store/state';
import { NARROW } from '../kit/useMedia';
import { actions } from '../kit/actions';

const HANDS: Record<string, Hand> = {
  lambda: 'lambda',
  o: 'o',
  basis: 'basis',
  diagonalise: 'basis',
  neurons: 'neurons',
};
const FOCUSABLE = 'input:not(:disabled):not([tabindex="-1"]), button:not(:disabled), select:not(:disabled)';

/** Brings a control marked data-control="id" on screen and puts the focus in it; opens what it lies in first. */
export function focusControl(id: string): void {
  const { setUi } = actions();
  if (id.startsWith('setup-')) setUi({ overlay: 'setup' });
  else if (id in HANDS) {
    if (window.matchMedia(NARROW).matches) setUi({ hand: HANDS[id] });
    setUi({ present: false, overlay: null });
  }
  // Two frames: one for React to draw what was opened, one for a closing overlay to give the focus back.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const host = document.querySelector(`[data-control="${id}"]`);
      const target = host?.querySelector<HTMLElement>(FOCUSABLE);
      host?.scrollIntoView({ block: 'nearest' });
      target?.focus();
      host?.setAttribute('data-found', '');
      setTimeout(() => host?.removeAttribute('data-found'), 1600);
    }),
  );
}
