import type { DataSource } from './source';
import type { Planes } from '../network/convolution';
import type { DatasetEntry } from './registry';
import type { ActiveClasses } from './sampler';

/** What a network must know of its data: sizes, and the task of each block where the data are made of tasks. */
export interface NetworkShape {
  inputs: number;
  outputs: number;
  blocks?: readonly number[];
  /** What a convolution reads; left out where the samples are no pictures, or of several tasks side by side. */
  planes?: Planes;
}

type Source = Pick<DataSource, 'size' | 'classes' | 'tasks' | 'planes'>;

/** What a convolution reads of a set: pictures, or event frames with bins and polarities as channels; null where samples are neither. */
export function convolutionPlanes({ sample, channels, height, width }: DatasetEntry): Planes | null {
  return sample === 'picture' || sample === 'events' ? { channels, height, width } : null;
}

/** Classes of one task; all classes where the data are not made of tasks. */
export function classesPerTask({ classes, tasks }: Pick<DataSource, 'classes' | 'tasks'>): number {
  return classes / (tasks ?? 1);
}

/** The task a label belongs to; 0 where the data are not made of tasks. */
export function taskOf(source: Pick<DataSource, 'classes' | 'tasks'>, label: number): number {
  return Math.floor(label / classesPerTask(source));
}

/** The network a source asks for: a block of inputs and outputs for each of `tasks` where it is made of tasks. */
export function shapeFor(source: Source, tasks: readonly number[]): NetworkShape {
  if (!source.tasks) {
    const { size: inputs, classes: outputs, planes } = source;
    return planes ? { inputs, outputs, planes } : { inputs, outputs };
  }
  const blocks = [...tasks];
  return {
    inputs: source.size * blocks.length,
    outputs: classesPerTask(source) * blocks.length,
    blocks,
  };
}

/** The same of a data set that has not been loaded. */
export function shapeOf(entry: DatasetEntry, tasks: readonly number[]): NetworkShape {
  const size = entry.channels * entry.width * entry.height;
  const planes = convolutionPlanes(entry) ?? undefined;
  return shapeFor({ size, classes: entry.classNames.length, tasks: entry.tasks?.length, planes }, tasks);
}

/**
 * The output that stands for a label in a network with these blocks; −1 where none does. The label itself without blocks.
 */
export function outputOf(source: Source, blocks: readonly number[] | undefined, label: number): number {
  if (!blocks) return label;
  const classes = classesPerTask(source);
  const block = blocks.indexOf(taskOf(source, label));
  return block < 0 ? -1 : block * classes + (label % classes);
}

/** `outputOf` for each of `labels`: what cross-entropy over blocks takes as targets. */
export function outputsOf(
  source: Source,
  blocks: readonly number[] | undefined,
  labels: ArrayLike<number>,
): Int32Array {
  return Int32Array.from(labels, (label) => outputOf(source, blocks, label));
}

/** Labels to draw from: those of the tasks being learnt, of which the ticked ones where some are unticked. */
export function activeLabels(
  { classes, tasks }: { classes: readonly number[] | null; tasks: readonly number[] },
  source: Pick<DataSource, 'classes' | 'tasks'>,
): ActiveClasses {
  if (!source.tasks && !classes) return null;
  if (source.tasks && !classes && tasks.length === source.tasks) return null;
  return Array.from(
    { length: source.classes },
    (_, label) =>
      (!source.tasks || tasks.includes(taskOf(source, label))) && (!classes || classes.includes(label)),
  );
}
