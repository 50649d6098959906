import type { LoadProgress } from './types';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { encodeIdx } from '../../../scripts/data/pack';
import { loadEntry } from './load';
import { DATASETS, PACKS, type SimulatedEntry } from '../registry';
import { eventFrames, FRAME_VALUES } from '../simulate/events';
import type { FetchFile } from './stream';

const [TRAIN, TEST] = [24, 6];
/** Squares that wander. */
const images = (n: number): Uint8Array => {
  const out = new Uint8Array(n * 784);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < 64; j++) out[i * 784 + 28 * (8 + (i % 5) + (j >> 3)) + 10 + (j & 7)] = 200;
  return out;
};
const labels = (n: number): Uint8Array => Uint8Array.from({ length: n }, (_, i) => (i * 3) % 10);
const files: Record<string, Uint8Array> = {
  'train-images-idx3-ubyte.gz': encodeIdx([TRAIN, 28, 28], images(TRAIN)),
  'train-labels-idx1-ubyte.gz': encodeIdx([TRAIN], labels(TRAIN)),
  't10k-images-idx3-ubyte.gz': encodeIdx([TEST, 28, 28], images(TEST)),
  't10k-labels-idx1-ubyte.gz': encodeIdx([TEST], labels(TEST)),
};
const fetch: FetchFile = (url) =>
  Promise.resolve(new Response(gzipSync(files[url.pathname.split('/').at(-1) ?? '']) as BlobPart));
const entry: SimulatedEntry = {
  ...(DATASETS.events as SimulatedEntry),
  from: { ...PACKS.mnist, trainCount: TRAIN, testCount: TEST },
  trainCount: TRAIN - 4,
  testCount: TEST - 1,
};
const base = 'https://lab.example/sub/';

describe('a set simulated from a pack', () => {
  it('has the labels of the pack and its images as seen by the camera, as many as it takes', async () => {
    let last: LoadProgress | null = null;
    const loading = loadEntry(entry, {
      base,
      standardisation: 'dataset',
      fetch,
      onProgress: (progress) => (last = progress),
    });
    await loading.ready('test', 1);
    expect(loading.source.train.labels).toEqual(labels(TRAIN).subarray(0, TRAIN - 4));
    await loading.done;
    const { source } = loading;
    expect(source).toMatchObject({ size: FRAME_VALUES, width: 17, channels: 24, classes: 10 });
    expect([source.train.ready, source.test.ready]).toEqual([TRAIN - 4, TEST - 1]);
    const bytes = (TRAIN + TEST - 5) * FRAME_VALUES;
    expect(last).toMatchObject({ train: TRAIN - 4, test: TEST - 1, bytes, totalBytes: bytes });
    const frames = new Uint8Array(FRAME_VALUES);
    eventFrames(images(TRAIN), 7 * 784, frames);
    expect(frames.some((count) => count > 0)).toBe(true);
    expect(source.train.images.subarray(7 * FRAME_VALUES, 8 * FRAME_VALUES)).toEqual(frames);
  });

  it('fails as its pack fails', async () => {
    const loading = loadEntry(entry, {
      base,
      standardisation: 'dataset',
      fetch: (url, init) =>
        url.pathname.includes('t10k-images')
          ? Promise.resolve(new Response(null, { status: 404 }))
          : fetch(url, init),
    });
    await expect(loading.done).rejects.toThrow('mnist/t10k-images-idx3-ubyte.gz: the server answered 404');
    await expect(loading.ready('train', TRAIN)).rejects.toThrow('404');
  });
});
