import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ImportFaults } from './faults';
import { makeSamples } from './importer';
import { imageSize } from './pictures/imageSize';
import { sortFiles } from './sortFiles';
import { readNpy } from './arrays/npy';
import { collectPictures, coverCrop, defaultSize, planAlbum, toGrey } from './pictures/pictures';
import { NO_OPTIONS, type ImportOptions } from './protocol';
import { concat, entry, floats, idx, npy, pngHead, tar, utf8, zip } from './testing';
import type { FileEntry, ImportedSamples } from './types';

/** The whole way from files to samples, without pictures to decode. */
async function imported(
  files: FileEntry[],
  options: Partial<ImportOptions> = {},
): Promise<ImportedSamples & { faults: string[] }> {
  const faults = new ImportFaults();
  const material = sortFiles(files, faults, () => undefined);
  const { samples } = await makeSamples(
    material,
    { ...NO_OPTIONS, ...options },
    faults,
    () => Promise.reject(new Error('no pictures here')),
    () => undefined,
  );
  return { ...samples, faults: faults.report.listed };
}
const values = (n: number, of: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => of(i));

describe('IDX', () => {
  const images = idx(
    [24, 3, 2],
    values(24 * 6, (i) => i % 256),
  );
  const labels = idx(
    [24],
    values(24, (i) => 5 + (i % 2)),
  );
  it('is paired by name or number, gzipped or not, and keeps the split of its names', async () => {
    const named = await imported([
      entry('train-labels-idx1-ubyte.gz', gzipSync(labels)),
      entry('t10k-images-idx3-ubyte', images),
      entry('t10k-labels-idx1-ubyte', labels),
      entry('train-images-idx3-ubyte.gz', gzipSync(images)),
    ]);
    expect(named).toMatchObject({
      sample: 'picture',
      width: 2,
      height: 3,
      channels: 1,
      count: 48,
      names: ['5', '6'],
    });
    expect(Array.from(named.test ?? [])).toEqual([...values(24, () => 0), ...values(24, () => 1)]);
    expect(Array.from(named.values.subarray(0, 8))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const alone = await imported([entry('pixels', images), entry('answers', labels)]);
    expect(alone).toMatchObject({ count: 24, test: null });
  });
  it('says what is wrong, by file', async () => {
    await expect(imported([entry('a-images-ubyte', images)])).rejects.toThrow(
      /a-images-ubyte: its labels are missing/,
    );
    await expect(
      imported([entry('a-images', images.subarray(0, 50)), entry('l-labels', labels)]),
    ).rejects.toThrow(/a-images: the file is truncated/);
    await expect(
      imported([entry('x-images-idx3-ubyte', images), entry('x-labels-idx1-ubyte', idx([3], [1, 2, 3]))]),
    ).rejects.toThrow(/holds 3 labels where x-images-idx3-ubyte holds 24 images/);
    await expect(
      imported([entry('f', Uint8Array.from([0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0]))]),
    ).rejects.toThrow(/its values are floats/);
    await expect(imported([entry('train-images-idx3-ubyte', utf8('PNG?'))])).rejects.toThrow(
      /wrong magic number/,
    );
  });
});

describe('CIFAR-10', () => {
  const record = (label: number, red: number): Uint8Array => {
    const bytes = new Uint8Array(3073).fill(7);
    bytes[0] = label;
    bytes.fill(red, 1, 1025);
    return bytes;
  };
  const batch = (n: number): Uint8Array =>
    concat(values(n, (i) => i % 2).map((label) => record(label, 100 + label)));
  it('is read as published, with names and its own split', async () => {
    const archive = gzipSync(
      tar({
        'cifar-10-batches-bin/test_batch.bin': batch(6),
        'cifar-10-batches-bin/data_batch_1.bin': batch(20),
        'cifar-10-batches-bin/batches.meta.txt': utf8('kea\nkaka\nc\nd\ne\nf\ng\nh\ni\nj\n\n'),
        'cifar-10-batches-bin/readme.html': utf8('<p>'),
      }),
    );
    const set = await imported([entry('cifar-10-binary.tar.gz', archive)]);
    expect(set).toMatchObject({
      sample: 'picture',
      width: 32,
      height: 32,
      channels: 3,
      count: 26,
      names: ['kaka', 'kea'],
    });
    expect(set.test?.lastIndexOf(0)).toBe(19);
    expect([set.values[0], set.values[1024], set.values[3072]]).toEqual([100, 7, 101]);
  });
  it('is refused where records or labels are not its', async () => {
    await expect(imported([entry('a.bin', batch(20).subarray(0, 5000))])).rejects.toThrow(
      /no whole number of CIFAR-10 records/,
    );
    await expect(imported([entry('a.bin', concat([batch(20), record(10, 0)]))])).rejects.toThrow(
      /a\.bin: label 20 is 10, outside 0 to 9/,
    );
    const python = gzipSync(tar({ 'cifar-10-batches-py/data_batch_1': Uint8Array.of(0x80, 2, 5) }));
    await expect(imported([entry('cifar-10-python.tar.gz', python)])).rejects.toThrow(
      /Python version.*take the binary version/,
    );
  });
});

describe('NumPy', () => {
  const y = npy('|u1', [20], Uint8Array.from(values(20, (i) => 3 + (i % 2))));
  it('reads X and y, from two files or one .npz', async () => {
    const X = npy('<f8', [20, 2], floats(values(40, (i) => (i % 2 ? i : i / 8))));
    for (const files of [
      [entry('X.npy', X), entry('y.npy', y)],
      [entry('both.npz', zip({ 'x.npy': X, 'y.npy': y }))],
    ]) {
      const set = await imported(files);
      expect(set).toMatchObject({ sample: 'features', width: 2, count: 20, names: ['3', '4'] });
      const { low, span } = set.columns ?? { low: [], span: [] };
      const back = values(40, (k) => low[k % 2] + (set.values[k] / 255) * span[k % 2]);
      back.forEach((value, i) =>
        expect(Math.abs(value - (i % 2 ? i : i / 8))).toBeLessThanOrEqual(span[i % 2] / 510 + 1e-12),
      );
      // TableColumn 2 is whole numbers within 255: exact.
      expect(back[39]).toBe(39);
    }
  });
  it('pictures: channels last become planes, transparency goes, 0 … 1 becomes 0 … 255', async () => {
    const rgba = npy(
      '<f4',
      [20, 1, 2, 4],
      new Uint8Array(Float32Array.from(values(160, (i) => [0, 0.5, 1, 0.2][i % 4])).buffer),
    );
    const set = await imported([entry('d.npz', zip({ 'images.npy': rgba, 'labels.npy': y }))]);
    expect(set).toMatchObject({ sample: 'picture', width: 2, height: 1, channels: 3 });
    expect(Array.from(set.values.subarray(0, 6))).toEqual([0, 0, 128, 128, 255, 255]);
    const rows = npy('|u1', [20, 36], Uint8Array.from(values(720, (i) => i % 200)));
    expect(await imported([entry('X.npy', rows), entry('y.npy', y)])).toMatchObject({
      sample: 'picture',
      width: 6,
      height: 6,
    });
    expect(await imported([entry('X.npy', rows), entry('y.npy', y)], { pictures: false })).toMatchObject({
      sample: 'features',
      width: 36,
    });
  });
  it('reads types, byte orders and Fortran order by their definition', () => {
    expect(Array.from(readNpy('a', npy('>i2', [2], Uint8Array.of(255, 254, 1, 0))).values)).toEqual([
      -2, 256,
    ]);
    expect(Array.from(readNpy('a', npy('<f2', [3], Uint8Array.of(0, 0x3c, 0, 0xc0, 1, 0))).values)).toEqual([
      1,
      -2,
      2 ** -24,
    ]);
    expect(
      Array.from(readNpy('a', npy('|u1', [2, 3], Uint8Array.of(1, 4, 2, 5, 3, 6), true)).values),
    ).toEqual([1, 2, 3, 4, 5, 6]);
    expect(
      Array.from(readNpy('a', npy('<i8', [1], Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255))).values),
    ).toEqual([-1]);
    expect(
      readNpy('a', npy('<U2', [2], Uint8Array.of(97, 0, 0, 0, 98, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0))).text,
    ).toEqual(['ab', 'c']);
  });
  it('refuses pickles, records, truncation, absurd shapes and missing labels', async () => {
    expect(() => readNpy('o.npy', npy('|O', [1], utf8('x')))).toThrow(/o\.npy: it holds Python objects/);
    expect(() => readNpy('t.npy', npy('<f8', [20, 2], floats([1, 2])))).toThrow(
      /truncated: 16 bytes of values where 320/,
    );
    expect(() => readNpy('s.npy', npy('<f8', [1e9, 1e9], floats([1])))).toThrow(/more than the lab takes/);
    expect(() => readNpy('h.npy', npy('<f8', [1], floats([1])).subarray(0, 60))).toThrow(
      /ends inside its header/,
    );
    await expect(imported([entry('X.npy', npy('|u1', [20, 3], new Uint8Array(60)))])).rejects.toThrow(
      /its labels are missing/,
    );
    const gaps = npy('<f8', [20, 2], floats(values(40, (i) => (i === 5 ? NaN : i))));
    const set = await imported([
      entry('X.npy', gaps),
      entry('y.npy', npy('|u1', [20], Uint8Array.from(values(20, (i) => i % 2)))),
    ]).catch((e: unknown) => String(e));
    expect(set).toMatch(/19 samples are too few/);
  });
});

