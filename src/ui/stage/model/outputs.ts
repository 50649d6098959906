import type { DatasetId } from '../../../data/ids';
import { DATASETS } from '../../../data/registry';

/** Names of a network's outputs: all classes, or with `blocks` the classes of each block's task in turn. */
export function outputNames(data: DatasetId, blocks: readonly number[] | undefined): readonly string[] {
  const { classNames, tasks } = DATASETS[data];
  if (!blocks || !tasks) return classNames;
  const each = classNames.length / tasks.length;
  return blocks.flatMap((task) => classNames.slice(task * each, (task + 1) * each));
}

/** The output that stands for a label; −1 where the network has none. */
export function outputOfLabel(data: DatasetId, blocks: readonly number[] | undefined, label: number): number {
  const { classNames, tasks } = DATASETS[data];
  if (!blocks || !tasks) return label;
  const each = classNames.length / tasks.length;
  const block = blocks.indexOf(Math.floor(label / each));
  return block < 0 ? -1 : block * each + (label % each);
}

/** The label an output stands for. */
export function labelOfOutput(
  data: DatasetId,
  blocks: readonly number[] | undefined,
  output: number,
): number {
  const { classNames, tasks } = DATASETS[data];
  if (!blocks || !tasks) return output;
  const each = classNames.length / tasks.length;
  return blocks[Math.floor(output / each)] * each + (output % each);
}
