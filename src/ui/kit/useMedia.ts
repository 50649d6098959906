import { useSyncExternalStore } from 'react';

/** Whether a media query holds, live. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

export const REDUCED_MOTION = '(prefers-reduced-motion: reduce)';
/** Below this the page is laid out for a phone. */
export const NARROW = '(max-width: 899px)';
/** Below this the lens is a drawer. */
export const COMPACT = '(max-width: 1359px)';

/** Whether the visitor asked for less motion, at this moment. */
export function reducedMotion(): boolean {
  return window.matchMedia(REDUCED_MOTION).matches;
}
