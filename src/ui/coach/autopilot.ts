import type { RunState } from '../../store/state';

/** The step at which the pace of a first visit changes from Watch to Fast: by then nine singular values stand clear. */
export const FAST_AT = 150;

/** What the autopilot of a first visit decides by. */
export interface AutopilotView {
  firstVisit: boolean;
  /** The visitor prefers reduced motion or saves data: nothing starts by itself. */
  calm: boolean;
  status: RunState['status'];
  pace: RunState['pace'];
  step: number;
  engineReady: boolean;
  imagesReady: boolean;
}

/** What has already happened by itself, or was done by the visitor instead; each happens once. */
export interface AutopilotMemory {
  started: boolean;
  hurried: boolean;
}

/** The next thing that happens by itself on a first visit: start, later hurry, or nothing. */
export function autopilot(view: AutopilotView, memory: AutopilotMemory): 'play' | 'hurry' | null {
  if (!view.firstVisit) return null;
  if (!memory.started) {
    const ready = view.status === 'paused' && view.step === 0 && view.engineReady && view.imagesReady;
    return ready && !view.calm ? 'play' : null;
  }
  const hurry = !memory.hurried && view.status === 'playing' && view.pace === 'watch' && view.step >= FAST_AT;
  return hurry ? 'hurry' : null;
}
