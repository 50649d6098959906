import { describe, expect, it } from 'vitest';
import { DATASETS } from '../../../data/registry';
import { columnOf } from '../../../data/text/hash';
import type { Gallery } from '../../../store/state';
import { inputForm, kernelForm, mosaic, pixelsOf } from '../geometry/valueForms';
import { rasterForm } from '../paint/pattern';
import { traceLines, rasterPicture, wordsByColumn } from './samples';
import { COLOUR_STEPS } from '../paint/signedColours';

const gallery = (dataset: string, images: Uint8Array, size: number): Gallery => ({
  type: 'gallery',
  dataset,
  images,
  labels: new Uint8Array(images.length / size),
  size,
  byteScale: 1 / 255,
  mean: new Float32Array(size),
  inverseDeviation: new Float32Array(size).fill(1),
  clip: 10,
  tasks: null,
});

describe('samples', () => {
  it('are pictures in grey, or plane by plane in colour', () => {
    const size = 3 * 32 * 32;
    const bytes = new Uint8Array(size);
    bytes[5] = 255;
    bytes[1024 + 5] = 128;
    bytes[2048 + 6] = 64;
    const { pixels, width } = rasterPicture(gallery('emoji', bytes, size), 0);
    expect([width, pixels[5], pixels[6]]).toEqual([32, 0xff0080ff, 0xff400000]);
    const grey = rasterPicture(gallery('digits', new Uint8Array(64).fill(200), 64), 0);
    expect([grey.width, grey.pixels[3]]).toEqual([8, 0xffc8c8c8]);
  });

  it('are traces in lines short enough to be read', () => {
    expect([traceLines(96), traceLines(512)]).toEqual([1, 4]);
  });

  it('name the columns of texts by their words, the most frequent first', () => {
    const words = wordsByColumn(['A heart, a drum', 'heart of oak']);
    expect(words.get(columnOf('heart'))).toContain('heart');
    expect(words.get(columnOf('a'))?.[0]).toBe('a');
  });
});

describe('forms of weights', () => {
  const colours = Uint32Array.from({ length: 2 * COLOUR_STEPS + 1 }, (_, i) => i);

  it('follow the kind of sample', () => {
    expect(inputForm(DATASETS.emoji)).toEqual({ kind: 'colour', height: 32, width: 32 });
    expect(inputForm(DATASETS.glosses)).toEqual({ kind: 'list' });
    expect(inputForm({ ...DATASETS.digits, sample: 'trace', width: 512, height: 1 })).toEqual({
      kind: 'line',
    });
    const stage = { inChannels: 3, inHeight: 32, inWidth: 32, channels: 8, activation: 'relu' as const };
    expect(kernelForm(stage, inputForm(DATASETS.emoji)).kind).toBe('colour');
    expect(kernelForm(stage, null)).toEqual(mosaic(3, 3, 3));
  });

  it('lay event frames out with ON above OFF, half of the bins after the other', () => {
    const form = inputForm({ ...DATASETS.digits, sample: 'events', channels: 24, width: 17, height: 17 });
    if (form.kind !== 'planes') throw new Error('planes expected');
    expect(form.cells.slice(0, 7)).toEqual([0, 2, 4, 6, 8, 10, 1]);
    expect(form.cells.slice(12, 14)).toEqual([12, 14]);
    expect(pixelsOf(form)).toEqual({ width: 102, height: 68 });
  });

  it('put every value of a mosaic on its pixel', () => {
    const form = mosaic(4, 1, 2);
    if (form.kind !== 'planes') throw new Error('planes expected');
    const values = [1, -1, 0.5, 0, -0.5, 1, 1, 0];
    const { pixels, width } = rasterForm(values, { ...form, across: 2 }, 1, colours);
    expect(width).toBe(4);
    const at = (v: number): number => COLOUR_STEPS + Math.round(v * COLOUR_STEPS);
    expect(Array.from(pixels)).toEqual([1, -1, 0.5, 0, -0.5, 1, 1, 0].map(at));
  });

  it('draw zero as middle grey in colour', () => {
    const { pixels } = rasterForm([0, 1, 0, -1, 0, 0], { kind: 'colour', height: 1, width: 2 }, 1, colours);
    expect(Array.from(pixels, (p) => p & 0xffffff)).toEqual([0x808080, 0x8000ff]);
  });
});
