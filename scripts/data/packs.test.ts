import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type IdxFile, readIdx } from '../../src/data/formats/idx';
import { SIMULATORS } from '../../src/data/load/loadSimulated';
import { DATASETS, type PackId, PACKS, type SimulatedEntry } from '../../src/data/registry';
import { standardisation } from '../../src/data/standardise';
import { statistics } from './measure';

const root = join(import.meta.dirname, '../../public/data');
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, path)));
const unpackedFiles = new Map<string, IdxFile>();
/** A file of a pack, read by the lab's reader, once however many tests look at it. */
function unpacked(path: string, rank: number): IdxFile {
  const found = unpackedFiles.get(path) ?? readIdx(path, read(path), rank);
  unpackedFiles.set(path, found);
  return found;
}

const ids = Object.keys(PACKS) as PackId[];
const flat = (n: number): number[] => Array.from({ length: 10 }, () => n);
const COUNTS = {
  'fashion-mnist': { train: flat(6000), test: flat(1000) },
  mnist: {
    train: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    test: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
  },
  digits: {
    train: [143, 146, 142, 146, 144, 145, 144, 143, 141, 143],
    test: [35, 36, 35, 37, 37, 37, 37, 36, 33, 37],
  },
  letters: { train: flat(1062), test: flat(216) },
  emoji: {
    train: [419, 918, 408, 317, 506, 213, 629, 575, 211],
    test: [92, 204, 71, 76, 153, 42, 166, 149, 75],
  },
};
/** Known from elsewhere: the usual constants of the two MNISTs; the class counts of all 1,797 digits. */
const MOMENTS = { 'fashion-mnist': [0.286, 0.353], mnist: [0.1307, 0.3081] } as const;
const ALL_DIGITS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];
const RAW_MD5 = '6bbc9ace898e44ae57da46a324031adb';

/** Values of an emoji shrunk to 8 × 8 in three planes. */
const SMALL = 192;
/** Index of the row of `train` nearest to row i of `test`, rows of `size` values. */
function nearest(train: ArrayLike<number>, test: ArrayLike<number>, i: number, size: number): number {
  let [best, least] = [-1, Infinity];
  for (let k = 0; k < train.length / size; k++) {
    let distance = 0;
    for (let j = 0; j < size && distance < least; j++)
      distance += (train[k * size + j] - test[i * size + j]) ** 2;
    if (distance < least) [best, least] = [k, distance];
  }
  return best;
}

