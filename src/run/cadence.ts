import type { Configuration } from '../configuration/schema';
import { tasksScheduledAt } from './tasks';

/** Steps from one turn to the diagonal basis to the next, while `keepDiagonal` is on. */
const KEEP_DIAGONAL_STEPS = 20;

/**
 * Something a run does by itself between two steps: a round of automatic adaptation of widths, a switch to the tasks of its schedule, or
 * the turn of its isotropic layers to their diagonal bases.
 */
export type AutomaticAction =
  { kind: 'adapt' } | { kind: 'switch-tasks'; tasks: number[] } | { kind: 'turn-diagonal' };

/** What decides when a run acts by itself. */
export interface CadenceSettings {
  configuration: Pick<Configuration, 'keepDiagonal' | 'adapt' | 'adaptEvery' | 'schedule'>;
  /** Whether the network has an isotropic layer: only such layers are turned, and adapt. */
  isotropic: boolean;
  /** Whether the data are made of tasks: only then is there anything to switch. */
  tasks: boolean;
  /** Steps that make up one pass over the training set: what `adaptEvery: 0` stands for. */
  stepsPerEpoch: number;
}

/** Steps from one round of automatic adaptation to the next; Infinity while there are none. */
export function adaptationInterval({ configuration, isotropic, stepsPerEpoch }: CadenceSettings): number {
  return configuration.adapt && isotropic ? configuration.adaptEvery || stepsPerEpoch : Infinity;
}

function turnInterval({ configuration, isotropic }: CadenceSettings): number {
  return configuration.keepDiagonal && isotropic ? KEEP_DIAGONAL_STEPS : Infinity;
}

/** Steps from `step` to the next multiple of `interval`; never 0. */
function untilMultiple(step: number, interval: number): number {
  return interval === Infinity ? Infinity : interval - (step % interval);
}

/**
 * How many steps a run at `step` may take before it does something by itself: 1 or more, Infinity where nothing lies ahead. That it acts
 * at given steps, and never at the end of a slice of work, makes a run the same on a slow machine and a fast one.
 */
export function stepsUntilAction(settings: CadenceSettings, step: number): number {
  const switches = settings.tasks ? settings.configuration.schedule : [];
  return Math.min(
    untilMultiple(step, adaptationInterval(settings)),
    untilMultiple(step, turnInterval(settings)),
    ...switches.map((entry) => (entry.step > step ? entry.step - step : Infinity)),
  );
}

/** What a run does by itself once it has taken step `step`, in this order. */
export function actionsAfter(settings: CadenceSettings, step: number): AutomaticAction[] {
  const falls = (interval: number): boolean => interval !== Infinity && step % interval === 0;
  const tasks = settings.tasks ? tasksScheduledAt(settings.configuration, step) : null;
  const actions: AutomaticAction[] = [];
  if (falls(adaptationInterval(settings))) actions.push({ kind: 'adapt' });
  if (tasks) actions.push({ kind: 'switch-tasks', tasks });
  if (falls(turnInterval(settings))) actions.push({ kind: 'turn-diagonal' });
  return actions;
}
