import type { LoadProgress } from './types';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../configuration/schema';
import { loadDataset } from './load';
import { DATASETS, PACKS, type PackId } from '../registry';
import { Sampler } from '../sampler';
import type { FetchFile } from './stream';
import { activeLabels, outputOf, shapeFor } from '../tasks';

const root = join(import.meta.dirname, '../../../public');
const base = 'https://lab.example/sub/';
const read = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(root, path)));
/** A training file with its header, unpacked by other code than the loader's. */
const unpacked = (id: PackId, kind: string): Uint8Array =>
  new Uint8Array(gunzipSync(read(`data/${id}/train-${kind}-ubyte.gz`)));

/** Serves the committed packs in pieces; `held` of one pack wait until released. */
function server(held?: PackId): { fetch: FetchFile; release: () => void; sent: Record<string, number> } {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const sent: Record<string, number> = {};
  const fetch: FetchFile = async (url) => {
    const path = url.pathname.slice('/sub/'.length);
    if (held && path.startsWith(`data/${held}/train-images`)) await released;
    const bytes = read(path);
    let at = 0;
    return new Response(
      new ReadableStream({
        pull: (controller) => {
          if (at >= bytes.length) return controller.close();
          controller.enqueue(bytes.slice(at, (at += 200_000)));
          sent[path] = Math.min(at, bytes.length);
        },
      }),
    );
  };
  return { fetch, release, sent };
}

const parts = ['mnist', 'fashion-mnist', 'letters'] as const;
const { trainCount, testCount } = DATASETS.tasks;

describe('three tasks as one source', () => {
  it('takes the packs in turn, cut to the smallest, each standardised by its own constants', async () => {
    const { fetch, sent } = server();
    let last: LoadProgress | null = null;
    const { source, done } = loadDataset('tasks', {
      base,
      standardisation: 'pixel',
      fetch,
      onProgress: (progress) => (last = progress),
    });
    await done;
    expect(source).toMatchObject({ size: 784, width: 28, classes: 30, tasks: 3 });
    expect([trainCount, testCount]).toEqual([3 * PACKS.letters.trainCount, 3 * PACKS.letters.testCount]);
    expect([source.train.ready, source.test.ready]).toEqual([trainCount, testCount]);
    expect(last).toMatchObject({ train: trainCount, test: testCount });
    const progress = last as unknown as LoadProgress;
    expect(progress.bytes).toBe(progress.totalBytes);
    parts.forEach((id, task) => {
      const images = unpacked(id, 'images-idx3').subarray(16);
      const labels = unpacked(id, 'labels-idx1').subarray(8);
      for (const i of [0, 1, 5000, trainCount / 3 - 1]) {
        const at = 3 * i + task;
        expect(source.train.labels[at]).toBe(10 * task + labels[i]);
        expect(source.train.images.subarray(at * 784, (at + 1) * 784)).toEqual(
          images.subarray(i * 784, (i + 1) * 784),
        );
      }
      const own = loadDataset(id, { base, standardisation: 'pixel', fetch, signal: AbortSignal.abort() });
      own.done.catch(() => undefined);
      expect(source.mean.subarray(784 * task, 784 * (task + 1))).toEqual(own.source.mean);
      expect(source.inverseDeviation.subarray(784 * task, 784 * (task + 1))).toEqual(
        own.source.inverseDeviation,
      );
    });
    // Of the large packs only the part that is used is fetched.
    const { bytes } = PACKS['fashion-mnist'].files.trainImages;
    expect(sent['data/fashion-mnist/train-images-idx3-ubyte.gz']).toBeLessThan(0.25 * bytes);
  });

  it('is ready as far as all three have arrived, labels included', async () => {
    const { fetch, release } = server('letters');
    const loading = loadDataset('tasks', { base, standardisation: 'dataset', fetch });
    await loading.ready('test', testCount);
    expect(loading.source.train.ready).toBe(0);
    expect(new Set(loading.source.train.labels).size).toBe(30);
    release();
    await loading.ready('train', 2048);
    const { ready, labels } = loading.source.train;
    expect(ready % 3).toBe(0);
    for (let i = 0; i < 2048; i++) expect(Math.floor(labels[i] / 10)).toBe(i % 3);
    await loading.done;
  });

  it('fails as a whole, in words, where one pack fails', async () => {
    const { fetch } = server();
    const loading = loadDataset('tasks', {
      base,
      standardisation: 'dataset',
      fetch: (url, init) =>
        url.pathname.includes('letters/t10k-images')
          ? Promise.resolve(new Response(null, { status: 404 }))
          : fetch(url, init),
    });
    await expect(loading.done).rejects.toThrow('letters/t10k-images-idx3-ubyte.gz: the server answered 404');
    await expect(loading.ready('train', trainCount)).rejects.toThrow('404');
  });

  it('asks for networks with a block for each active task, and draws from those tasks', () => {
    const source = { size: 784, classes: 30, tasks: 3 };
    expect(shapeFor(source, [0, 2])).toEqual({ inputs: 1568, outputs: 20, blocks: [0, 2] });
    expect(shapeFor({ ...source, tasks: null }, [0, 2])).toEqual({ inputs: 784, outputs: 30 });
    expect([3, 13, 29].map((label) => outputOf(source, [2, 0], label))).toEqual([13, -1, 9]);
    expect(outputOf(source, undefined, 29)).toBe(29);
    const labels = Uint8Array.from({ length: 6000 }, (_, i) => 10 * (i % 3) + ((i * 7) % 10));
    const sampler = new Sampler({ seed: 1, total: 6000, labels, batch: 300 });
    const drawn = new Uint32Array(300);
    sampler.next(activeLabels({ ...DEFAULT_CONFIGURATION, tasks: [1, 2] }, source), drawn);
    const tasks = Array.from(drawn, (i) => Math.floor(labels[i] / 10));
    expect(new Set(tasks)).toEqual(new Set([1, 2]));
    expect(activeLabels({ ...DEFAULT_CONFIGURATION, tasks: [0, 1, 2] }, source)).toBeNull();
    sampler.next(activeLabels({ ...DEFAULT_CONFIGURATION, tasks: [1, 2], classes: [15, 3] }, source), drawn);
    expect(new Set(Array.from(drawn, (i) => labels[i]))).toEqual(new Set([15]));
  });
});

