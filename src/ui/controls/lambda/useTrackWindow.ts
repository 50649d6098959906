import { useState } from 'react';
import { hasDrifted, type TrackWindow } from './trackWindows';

/** A window that follows its target in quarter-decade steps, and only while the hand is off. */
export function useTrackWindow(
  target: TrackWindow | null,
  held: boolean,
  fallback: TrackWindow,
): TrackWindow {
  const [shown, setShown] = useState<TrackWindow | null>(target);
  if (target && !held && (!shown || hasDrifted(shown, target))) setShown(target);
  return shown ?? fallback;
}