describe('data packs', () => {
  const sums = readFileSync(join(root, 'SHA256SUMS'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('  '));

  it('are listed, all of them', () => {
    const listed = sums.map(([, path]) => path);
    const files = [...ids, 'glosses'].flatMap((id) =>
      readdirSync(join(root, id)).map((name) => `${id}/${name}`),
    );
    expect(listed.sort()).toEqual(files.filter((path) => path.endsWith('.gz')).sort());
    expect(files.filter((path) => path.endsWith('/NOTICE'))).toHaveLength(ids.length + 1);
  });

  it.each(sums)('%s is the checksum of %s', (sum, path) => {
    expect(createHash('sha256').update(read(path)).digest('hex')).toBe(sum);
  });

  it('MNIST, unpacked, is the original file', () => {
    const { dimensions, values } = unpacked('mnist/train-images-idx3-ubyte.gz', 3);
    expect(dimensions).toEqual([60000, 28, 28]);
    const md5 = createHash('md5').update(
      Uint8Array.of(0, 0, 8, 3, 0, 0, 0xea, 0x60, 0, 0, 0, 28, 0, 0, 0, 28),
    );
    expect(md5.update(values).digest('hex')).toBe(RAW_MD5);
  });

  it('8×8 digits: the split parts all 1,797', () => {
    const { train, test } = COUNTS.digits;
    expect(train.map((n, i) => n + test[i])).toEqual(ALL_DIGITS);
  });

  it('letters: the nearest training picture tells most test pictures of unseen families, not all', () => {
    const images = (name: string): Uint8Array => unpacked(`letters/${name}-images-idx3-ubyte.gz`, 3).values;
    const labels = (name: string): Uint8Array => unpacked(`letters/${name}-labels-idx1-ubyte.gz`, 1).values;
    const [train, truth] = [images('train'), labels('train')];
    const [test, wanted] = [images('t10k'), labels('t10k')];
    const tried = 200;
    let right = 0;
    for (let i = 0; i < tried; i++) {
      if (truth[nearest(train.subarray(0, 4000 * 784), test, i, 784)] === wanted[i]) right++;
    }
    // Measured: 83.5 %. Harder than copies of the training fonts would be, far from the 10 % of chance.
    expect(right / tried).toBeGreaterThan(0.78);
    expect(right / tried).toBeLessThan(0.9);
  });

  it('emoji: the nearest training picture tells the group of most unseen emoji, not all', () => {
    const small = (name: string, count: number): Float32Array => {
      const { values } = unpacked(`emoji/${name}-images-idx4-ubyte.gz`, 4);
      const out = new Float32Array(count * SMALL);
      // Means of 4 × 4 pixels: pixel j of the planes lies in column (j mod 32) ÷ 4 and row (j ÷ 32) ÷ 4 (planes are 32 rows each).
      for (let j = 0; j < count * 3072; j++) out[8 * (j >> 7) + ((j & 31) >> 2)] += values[j];
      return out;
    };
    const [train, test] = [small('train', PACKS.emoji.trainCount), small('t10k', 300)];
    const truth = unpacked('emoji/train-labels-idx1-ubyte.gz', 1).values;
    const wanted = unpacked('emoji/t10k-labels-idx1-ubyte.gz', 1).values;
    let right = 0;
    for (let i = 0; i < 300; i++) if (truth[nearest(train, test, i, SMALL)] === wanted[i]) right++;
    // All 1,028: .607 (.614 with a fourth style of drawing). The most frequent group is a fifth.
    expect(Math.abs(right / 300 - 0.614)).toBeLessThan(0.06);
  });

  it('are at most 50 MB together, notices included', () => {
    const folders = readdirSync(root, { recursive: true, withFileTypes: true });
    const files = folders.filter((one) => one.isFile());
    const sizes = files.map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(50e6);
  });

  it('simulated sets: the constants kept are those of what is simulated', () => {
    const mnist = unpacked('mnist/train-images-idx3-ubyte.gz', 3).values;
    const from = { images: mnist, labels: new Uint8Array(0), size: 784 };
    for (const id of ['heartbeats', 'events'] as const) {
      const { channels, width, height, byteMax, mean, deviation } = DATASETS[id] as SimulatedEntry;
      const size = channels * width * height;
      const values = new Uint8Array(200 * size);
      for (let i = 0; i < 200; i++)
        SIMULATORS[id].make('train', i, values.subarray(i * size, (i + 1) * size), from);
      const found = statistics(values, size, byteMax);
      // Of the first 200 of 4,000.
      expect(Math.abs(found.mean / mean - 1)).toBeLessThan(0.03);
      expect(Math.abs(found.deviation / deviation - 1)).toBeLessThan(0.03);
    }
  });

  describe.each(ids)('%s', (id) => {
    const entry = PACKS[id];
    const file = (role: keyof typeof entry.files, rank: number) =>
      unpacked(`${id}/${entry.files[role].name}`, rank);

    it('has the class counts it should', () => {
      for (const [role, counts] of [
        ['trainLabels', COUNTS[id].train],
        ['testLabels', COUNTS[id].test],
      ] as const) {
        const found = entry.classNames.map(() => 0);
        for (const label of file(role, 1).values) found[label]++;
        expect(found).toEqual(counts);
      }
    });

    it('is what the registry says, to the last constant', () => {
      const { channels, height, width } = entry;
      const shape = channels === 1 ? [height, width] : [channels, height, width];
      const train = file('trainImages', shape.length + 1);
      expect(train.dimensions).toEqual([entry.trainCount, ...shape]);
      expect(file('testImages', shape.length + 1).dimensions).toEqual([entry.testCount, ...shape]);
      for (const { name, bytes } of Object.values(entry.files)) {
        expect(read(`${id}/${name}`).length).toBe(bytes);
      }
      let most = 0;
      for (let i = 0; i < train.values.length; i++) if (train.values[i] > most) most = train.values[i];
      expect(most).toBe(entry.byteMax);
      const { mean, deviation, pixel } = statistics(train.values, channels * height * width, entry.byteMax);
      expect(entry.mean).toBeCloseTo(mean, 12);
      expect(entry.deviation).toBeCloseTo(deviation, 12);
      if (id === 'mnist' || id === 'fashion-mnist') {
        expect(mean).toBeCloseTo(MOMENTS[id][0], 4);
        expect(deviation).toBeCloseTo(MOMENTS[id][1], 4);
      }
      const stored = standardisation(entry, 'pixel');
      expect(stored.mean).toEqual(pixel.mean);
      expect(stored.inverseDeviation).toEqual(
        pixel.deviation.map((value) => (value <= 1e-8 ? 1 : 1 / value)),
      );
    });
  });
});
