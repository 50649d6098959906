import type { RunState } from '../../store/state';

/** Step at which the pace goes from Watch to Fast on a first visit: nine outlines stand clear by then. */
export const FAST_AT = 150;

/** What the first visit's autopilot looks at. */
export interface AutopilotView {
  firstVisit: boolean;
  /** Reduced motion or save-data: nothing starts by itself. */
  calm: boolean;
  status: RunState['status'];
  pace: RunState['pace'];
  step: number;
  engineReady: boolean;
  imagesReady: boolean;
}

/** What it has already done, or what the visitor did instead: each happens once. */
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
