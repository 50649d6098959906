import type { DataSource } from './source';
import type { Planes } from '../network/convolution';
import type { DatasetEntry } from './registry';
import type { ActiveClasses } from './sampler';

/**
 * What a network has to know of its data: the sizes of inputs and outputs, and the task of each block where the data are
 * made of tasks.
 */
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

/**
 * The sizes of the network that a source asks for. Where the data are made of tasks, the network has one block of inputs
 * and outputs for each of `tasks`.
 */
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

/** The same for a data set that has not been loaded. */
export function shapeOf(entry: DatasetEntry, tasks: readonly number[]): NetworkShape {
  const size = entry.channels * entry.width * entry.height;
  const planes = convolutionPlanes(entry) ?? undefined;
  return shapeFor({ size, classes: entry.classNames.length, tasks: entry.tasks?.length, planes }, tasks);
}

/**
 * The output that a label is to be answered with: the label itself, or in a network with blocks its place in the block
 * of its task; −1 where the network has no block for it.
 */
export function outputOf(source: Source, blocks: readonly number[] | undefined, label: number): number {
  if (!blocks) return label;
  const classes = classesPerTask(source);
  const block = blocks.indexOf(taskOf(source, label));
  return block < 0 ? -1 : block * classes + (label % classes);
}

/** The outputs for a list of labels: the targets of the cross-entropy. */
export function outputsOf(
  source: Source,
  blocks: readonly number[] | undefined,
  labels: ArrayLike<number>,
): Int32Array {
  return Int32Array.from(labels, (label) => outputOf(source, blocks, label));
}

/**
 * The labels that batches are drawn from: those of the tasks being learnt, and of these only the classes in training.
 */
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
