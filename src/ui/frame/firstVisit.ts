import { useLab } from '../../store/lab';
import type { Lab } from '../../store/state';

/** Step at which the pace goes from Watch to Fast on a first visit: nine outlines stand clear by then. */
export const FAST_AT = 150;

/** What the first visit's autopilot looks at. */
export interface AutopilotView {
  firstVisit: boolean;
  /** Reduced motion or save-data: nothing starts by itself. */
  calm: boolean;
  status: Lab['run']['status'];
  pace: Lab['run']['pace'];
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

/** Whether the visitor's machine or habits ask for calm. */
export function calm(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches || connection?.saveData === true;
}

export const viewOf = (lab: Lab): AutopilotView => ({
  firstVisit: lab.ui.firstVisit,
  calm: calm(),
  status: lab.run.status,
  pace: lab.run.pace,
  step: lab.run.step,
  engineReady: lab.engine !== null,
  imagesReady: lab.data !== null && lab.data.train > 0 && lab.data.test > 0,
});

/** Lets the first visit begin by itself. Returns the way to stop it. */
export function startAutopilot(): () => void {
  const memory: AutopilotMemory = { started: false, hurried: false };
  const look = (lab: Lab): void => {
    if (lab.run.step > 0 || lab.run.status === 'playing') memory.started = true;
    // A pace chosen by hand stays.
    if (lab.run.pace === 'fast') memory.hurried = true;
    const next = autopilot(viewOf(lab), memory);
    if (next === 'play') {
      memory.started = true;
      lab.play();
    } else if (next === 'hurry') {
      memory.hurried = true;
      lab.setPace('fast');
    }
  };
  look(useLab.getState());
  return useLab.subscribe(look);
}
