import type { LoadingDataset, LoadOptions, LoadProgress } from './types';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { encodeIdx } from '../../../scripts/data/pack';
import { loadEntry } from './load';
import { type FileRole, type PackEntry, PACKS } from '../registry';
import type { FetchFile } from './stream';

const TRAIN = 40;
const TEST = 9;
const pattern = (n: number, factor: number): Uint8Array =>
  Uint8Array.from({ length: n }, (_, i) => (((i * i) % 251) * factor) % 17);
const raw: Record<FileRole, Uint8Array> = {
  trainImages: encodeIdx([TRAIN, 8, 8], pattern(TRAIN * 64, 3)),
  trainLabels: encodeIdx(
    [TRAIN],
    pattern(TRAIN, 1).map((n) => n % 10),
  ),
  testImages: encodeIdx([TEST, 8, 8], pattern(TEST * 64, 5)),
  testLabels: encodeIdx(
    [TEST],
    pattern(TEST, 1).map((n) => n % 10),
  ),
};
const roles = Object.keys(raw) as FileRole[];
const packed = Object.fromEntries(roles.map((role) => [role, gzipSync(raw[role])])) as typeof raw;
const entry: PackEntry = {
  ...PACKS.digits,
  trainCount: TRAIN,
  testCount: TEST,
  files: Object.fromEntries(
    roles.map((role) => [role, { name: PACKS.digits.files[role].name, bytes: packed[role].length }]),
  ) as PackEntry['files'],
};
const base = 'https://lab.example/some/sub/path/';

type Answer = Uint8Array | Response | Error;
/** A server that sends files in chunks; `after` is awaited before chunk n. Records the addresses asked for. */
function server(
  files: Partial<Record<FileRole, Answer>>,
  chunk = 50,
  after: (role: FileRole, n: number) => Promise<void> = () => Promise.resolve(),
): { fetch: FetchFile; asked: string[] } {
  const asked: string[] = [];
  const fetch: FetchFile = (url, { signal }) => {
    asked.push(url.href);
    const role = roles.find((one) => url.href.endsWith(entry.files[one].name));
    if (!role) throw new Error(`unknown file ${url.href}`);
    const answer = files[role] ?? packed[role];
    if (answer instanceof Error) return Promise.reject(answer);
    if (answer instanceof Response) return Promise.resolve(answer);
    let n = 0;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        signal.addEventListener('abort', () => controller.error(signal.reason));
      },
      pull: async (controller) => {
        await after(role, n);
        if (signal.aborted) return;
        const part = answer.slice(n * chunk, ++n * chunk);
        if (part.length === 0) controller.close();
        else controller.enqueue(part);
      },
    });
    return Promise.resolve(new Response(body));
  };
  return { fetch, asked };
}
const load = (fetch: FetchFile, options: Partial<LoadOptions> = {}): LoadingDataset =>
  loadEntry(entry, { base, standardisation: 'dataset', fetch, ...options });
const whole = ({ source }: LoadingDataset): void => {
  expect(source.train.images).toEqual(raw.trainImages.subarray(16));
  expect(source.train.labels).toEqual(raw.trainLabels.subarray(8));
  expect(source.test.images).toEqual(raw.testImages.subarray(16));
  expect(source.test.labels).toEqual(raw.testLabels.subarray(8));
  expect([source.train.ready, source.test.ready]).toEqual([TRAIN, TEST]);
};

