import { autopilot, type AutopilotMemory, type AutopilotView } from './autopilot';
import { useLab } from '../../store/lab';
import type { LabStore } from '../../store/state';

/** Whether the visitor prefers reduced motion or saves data, so that nothing should start by itself. */
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

/** Starts the first visit's run by itself, and later makes it faster. Returns how to stop doing so. */
export function startAutopilot(): () => void {
  const memory: AutopilotMemory = { started: false, hurried: false };
  const advance = (lab: LabStore): void => {
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
  advance(useLab.getState());
  return useLab.subscribe(advance);
}
