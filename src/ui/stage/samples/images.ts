import type { DatasetId } from '../../../data/ids';
import { DATASETS } from '../../../data/registry';
import type { Gallery } from '../../../store/state';

/** The task a gallery image belongs to; 0 where its data are not made of tasks. */
export function taskOfImage(gallery: Gallery, index: number): number {
  const { classNames, tasks } = DATASETS[gallery.dataset as DatasetId];
  return tasks ? Math.floor(gallery.labels[index] / (classNames.length / tasks.length)) : 0;
}

/**
 * A gallery image as the network reads it: x = clip((byte·byteScale − mean)·inverseDeviation), as in DataSource. With `blocks` it
 * fills the block of its task and all else is 0.
 */
export function standardise(gallery: Gallery, index: number, blocks?: readonly number[]): Float64Array {
  const { images, size, byteScale, clip } = gallery;
  const task = taskOfImage(gallery, index);
  const mean = gallery.mean.subarray(task * size);
  const inverseDeviation = gallery.inverseDeviation.subarray(task * size);
  const x = new Float64Array(size * (blocks?.length ?? 1));
  const block = blocks ? blocks.indexOf(task) : 0;
  if (block < 0) return x;
  for (let j = 0; j < size; j++) {
    const v = (images[index * size + j] * byteScale - mean[j]) * inverseDeviation[j];
    x[block * size + j] = v > clip ? clip : v < -clip ? -clip : v;
  }
  return x;
}

/** How many images a gallery holds. */
export const galleryCount = (gallery: Gallery): number => gallery.labels.length;

export function softmax(logits: ArrayLike<number>, from = 0, count = logits.length): Float64Array {
  const out = new Float64Array(count);
  let top = -Infinity;
  for (let i = 0; i < count; i++) top = Math.max(top, logits[from + i]);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += out[i] = Math.exp(logits[from + i] - top);
  for (let i = 0; i < count; i++) out[i] /= sum;
  return out;
}

/** Index of the largest of `count` values from `from`. */
export function argmax(values: ArrayLike<number>, from = 0, count = values.length): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (values[from + i] > values[from + best]) best = i;
  return best;
}