describe('loadEntry', () => {
  for (const [name, files] of Object.entries({ gzipped: packed, 'unpacked on the way': raw })) {
    it(`loads all four files, ${name}, and reports progress up to the end`, async () => {
      const progress: LoadProgress[] = [];
      const { fetch, asked } = server(files, 13);
      const loading = load(fetch, { onProgress: (one) => progress.push(one) });
      await loading.done;
      whole(loading);
      expect(asked[0]).toBe(`${base}data/digits/train-labels-idx1-ubyte.gz`);
      const total = roles.reduce((sum, role) => sum + packed[role].length, 0);
      expect(progress.at(-1)).toEqual({
        bytes: total,
        totalBytes: total,
        train: TRAIN,
        test: TEST,
        trainTotal: TRAIN,
        testTotal: TEST,
      });
      const bytes = progress.map((one) => one.bytes);
      expect(bytes).toEqual(bytes.slice().sort((a, b) => a - b));
    });
  }

  it('lets training start while the rest is still on its way', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const { fetch } = server(raw, 64 * 5, (role, n) =>
      role === 'trainImages' && n > 3 ? gate : Promise.resolve(),
    );
    const loading = load(fetch);
    await loading.ready('train', 10);
    expect(loading.source.train.ready).toBeGreaterThanOrEqual(10);
    expect(loading.source.train.ready).toBeLessThan(TRAIN);
    expect(loading.source.train.labels).toEqual(raw.trainLabels.subarray(8));
    expect(loading.source.train.images.subarray(0, 640)).toEqual(raw.trainImages.subarray(16, 656));
    await loading.ready('test', 1e9);
    expect(loading.source.test.ready).toBe(TEST);
    release();
    await loading.done;
    await loading.ready('train', 0);
    whole(loading);
  });

  const refused: [string, Partial<Record<FileRole, Answer>>, RegExp][] = [
    ['HTTP status', { testImages: new Response('', { status: 404 }) }, /^digits\/t10k-images.*404/],
    ['network failure', { trainLabels: new TypeError('Failed to fetch') }, /train-labels.*network/],
    [
      'a web page',
      { trainImages: new TextEncoder().encode('<!doctype html><p>Hello') },
      /train-images.*web page/,
    ],
    [
      'images that do not match the labels',
      { trainImages: encodeIdx([12, 8, 8], new Uint8Array(12 * 64)) },
      /train-images.*12 images where 40/,
    ],
    [
      'labels that do not match the images',
      { testLabels: encodeIdx([8], new Uint8Array(8)) },
      /t10k-labels.*8 labels where 9/,
    ],
    [
      'another image size',
      { testImages: encodeIdx([TEST, 8, 7], new Uint8Array(TEST * 56)) },
      /t10k-images.*7 × 8 pixels where 8 × 8/,
    ],
    [
      'a label out of range',
      { trainLabels: encodeIdx([TRAIN], new Uint8Array(TRAIN).fill(10, 33)) },
      /train-labels.*label 33 is 10, outside 0 to 9/,
    ],
    ['truncation', { trainImages: packed.trainImages.subarray(0, -20) }, /train-images.*(truncated|cut off)/],
    ['surplus', { testImages: Uint8Array.from([...raw.testImages, 0]) }, /t10k-images.*extra bytes/],
  ];
  for (const [name, files, message] of refused) {
    it(`refuses ${name} by name, for those who wait too`, async () => {
      const loading = load(server(files).fetch);
      await expect(loading.done).rejects.toMatchObject({ name: 'DataError', message });
      const both = Promise.all([loading.ready('train', 1e9), loading.ready('test', 1e9)]);
      await expect(both).rejects.toMatchObject({ message });
    });
  }

  it('keeps what was loaded when the file breaks off', async () => {
    const loading = load(server({ trainImages: raw.trainImages.subarray(0, 16 + 64 * 7 + 9) }).fetch);
    await expect(loading.done).rejects.toThrow(/truncated \(7 of 40 items/);
    expect(loading.source.train.ready).toBe(7);
    await loading.ready('train', 7);
    expect(loading.source.train.images.subarray(0, 448)).toEqual(raw.trainImages.subarray(16, 464));
  });

  it('stops at the signal, with its reason', async () => {
    const abort = new AbortController();
    const loading = load(
      server(raw, 50, (_, n) => (n > 2 ? new Promise(() => undefined) : Promise.resolve())).fetch,
      {
        signal: abort.signal,
      },
    );
    const waiting = loading.ready('train', TRAIN);
    const reason = new Error('another data set was chosen');
    abort.abort(reason);
    await expect(loading.done).rejects.toBe(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
