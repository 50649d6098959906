import type { DataSource } from '../../data/source';
import type { Configuration } from '../../configuration/schema';
import { DATASETS } from '../../data/registry';
import { classesPerTask } from '../../data/tasks';
import type { TrainingState } from '../../network/network';
import { removeBlock, growBlock } from '../../topology/operations/networkEnds';

/** What of a configuration decides a network's blocks. */
type TaskSettings = Pick<Configuration, 'tasks' | 'taskBlocks' | 'transport' | 'warmUp'>;

/**
 * A network with the blocks the tasks being learnt need: missing ones grown (old logits stay exactly as they were), those of other
 * tasks dropped or, with `mask`, kept and never shown. The state itself where nothing is to do.
 */
export function withTasks(
  state: TrainingState,
  { tasks, taskBlocks, transport, warmUp }: TaskSettings,
  source: DataSource,
): TrainingState {
  const { blocks } = state.network.spec;
  if (!blocks) return state;
  const classes = classesPerTask(source);
  const options = { transport, warmUp };
  let next = state;
  for (const task of tasks)
    if (!blocks.includes(task)) next = growBlock(next, task, source.size, classes, options);
  for (const task of taskBlocks === 'drop' ? blocks : [])
    if (!tasks.includes(task)) next = removeBlock(next, task, source.size, classes, options);
  return next;
}

/** Tasks as asked for, in order; throws a sentence for people where data and tasks do not go together. */
export function validateTasks(tasks: readonly number[], source: Pick<DataSource, 'tasks'>): number[] {
  const sorted = [...new Set(tasks)].sort((a, b) => a - b);
  if (!source.tasks) throw new Error('This data set is one task: there are no others to switch on or off.');
  if (sorted.length === 0) throw new Error('One task at least is to be learnt.');
  const odd = sorted.find((task) => task < 0 || task >= (source.tasks ?? 0));
  if (odd !== undefined) throw new Error(`There is no task ${odd + 1}: the data set has ${source.tasks}.`);
  return sorted;
}

/** What a switch is called on its pin: "Task + Fashion-MNIST", "Tasks + Letters − MNIST"; null where nothing changed. */
export function switchLabel({ data, tasks: before }: Configuration, after: readonly number[]): string | null {
  const name = (task: number): string => DATASETS[data].tasks?.[task] ?? String(task + 1);
  const changes = [
    ...after.filter((task) => !before.includes(task)).map((task) => `+ ${name(task)}`),
    ...before.filter((task) => !after.includes(task)).map((task) => `− ${name(task)}`),
  ];
  if (changes.length === 0) return null;
  return `${changes.length > 1 ? 'Tasks' : 'Task'} ${changes.join(' ')}`;
}

/** The tasks that a schedule switches to at a step, or null. */
export function tasksScheduledAt(
  { schedule }: Pick<Configuration, 'schedule'>,
  step: number,
): number[] | null {
  return schedule.find((entry) => entry.step === step)?.tasks ?? null;
}

/** Steps until the next switch of the schedule; Infinity without one. */
export function stepsUntilSwitch({ schedule }: Pick<Configuration, 'schedule'>, step: number): number {
  return Math.min(...schedule.map((entry) => (entry.step > step ? entry.step - step : Infinity)));
}
