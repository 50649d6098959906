import type { AugmentId } from './ids';

/** A way to show training images differently each time. It is never used on test images or evaluations. */
export interface Augmentation {
  id: AugmentId;
  label: string;
  describe: string;
}

export const AUGMENTATIONS: readonly Augmentation[] = [
  { id: 'none', label: 'None', describe: 'Training images as they are.' },
  {
    id: 'shift',
    label: 'Shift by up to 2 pixels',
    describe:
      'Each training image moves −2 … 2 pixels across and down, anew each time. Test images stay as they are.',
  },
];

/** The furthest shift of an image, in pixels. */
export const MOST_SHIFT = 2;

/** The constants of the hash that decides the shift; layers/shift.wgsl.ts computes the same on the GPU. */
export const SHIFT_HASH = {
  image: 0x9e3779b1,
  step: 0x85ebca77,
  mix1: 0x7feb352d,
  mix2: 0x846ca68b,
} as const;

/**
 * By how many pixels a training image is shifted to the right and down (each −2 … 2) at an optimiser step (steps taken
 * before it). A hash of image and step decides, so that every engine, a resumed run and a twin shift alike. (The mixing
 * is C. Wellons's lowbias32.)
 */
export function augmentationShift(image: number, step: number): { dx: number; dy: number } {
  let h = Math.imul(image, SHIFT_HASH.image) ^ Math.imul(step, SHIFT_HASH.step);
  h = Math.imul(h ^ (h >>> 16), SHIFT_HASH.mix1);
  h = Math.imul(h ^ (h >>> 15), SHIFT_HASH.mix2);
  h ^= h >>> 16;
  const choices = 2 * MOST_SHIFT + 1;
  // Sixteen bits each, spread over the choices.
  return {
    dx: (((h & 0xffff) * choices) >>> 16) - MOST_SHIFT,
    dy: (((h >>> 16) * choices) >>> 16) - MOST_SHIFT,
  };
}

/**
 * Writes the image that starts at images[from] to `out` [size], shifted; `width` is the number of pixels of a row. All
 * planes (`channels`) are shifted alike, and bytes of 0 come in at the edges.
 */
export function shiftImage(
  images: Uint8Array,
  from: number,
  width: number,
  { dx, dy }: { dx: number; dy: number },
  out: Uint8Array,
  channels = 1,
): void {
  const plane = out.length / channels;
  const height = plane / width;
  for (let start = 0; start < out.length; start += plane)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [sx, sy] = [x - dx, y - dy];
        const inside = sx >= 0 && sx < width && sy >= 0 && sy < height;
        out[start + y * width + x] = inside ? images[from + start + sy * width + sx] : 0;
      }
}
