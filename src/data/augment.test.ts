import { describe, expect, it } from 'vitest';
import { randomData } from '../training/check/fixtures';
import { shiftImage, augmentationShift } from './augment';
import { gatherImages } from './gather';

/** A digit-like picture of 3 × 4 whose every byte is told from the others. */
const picture = Uint8Array.from({ length: 12 }, (_, i) => i + 1);

describe('shifts', () => {
  it('are −2 … 2 pixels each way, all 25 about equally often, and the same when asked again', () => {
    const counts = new Map<string, number>();
    for (let image = 0; image < 500; image++)
      for (let step = 0; step < 100; step++) {
        const { dx, dy } = augmentationShift(image, step);
        expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeLessThanOrEqual(2);
        expect(augmentationShift(image, step)).toEqual({ dx, dy });
        counts.set(`${dx},${dy}`, (counts.get(`${dx},${dy}`) ?? 0) + 1);
      }
    expect(counts.size).toBe(25);
    // 2,000 expected of each; a fair draw strays by some 44.
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(250);
  });

  it('do not follow from the image or the step alone', () => {
    const same = (a: [number, number], b: [number, number]): boolean =>
      JSON.stringify(augmentationShift(...a)) === JSON.stringify(augmentationShift(...b));
    let bySteps = 0;
    let byImages = 0;
    for (let i = 0; i < 1000; i++) {
      if (same([i, 5], [i, 6])) bySteps++;
      if (same([5, i], [6, i])) byImages++;
    }
    // 1 in 25 by chance.
    expect(bySteps).toBeLessThan(80);
    expect(byImages).toBeLessThan(80);
  });

  it('move pixels right and down, and bring in zeros', () => {
    const out = new Uint8Array(12);
    shiftImage(picture, 0, 3, { dx: 1, dy: 2 }, out);
    expect(Array.from(out)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 4, 5]);
    shiftImage(picture, 0, 3, { dx: -1, dy: 0 }, out);
    expect(Array.from(out)).toEqual([2, 3, 0, 5, 6, 0, 8, 9, 0, 11, 12, 0]);
  });

  it('keep to each plane', () => {
    const out = new Uint8Array(12);
    shiftImage(picture, 0, 3, { dx: 0, dy: 1 }, out, 2);
    expect(Array.from(out)).toEqual([0, 0, 0, 1, 2, 3, 0, 0, 0, 7, 8, 9]);
  });

  it('come before standardisation, by image and step, and only where images have a width', () => {
    const data = { ...randomData(12, 3, 20), width: 3 };
    const indices = Uint32Array.of(7, 19);
    const out = new Float32Array(24);
    gatherImages(data, data.train, indices, 0, 2, out, 11);
    const bytes = new Uint8Array(12);
    indices.forEach((image, i) => {
      shiftImage(data.train.images, image * 12, 3, augmentationShift(image, 11), bytes);
      bytes.forEach((byte, j) => expect(out[12 * i + j]).toBeCloseTo((byte / 255 - 0.5) * 3, 5));
    });
    const plain = new Float32Array(24);
    gatherImages(data, data.train, indices, 0, 2, plain);
    const bare = new Float32Array(24);
    gatherImages({ ...data, width: undefined }, data.train, indices, 0, 2, bare, 11);
    expect(bare).toEqual(plain);
    expect(out).not.toEqual(plain);
  });
});
