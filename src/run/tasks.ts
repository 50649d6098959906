import type { DataSource } from '../data/source';
import type { Configuration } from '../configuration/schema';
import { classesPerTask } from '../data/tasks';
import type { TrainingState } from '../network/network';
import { growBlock, removeBlock } from '../topology/operations/networkEnds';

/** The fields of a configuration that decide which blocks of inputs and outputs a network has. */
type TaskSettings = Pick<Configuration, 'tasks' | 'taskBlocks' | 'transport' | 'warmUp'>;

/** The tasks whose blocks a network lacks, and those of the blocks it is to lose. */
function blockChanges(
  blocks: readonly number[],
  { tasks, taskBlocks }: Pick<Configuration, 'tasks' | 'taskBlocks'>,
): { missing: number[]; surplus: number[] } {
  return {
    missing: tasks.filter((task) => !blocks.includes(task)),
    surplus: taskBlocks === 'drop' ? blocks.filter((task) => !tasks.includes(task)) : [],
  };
}

/** Whether a network with these blocks (undefined where the data are one task) needs others under a configuration. */
export function needsOtherBlocks(
  blocks: readonly number[] | undefined,
  configuration: Pick<Configuration, 'tasks' | 'taskBlocks'>,
): boolean {
  if (!blocks) return false;
  const { missing, surplus } = blockChanges(blocks, configuration);
  return missing.length > 0 || surplus.length > 0;
}

/**
 * A network with the blocks that the tasks being learnt need. Missing blocks are grown, which leaves the logits there were exactly as
 * they were; blocks of other tasks are dropped or, with `taskBlocks: 'mask'`, kept without being shown an image. The state itself is
 * returned where nothing is to be done.
 */
export function withTasks(state: TrainingState, settings: TaskSettings, source: DataSource): TrainingState {
  const { blocks } = state.network.spec;
  if (!blocks) return state;
  const { missing, surplus } = blockChanges(blocks, settings);
  const classes = classesPerTask(source);
  const options = { transport: settings.transport, warmUp: settings.warmUp };
  let next = state;
  for (const task of missing) next = growBlock(next, task, source.size, classes, options);
  for (const task of surplus) next = removeBlock(next, task, source.size, classes, options);
  return next;
}

/** Tasks as asked for, each once and in order. Throws a sentence for people where the data have no such tasks. */
export function validateTasks(tasks: readonly number[], source: Pick<DataSource, 'tasks'>): number[] {
  const sorted = [...new Set(tasks)].sort((a, b) => a - b);
  if (!source.tasks) throw new Error('This data set is one task: there are no others to switch on or off.');
  if (sorted.length === 0) throw new Error('One task at least is to be learnt.');
  const odd = sorted.find((task) => task < 0 || task >= (source.tasks ?? 0));
  if (odd !== undefined) throw new Error(`There is no task ${odd + 1}: the data set has ${source.tasks}.`);
  return sorted;
}

/** The tasks that the schedule of a configuration switches to at a step; null where it switches to none. */
export function tasksScheduledAt(
  { schedule }: Pick<Configuration, 'schedule'>,
  step: number,
): number[] | null {
  return schedule.find((entry) => entry.step === step)?.tasks ?? null;
}
