import type { Gallery } from '../../store/state';

/** The studied image as the network reads it: x = clip((byte·byteScale − mean)·inverseDeviation), as in DataSource. */
export function standardise(gallery: Gallery, index: number): Float64Array {
  const { images, size, byteScale, mean, inverseDeviation, clip } = gallery;
  const x = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const v = (images[index * size + j] * byteScale - mean[j]) * inverseDeviation[j];
    x[j] = v > clip ? clip : v < -clip ? -clip : v;
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
