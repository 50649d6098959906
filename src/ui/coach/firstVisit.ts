import { autopilot, type AutopilotMemory, type AutopilotView } from './autopilot';
import { useLab } from '../../store/lab';
import type { LabStore } from '../../store/state';

/** Whether the visitor's machine or habits ask for calm. */
export function prefersCalm(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches || connection?.saveData === true;
}

const autopilotView = (lab: LabStore): AutopilotView => ({
  firstVisit: lab.ui.firstVisit,
  calm: prefersCalm(),
  status: lab.run.status,
  pace: lab.run.pace,
  step: lab.run.step,
  engineReady: lab.engine !== null,
  imagesReady: lab.data !== null && lab.data.train > 0 && lab.data.test > 0,
});

/** Lets the first visit begin by itself. Returns the way to stop it. */
export function startAutopilot(): () => void {
  const memory: AutopilotMemory = { started: false, hurried: false };
  const look = (lab: LabStore): void => {
    // Nobody sees it: it begins when the lab comes on screen.
    if (lab.ui.place === 'experiments') return;
    if (lab.run.step > 0 || lab.run.status === 'playing') memory.started = true;
    // A pace chosen by hand stays.
    if (lab.run.pace === 'fast') memory.hurried = true;
    const next = autopilot(autopilotView(lab), memory);
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
