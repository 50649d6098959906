import type { DataSource, SplitData } from './source';
import { shiftImage, augmentationShift } from './augment';
import { taskOf } from './tasks';

/**
 * Tables from byte to input, one for each task, for data whose pixels are all treated alike; made once for each source.
 * Null where pixels are treated differently.
 */
const tables = new WeakMap<DataSource, (Float32Array | null)[]>();

function tableOf(source: DataSource, task: number): Float32Array | null {
  let known = tables.get(source);
  if (!known) {
    known = Array.from({ length: source.tasks ?? 1 }, (_, t) => makeTable(source, t));
    tables.set(source, known);
  }
  return known[task];
}

function makeTable({ size, byteScale, clip, ...source }: DataSource, task: number): Float32Array | null {
  const mean = source.mean.subarray(task * size, (task + 1) * size);
  const inverseDeviation = source.inverseDeviation.subarray(task * size, (task + 1) * size);
  const uniform =
    mean.every((value) => value === mean[0]) &&
    inverseDeviation.every((value) => value === inverseDeviation[0]);
  return uniform
    ? Float32Array.from({ length: 256 }, (_, byte) =>
        limit((byte * byteScale - mean[0]) * inverseDeviation[0], clip),
      )
    : null;
}

const limit = (value: number, clip: number): number => Math.max(-clip, Math.min(clip, value));

/** Standardises `size` bytes, of an image with this label, as row `row` of `out`: in the block of its task where there are blocks. */
function standardiseImage(
  source: DataSource,
  images: Uint8Array,
  from: number,
  label: number,
  out: Float32Array,
  row: number,
  blocks: readonly number[] | undefined,
): void {
  const { size, mean, inverseDeviation, byteScale, clip } = source;
  const task = taskOf(source, label);
  let to = row * size;
  if (blocks) {
    to *= blocks.length;
    out.fill(0, to, to + size * blocks.length);
    const block = blocks.indexOf(task);
    if (block < 0) return;
    to += block * size;
  }
  const values = tableOf(source, task);
  if (values) {
    for (let j = 0; j < size; j++) out[to + j] = values[images[from + j]];
    return;
  }
  const first = task * size;
  for (let j = 0; j < size; j++) {
    const value = (images[from + j] * byteScale - mean[first + j]) * inverseDeviation[first + j];
    out[to + j] = limit(value, clip);
  }
}

/**
 * Writes the standardised images indices[from … from+count−1] of a split into `out` [count, size]; shifted as at the optimiser
 * step `shiftStep` where one is given and the images have a width. For a network with `blocks` (NetworkSpec) `out` is
 * [count, size·blocks]: each image fills the block of its task, all else is 0.
 */
export function gatherImages(
  source: DataSource,
  split: SplitData,
  indices: Uint32Array,
  from: number,
  count: number,
  out: Float32Array,
  shiftStep: number | null = null,
  blocks?: readonly number[],
): void {
  const { size, width, channels } = source;
  const shifted = width !== undefined && shiftStep !== null ? new Uint8Array(size) : null;
  for (let i = 0; i < count; i++) {
    const image = indices[from + i];
    const label = split.labels[image];
    if (shifted && width !== undefined && shiftStep !== null) {
      shiftImage(split.images, image * size, width, augmentationShift(image, shiftStep), shifted, channels);
      standardiseImage(source, shifted, 0, label, out, i, blocks);
    } else standardiseImage(source, split.images, image * size, label, out, i, blocks);
  }
}

/** Does what `gatherImages` does for the images from … from + count − 1 of a split. */
export function gatherRange(
  source: DataSource,
  split: SplitData,
  from: number,
  count: number,
  out: Float32Array,
  blocks?: readonly number[],
): void {
  for (let i = from; i < from + count; i++) {
    standardiseImage(source, split.images, i * source.size, split.labels[i], out, i - from, blocks);
  }
}

/** Writes the labels of the images indices[from … from+count−1] of a split into `out` [count]. */
export function gatherLabels(
  split: SplitData,
  indices: Uint32Array,
  from: number,
  count: number,
  out: Int32Array | Uint8Array,
): void {
  for (let i = 0; i < count; i++) out[i] = split.labels[indices[from + i]];
}