describe('spirals', () => {
  it('are there at once, balanced, the same each time, and centred by standardisation', async () => {
    const fetch: FetchFile = () => Promise.reject(new Error('nothing is to be fetched'));
    const loading = loadDataset('spirals', { base, standardisation: 'pixel', fetch });
    await Promise.all([loading.done, loading.ready('train', 9999)]);
    const { source } = loading;
    const { images, labels, total } = source.train;
    expect(source).toMatchObject({ size: 2, classes: 3, tasks: null });
    expect(source.width).toBeUndefined();
    expect(Array.from(labels.subarray(0, 7))).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(images).toEqual(
      loadDataset('spirals', { base, standardisation: 'dataset', fetch }).source.train.images,
    );
    for (const j of [0, 1]) {
      let [sum, squares] = [0, 0];
      for (let i = 0; i < total; i++) {
        const x = (images[2 * i + j] * source.byteScale - source.mean[j]) * source.inverseDeviation[j];
        sum += x;
        squares += x * x;
      }
      expect(sum / total).toBeCloseTo(0, 5);
      expect(squares / total).toBeCloseTo(1, 5);
    }
  });

  it('need a curved border: the nearest training point tells the arm, its angle alone does not', () => {
    const { source } = loadDataset('spirals', { base, standardisation: 'dataset' });
    const { train, test } = source;
    let right = 0;
    for (let i = 0; i < test.total; i++) {
      let [nearest, least] = [0, Infinity];
      for (let k = 0; k < train.total; k++) {
        const dx = train.images[2 * k] - test.images[2 * i];
        const dy = train.images[2 * k + 1] - test.images[2 * i + 1];
        if (dx * dx + dy * dy < least) [nearest, least] = [k, dx * dx + dy * dy];
      }
      if (train.labels[nearest] === test.labels[i]) right++;
    }
    expect(right / test.total).toBeGreaterThan(0.97);
    // Every sector of 60° holds all three arms, none with more than four fifths of its points.
    const sectors = Array.from({ length: 6 }, () => [0, 0, 0]);
    train.labels.forEach((label, i) => {
      const angle = Math.atan2(train.images[2 * i + 1] - 127.5, train.images[2 * i] - 127.5);
      sectors[Math.min(5, Math.floor(((angle + Math.PI) / (2 * Math.PI)) * 6))][label]++;
    });
    for (const counts of sectors) {
      expect(Math.max(...counts) / counts.reduce((a, b) => a + b, 0)).toBeLessThan(0.8);
    }
  });
});