describe('pictures by class, before they are decoded', () => {
  it('are sized by their headers; what is no picture, homeless or a bomb is named', () => {
    const faults = new ImportFaults();
    const album = collectPictures(
      [
        entry('pets/cat/1.png', pngHead(20, 30)),
        entry('pets/dog/1.png', pngHead(20, 30)),
        entry('pets/dog/2.png', pngHead(7, 9)),
        entry('pets/dog/bomb.png', pngHead(60_000, 60_000)),
        entry('pets/dog/cut.png', pngHead(2, 2).subarray(0, 20)),
        entry('pets/dog/text.png', 'no picture'),
        entry('1.png', pngHead(5, 5)),
      ],
      faults,
    );
    expect(album.names).toEqual(['cat', 'dog']);
    expect(defaultSize(album)).toEqual({ width: 20, height: 30 });
    expect(planAlbum(album, { width: 20, height: 30 }, 'pets').notes[0]).toMatch(
      /^1 of 3 pictures have another size than 20 × 30/,
    );
    expect(faults.report.listed.map((text) => text.split(':')[0])).toEqual([
      'bomb.png',
      'cut.png',
      'text.png',
      '1.png',
    ]);
  });
  it('GIF, JPEG and WebP declare their size where their formats say', () => {
    expect(imageSize(concat([utf8('GIF89a'), Uint8Array.of(3, 1, 4, 0, 0, 0)]))).toEqual({
      width: 259,
      height: 4,
    });
    const jpeg = Uint8Array.of(
      0xff,
      0xd8,
      0xff,
      0xe0,
      0,
      4,
      1,
      2,
      0xff,
      0xc2,
      0,
      11,
      8,
      1,
      0,
      0,
      200,
      1,
      1,
      17,
      0,
    );
    expect(imageSize(jpeg)).toEqual({ width: 200, height: 256 });
    const webp = new Uint8Array(30);
    webp.set([...utf8('RIFF'), 0, 0, 0, 0, ...utf8('WEBPVP8X')]);
    webp.set([99, 0, 0, 49, 0, 0], 24);
    expect(imageSize(webp)).toEqual({ width: 100, height: 50 });
  });
  it('are cropped in the middle and greyed by Rec. 601', () => {
    expect(coverCrop({ width: 40, height: 20 }, { width: 10, height: 10 })).toEqual({
      x: 10,
      y: 0,
      width: 20,
      height: 20,
    });
    expect(Array.from(toGrey(Uint8Array.of(255, 0, 0, 255, 0, 0), 1, 2))).toEqual([76, 150]);
  });
});

describe('what is none of it', () => {
  it('is refused with the list of what is read', async () => {
    await expect(imported([entry('song.mp3', Uint8Array.of(1, 2, 3))])).rejects.toThrow(
      /song\.mp3 is of no kind the lab reads\. It reads IDX/,
    );
    await expect(imported([entry('.DS_Store', 'x')])).rejects.toThrow(/there is no file in it/);
    await expect(imported([entry('e.zip', zip({}))])).rejects.toThrow(/no kind|nothing/);
  });
});
