import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Idx, readIdx } from '../../src/data/formats/idx';
import { type PackId, PACKS } from '../../src/data/registry';
import { standardisation } from '../../src/data/standardise';
import { statistics } from './measure';

const root = join(import.meta.dirname, '../../public/data');
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, path)));
const unpackedFiles = new Map<string, Idx>();
/** A file of a pack, read by the lab's reader, once however many tests look at it. */
function unpacked(path: string, rank: number): Idx {
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
};
/** Known from elsewhere: the usual constants of the two MNISTs; the class counts of all 1,797 digits. */
const MOMENTS = { 'fashion-mnist': [0.286, 0.353], mnist: [0.1307, 0.3081] } as const;
const ALL_DIGITS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];
const RAW_MD5 = '6bbc9ace898e44ae57da46a324031adb';

describe('data packs', () => {
  const sums = readFileSync(join(root, 'SHA256SUMS'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('  '));

  it('are listed, all of them', () => {
    const listed = sums.map(([, path]) => path);
    const files = ids.flatMap((id) => readdirSync(join(root, id)).map((name) => `${id}/${name}`));
    expect(listed.sort()).toEqual(files.filter((path) => path.endsWith('.gz')).sort());
    expect(files.filter((path) => path.endsWith('/NOTICE'))).toHaveLength(ids.length);
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
      let [nearest, least] = [-1, Infinity];
      for (let k = 0; k < 4000; k++) {
        let distance = 0;
        for (let j = 0; j < 784 && distance < least; j++)
          distance += (train[k * 784 + j] - test[i * 784 + j]) ** 2;
        if (distance < least) [nearest, least] = [k, distance];
      }
      if (truth[nearest] === wanted[i]) right++;
    }
    // Measured: 83.5 %. Harder than copies of the training fonts would be, far from the 10 % of chance.
    expect(right / tried).toBeGreaterThan(0.78);
    expect(right / tried).toBeLessThan(0.9);
  });

  it('are at most 50 MB together', () => {
    const sizes = sums.map(([, path]) => read(path).length);
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(50e6);
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
        const found = flat(0);
        for (const label of file(role, 1).values) found[label]++;
        expect(found).toEqual(counts);
      }
    });

    it('is what the registry says, to the last constant', () => {
      const train = file('trainImages', 3);
      expect(train.dimensions).toEqual([entry.trainCount, entry.height, entry.width]);
      expect(file('testImages', 3).dimensions).toEqual([entry.testCount, entry.height, entry.width]);
      for (const { name, bytes } of Object.values(entry.files)) {
        expect(read(`${id}/${name}`).length).toBe(bytes);
      }
      expect(train.values.reduce((a, b) => Math.max(a, b), 0)).toBe(entry.byteMax);
      const { mean, deviation, pixel } = statistics(train.values, entry.width * entry.height, entry.byteMax);
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
      expect(entry.classNames).toHaveLength(10);
    });
  });
});
