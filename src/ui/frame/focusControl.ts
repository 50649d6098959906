import type { HandId } from '../../store/state';
import { NARROW } from '../kit/useMedia';
import { actions } from '../kit/actions';

/** Which of the main controls contains a control. */
const HANDS: Record<string, HandId> = {
  lambda: 'lambda',
  o: 'o',
  basis: 'basis',
  diagonalise: 'basis',
  rotate: 'basis',
  scrub: 'basis',
  keep: 'basis',
  neurons: 'neurons',
  remove: 'neurons',
  grow: 'neurons',
  undo: 'neurons',
  adapt: 'neurons',
};
const SLIDER = 'input[type="range"]:not(:disabled)';
const MINUS = '[data-control="remove"] button:not(:disabled)';
/** What receives the keyboard focus in a main control: never a button that changes something. */
const FIRST: Record<string, string> = { lambda: SLIDER, o: SLIDER, neurons: MINUS };
const FOCUSABLE =
  'input:not(:disabled):not([tabindex="-1"]), button:not(:disabled), select:not(:disabled), a[href]';

function targetOf(id: string, host: Element | null): HTMLElement | null {
  if (!host) return null;
  const first = FIRST[id];
  // One after the other: a selector list would give whichever stands first, the typed field.
  if (first)
    return host.querySelector<HTMLElement>(first) ?? host.querySelector<HTMLElement>('input:not(:disabled)');
  return host.matches(FOCUSABLE) ? (host as HTMLElement) : host.querySelector<HTMLElement>(FOCUSABLE);
}

/** Shows the control marked data-control="id" and gives it the keyboard focus. What contains it is opened first. */
export function focusControl(id: string): void {
  const { setUi } = actions();
  if (id.startsWith('setup-')) setUi({ overlay: 'setup' });
  else {
    if (id in HANDS && window.matchMedia(NARROW).matches) setUi({ hand: HANDS[id] });
    if (id in HANDS) setUi({ present: false });
    setUi({ overlay: null });
  }
  // Two frames: one for React to draw what was opened, one for a closing overlay to give the focus back.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const host = document.querySelector(`[data-control="${id}"]`);
      host?.scrollIntoView({ block: 'nearest' });
      targetOf(id, host)?.focus();
      host?.setAttribute('data-found', '');
      setTimeout(() => host?.removeAttribute('data-found'), 1600);
    }),
  );
}
