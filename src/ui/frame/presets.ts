import { type Configuration, DEFAULTS } from '../../configuration/schema';
import { useLab } from '../../store/lab';
import { focusControl } from './focusControl';

/** A network that adapts through three tasks, beside a twin of fixed width. */
export const ADAPTING_TASKS: Partial<Configuration> = {
  data: 'tasks',
  hidden: [40, 40],
  learningRate: 3e-3,
  adapt: true,
  scaffold: 4,
  theta: 1.05,
  adaptEvery: 20,
  tasks: [0],
};

/** Starts the preset anew, paused, with its twin, and shows the lens of tasks. The engine stays the visitor's choice. */
export function startAdaptingTasks(): void {
  const lab = useLab.getState();
  const { engine } = lab.configuration;
  lab.change({ ...DEFAULTS, ...ADAPTING_TASKS, engine });
  // An identical set-up is no change, but the preset promises a start.
  if (useLab.getState().run.step > 0) lab.reset();
  lab.setTwin('fixed-width');
  lab.setUi({ overlay: null, lens: 'tasks', lensOpen: true, coachQuiet: true });
  // Space plays now; on the chip that Set-up gives the focus back to, it would open Set-up again.
  focusControl('play');
}
