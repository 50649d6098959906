import { useState } from 'react';
import { hasDrifted, type TrackWindow } from './trackWindows';

/**
 * The window a slider shows. It follows its target when that has moved by a quarter of a decade, but never while the
 * slider is held.
 */
export function useTrackWindow(
  target: TrackWindow | null,
  held: boolean,
  fallback: TrackWindow,
): TrackWindow {
  const [shown, setShown] = useState<TrackWindow | null>(target);
  if (target && !held && (!shown || hasDrifted(shown, target))) setShown(target);
  return shown ?? fallback;
}
