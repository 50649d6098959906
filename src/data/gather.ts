import type { DataSource, Split } from '../training/engine';
import { shiftImage, shiftOf } from './augment';

/** Table from byte to input for sources that treat all pixels alike, null for the others; made once per source. */
const tables = new WeakMap<DataSource, Float32Array | null>();

function table(source: DataSource): Float32Array | null {
  const known = tables.get(source);
  if (known !== undefined) return known;
  const { mean, inverseDeviation, byteScale, clip } = source;
  const uniform =
    mean.every((value) => value === mean[0]) &&
    inverseDeviation.every((value) => value === inverseDeviation[0]);
  const made = uniform
    ? Float32Array.from({ length: 256 }, (_, byte) =>
        limit((byte * byteScale - mean[0]) * inverseDeviation[0], clip),
      )
    : null;
  tables.set(source, made);
  return made;
}

const limit = (value: number, clip: number): number => Math.max(-clip, Math.min(clip, value));

function standardiseImage(
  source: DataSource,
  images: Uint8Array,
  from: number,
  out: Float32Array,
  to: number,
): void {
  const { size, mean, inverseDeviation, byteScale, clip } = source;
  const values = table(source);
  if (values) {
    for (let j = 0; j < size; j++) out[to + j] = values[images[from + j]];
    return;
  }
  for (let j = 0; j < size; j++) {
    out[to + j] = limit((images[from + j] * byteScale - mean[j]) * inverseDeviation[j], clip);
  }
}

/**
 * Writes the standardised images indices[from … from+count−1] of a split into `out` [count, size]; shifted as at the optimiser
 * step `shiftStep` where one is given and the images have a width.
 */
export function gather(
  source: DataSource,
  split: Split,
  indices: Uint32Array,
  from: number,
  count: number,
  out: Float32Array,
  shiftStep: number | null = null,
): void {
  const { size, width } = source;
  const shifted = width !== undefined && shiftStep !== null ? new Uint8Array(size) : null;
  for (let i = 0; i < count; i++) {
    const image = indices[from + i];
    if (shifted && width !== undefined && shiftStep !== null) {
      shiftImage(split.images, image * size, width, shiftOf(image, shiftStep), shifted);
      standardiseImage(source, shifted, 0, out, i * size);
    } else standardiseImage(source, split.images, image * size, out, i * size);
  }
}

/** Writes the standardised images from … from+count−1 of a split, in their own order, into `out` [count, size]. */
export function gatherRange(
  source: DataSource,
  split: Split,
  from: number,
  count: number,
  out: Float32Array,
): void {
  for (let i = 0; i < count; i++) {
    standardiseImage(source, split.images, (from + i) * source.size, out, i * source.size);
  }
}

/** Writes the labels of the images indices[from … from+count−1] of a split into `out` [count]. */
export function gatherLabels(
  split: Split,
  indices: Uint32Array,
  from: number,
  count: number,
  out: Int32Array | Uint8Array,
): void {
  for (let i = 0; i < count; i++) out[i] = split.labels[indices[from + i]];
}
