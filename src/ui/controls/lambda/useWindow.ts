import { useState } from 'react';
import { drifted, type Window } from './windows';

/** A window that follows its target in quarter-decade steps, and only while the hand is off. */
export function useWindow(target: Window | null, held: boolean, fallback: Window): Window {
  const [shown, setShown] = useState<Window | null>(target);
  if (target && !held && (!shown || drifted(shown, target))) setShown(target);
  return shown ?? fallback;
}
