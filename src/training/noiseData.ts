import type { DataSource } from '../data/source';
import type { RandomSource } from '../network/random';

/** Random bytes in `size` columns under random labels, as training and as test images, standardised to about unit variance. */
export function noiseData(rng: RandomSource, size: number, classes: number, images: number): DataSource {
  const split = {
    images: Uint8Array.from({ length: images * size }, () => rng.integer(256)),
    labels: Uint8Array.from({ length: images }, () => rng.integer(classes)),
    ready: images,
    total: images,
  };
  return {
    size,
    classes,
    train: split,
    test: split,
    byteScale: 1 / 255,
    mean: new Float32Array(size).fill(0.5),
    inverseDeviation: new Float32Array(size).fill(3),
    clip: Infinity,
  };
}
