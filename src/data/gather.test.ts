import { describe, expect, it } from 'vitest';
import type { DataSource } from './source';
import { gatherImages, gatherLabels, gatherRange } from './gather';
import { PACKS } from './registry';
import { standardisation } from './standardise';

const bytes = Uint8Array.from({ length: 5 * 64 }, (_, i) => (i * 5) % 17);
const source = (how: 'dataset' | 'pixel'): DataSource => {
  const split = { images: bytes, labels: Uint8Array.of(3, 1, 4, 1, 5), ready: 5, total: 5 };
  return { size: 64, classes: 10, train: split, test: split, ...standardisation(PACKS.digits, how) };
};

describe('gather', () => {
  it('standardises with one mean and deviation for all pixels', () => {
    const out = new Float32Array(2 * 64);
    const data = source('dataset');
    gatherImages(data, data.train, Uint32Array.of(9, 4, 0), 1, 2, out);
    const { mean, deviation } = PACKS.digits;
    for (let j = 0; j < 64; j++) {
      expect(out[j]).toBeCloseTo((bytes[4 * 64 + j] / 16 - mean) / deviation, 5);
      expect(out[64 + j]).toBeCloseTo((bytes[j] / 16 - mean) / deviation, 5);
    }
  });

  it('standardises per pixel, clips, and leaves constant pixels unscaled', () => {
    const out = new Float32Array(64);
    const data = source('pixel');
    gatherRange(data, data.train, 3, 1, out);
    let clipped = 0;
    for (let j = 0; j < 64; j++) {
      const free = (bytes[3 * 64 + j] / 16 - data.mean[j]) * data.inverseDeviation[j];
      if (Math.abs(free) > 5) clipped++;
      expect(out[j]).toBeCloseTo(Math.max(-5, Math.min(5, free)), 5);
    }
    expect(clipped).toBeGreaterThan(0);
    expect(data.inverseDeviation[0]).toBe(1);
    expect(data.inverseDeviation.every(Number.isFinite)).toBe(true);
  });

  it('gathers labels by the same indices', () => {
    const out = new Int32Array(2);
    gatherLabels(source('dataset').train, Uint32Array.of(0, 2, 4), 1, 2, out);
    expect(Array.from(out)).toEqual([4, 5]);
  });
});
