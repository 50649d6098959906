/** Inputs that were once taken silently wrong, or refused for a wrong reason, with what is right. Each folder of `inputs` is one. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { importedValue, entry, idx, type Imported, importOf } from '../testing';
import type { ImportOptions } from '../protocol';
import type { FileEntry } from '../types';
import { byteStandardisations } from '../values/split';

const INPUTS = new URL('./inputs/', import.meta.url);

function filesOf(name: string): FileEntry[] {
  const folder = readdirSync(INPUTS).find((one) => one.startsWith(`${name}-`));
  if (!folder) throw new Error(`no input ${name}`);
  const at = new URL(`${folder}/`, INPUTS);
  return readdirSync(at).map((file) => ({
    path: file,
    bytes: new Uint8Array(readFileSync(new URL(file, at))),
  }));
}
const open = (name: string, options: Partial<ImportOptions> = {}): Promise<Imported> =>
  importOf(filesOf(name), options);
const column = ({ choices }: Imported, name: string) => choices?.columns?.find((one) => one.name === name);
const said = ({ samples }: Imported): string => samples?.notes.join('\n') ?? '';
/** ImportedSamples of each class, by name. */
function tally({ samples }: Imported): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const label of samples?.labels ?? []) {
    const name = samples?.names[label] ?? '';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
const train = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, i) => i);

describe('columns have a say', () => {
  it('01: columns in another order are matched by name', async () => {
    const both = await open('01');
    const alone = await importOf([filesOf('01')[0]]);
    expect(both.samples?.columns?.names).toEqual(['height', 'weight']);
    expect(said(both)).toMatch(/by the names of their columns, which stand in another order/);
    // The first row of test.csv is 2.026, 0.959: weight, height.
    const first = both.samples?.test?.indexOf(1) ?? -1;
    expect(importedValue(both, first, 0)).toBeCloseTo(0.959, 1);
    expect(importedValue(both, first, 1)).toBeCloseTo(2.026, 1);
    expect(alone.samples?.test).toBeNull();
  });
  it('02: headers that differ are refused, both named', async () => {
    expect((await open('02')).problem).toMatch(
      /^test\.csv: its columns are not those of train\.csv: it has no “a”, “b”, “kind”, but “p”, “q”, “r”/,
    );
  });
  it('04, 05: an index, shuffled or with gaps, is left out, named, and may be ticked', async () => {
    for (const [name, index] of [
      ['04', 'column 1'],
      ['05', 'Id'],
    ]) {
      const read = await open(name);
      expect(read.samples?.columns?.names).toEqual(['a', 'b']);
      expect(said(read)).toContain(`whole numbers are all different, as those of an index or id: “${index}”`);
      const ticked = await open(name, { columns: { 0: true } });
      expect(ticked.samples?.columns?.names).toEqual([index, 'a', 'b']);
    }
  });
  it('07: a column that gives the label away is warned of, and may be unticked', async () => {
    const read = await open('07');
    expect(column(read, 'species_id')?.warnings.join()).toMatch(/alone tells the class of 100 %/);
    expect(column(read, 'a')?.warnings).toEqual([]);
    expect((await open('07', { columns: { 3: false } })).samples?.columns?.names).toEqual(['a', 'b']);
  });
  it('08: one value that dwarfs all others is cut and said; the loss is that of the others', async () => {
    const read = await open('08');
    expect(said(read)).toMatch(
      /“a”: 1 value far beyond all others \(999,999,999\) is cut to 0\.0037 … 3\.977/,
    );
    expect(new Set(read.samples?.values).size).toBeGreaterThan(50);
    const kept = await open('08', { cut: false });
    expect(new Set(kept.samples?.values).size).toBe(2);
    const share = Number(/(\S+) % of its standard deviation/.exec(said(kept))?.[1]);
    expect(share).toBeGreaterThan(50);
  });
  it('32: a column that is mostly empty is left out by itself', async () => {
    const read = await open('32');
    expect(read.samples).toMatchObject({ count: 90 });
    expect(read.samples?.columns?.names).toEqual(['a', 'b']);
    expect(said(read)).toMatch(/86 of 90 rows have no value in it: “body”/);
  });
  it('33: where missing values cost all rows, that is said, and filling them in helps', async () => {
    const read = await open('33');
    expect(read.problem).toMatch(
      /missing or unreadable values cost 90 rows and leave 0 \(“a” 30, “b” 30, “c” 30\)/,
    );
    expect(read.choices?.missing).toBe('drop');
    expect((await open('33', { missing: 'fill' })).samples?.count).toBe(90);
    expect((await open('33', { columns: { 0: false, 1: false } })).samples?.count).toBe(60);
  });
  it('34: a column of numbers and texts is left out and costs no rows', async () => {
    const read = await open('34');
    expect(read.samples).toMatchObject({ count: 300 });
    expect(read.samples?.columns?.names).toEqual(['fare']);
    expect(column(read, 'ticket')).toMatchObject({ kind: 'mixed', used: false, unreadable: 100 });
    expect((await open('34', { columns: { 0: true } })).samples?.count).toBe(200);
  });
});

describe('labels', () => {
  it('09: names are cut for show alone', async () => {
    const read = await open('09');
    expect(Object.values(tally(read))).toEqual([50, 50, 50]);
    expect(new Set(read.samples?.names).size).toBe(3);
    for (const name of read.samples?.names ?? []) expect(Array.from(name).length).toBeLessThanOrEqual(40);
  });
  it('16: what stands for "missing" is no class', async () => {
    const read = await open('16');
    expect(tally(read)).toEqual({ x: 20, y: 20 });
    expect(read.faults[0]).toBe('t.csv: line 4: “y” is “NA”, which stands for no label; the row is left out');
  });
  it('18: a label column of one value is refused by name, and another may be chosen', async () => {
    const read = await open('18');
    expect(read.problem).toMatch(/all 60 rows have the same “kind” \(same\)/);
    expect(read.choices).toMatchObject({ label: 2 });
  });
  it('19: a label column of 150 values is taken, and the 30 largest classes are kept', async () => {
    const read = await open('19');
    expect(read.choices?.label).toBe(2);
    expect(read.choices?.labels).toContainEqual({ index: 2, name: 'kind', distinct: 150 });
    expect(read.samples?.names).toHaveLength(30);
    expect(said(read)).toMatch(/“kind” is taken for the label, by its name/);
  });
});

describe('pairing', () => {
  it('11: Xtrain, ytrain, Xtest, ytest', async () => {
    const read = await open('11');
    expect(read.samples?.test?.reduce((sum, one) => sum + one, 0)).toBe(60);
    // The labels of the tests stand in the opposite order of those of the training samples.
    const labels = Array.from(read.samples?.labels ?? []);
    expect(labels.slice(60)).toEqual(labels.slice(0, 60).reverse());
  });
  it('13: images without labels of their own are refused', async () => {
    const images = idx(
      [24, 2, 2],
      Array.from({ length: 96 }, (_, i) => i),
    );
    const labels = idx(
      [24],
      Array.from({ length: 24 }, (_, i) => i % 2),
    );
    const read = await importOf([
      entry('train-images-idx3-ubyte', images),
      entry('train-labels-idx1-ubyte', labels),
      entry('t10k-images-idx3-ubyte', images),
    ]);
    expect(read.problem).toMatch(/^t10k-images-idx3-ubyte: its labels are missing/);
  });
  it('20: folders of a class that hold train and test', async () => {
    const read = await open('20');
    expect(read.samples?.names).toEqual(['cat', 'dog']);
    expect(read.album?.pictures.every(({ path, test }) => test === path.includes('/test/'))).toBe(true);
    expect(read.samples?.test?.reduce((sum, one) => sum + one, 0)).toBe(24);
  });
  it('29, 39: a number, or weights, beside X and y are left out and named', async () => {
    const scalar = await open('29');
    expect(scalar.samples).toMatchObject({ count: 60, width: 5 });
    expect(said(scalar)).toContain('Left out: n.npy (a single value).');
    const weights = await open('39');
    expect(weights.samples).toMatchObject({ count: 60, width: 5 });
    expect(said(weights)).toContain('Left out: weights.npy (60).');
  });
  it('35: one zip per class', async () => {
    expect(tally(await open('35'))).toEqual({ cat: 12, dog: 12 });
  });
  it('41: names of classes and features are used as such', async () => {
    const read = await open('41');
    expect(read.samples?.names).toEqual(['a', 'b', 'c']);
    expect(read.samples?.columns?.names).toEqual(['f1', 'f2', 'f3', 'f4', 'f5']);
  });
  it('55: an array of one dimension is one feature', async () => {
    expect((await open('55')).samples).toMatchObject({ count: 60, width: 1, names: ['0', '1', '2'] });
  });
});

describe('heads and separators', () => {
  it('23: commas are taken for decimals, the doubt is said, and the other choice is there', async () => {
    const read = await open('23');
    expect(said(read)).toMatch(
      /Commas in numbers are taken for decimal points: “2,001” is read as 2\.001.*three digits/,
    );
    expect(read.choices?.decimal).toBe(',');
    const other = await open('23', { decimal: '.' });
    expect(importedValue(other, 1, 0)).toBeCloseTo(2001, -2);
  });
  it('42: sep=; is read and dropped', async () => {
    const read = await open('42');
    expect(read.samples?.columns?.names).toEqual(['a', 'b', 'c']);
    expect(tally(read)).toEqual({ ant: 20, bee: 20, cow: 20 });
  });
  it('44: lines that end in CR alone', async () => {
    const read = await open('44');
    expect(read.samples).toMatchObject({ count: 60, names: ['ant', 'bee', 'cow'] });
  });
  it('45: blanks before quotes', async () => {
    expect((await open('45')).samples?.names).toEqual(['x, a', 'x, b']);
  });
});

describe('extremes', () => {
  it('24, 26, 54: values of 1e200 and 2⁶³ are standardised to finite inputs', async () => {
    for (const name of ['24', '26', '54']) {
      const { samples } = await open(name);
      if (!samples) throw new Error('refused');
      const maps = byteStandardisations(samples, train(samples.count));
      for (const how of ['dataset', 'pixel'] as const) {
        const { mean, inverseDeviation } = maps[how];
        const inputs = Array.from(samples.values, (byte, k) => {
          const j = k % samples.width;
          return Math.fround(Math.fround(byte / 255 - mean[j]) * inverseDeviation[j]);
        });
        expect(inputs.every((x) => Number.isFinite(x) && Math.abs(x) < 100)).toBe(true);
      }
    }
  });
});

describe('archives and pictures', () => {
  const images = idx(
    [30, 28, 28],
    Array.from({ length: 30 * 784 }, (_, i) => (i * 7) % 256),
  );
  const labels = entry(
    'train-labels-idx1-ubyte',
    idx(
      [30],
      Array.from({ length: 30 }, (_, i) => i % 3),
    ),
  );
  const both = (packed: Uint8Array): Promise<Imported> =>
    importOf([entry('train-images-idx3-ubyte.gz', packed), labels]);
  it('15: each member of a gzip file has its checksum read', async () => {
    const [one, two] = [gzipSync(images.subarray(0, 9000)), gzipSync(images.subarray(9000))];
    expect((await both(Uint8Array.from([...one, ...two]))).samples?.count).toBe(30);
    for (const at of [one.length - 6, one.length + two.length - 6]) {
      const flipped = Uint8Array.from([...one, ...two]);
      flipped[at] ^= 1;
      expect((await both(flipped)).problem).toMatch(/checksum does not match/);
    }
  });
  it('38: zeros behind gzip are taken, as gzip does; other bytes are not', async () => {
    const packed = gzipSync(images);
    expect((await both(Uint8Array.from([...packed, ...new Uint8Array(700)]))).samples?.count).toBe(30);
    expect((await both(Uint8Array.from([...packed, ...new Uint8Array(700), 7]))).problem).toMatch(/no|none/);
  });
  it('28: a JPEG that lies on its side is as large as it is seen', async () => {
    const read = await open('28');
    expect(read.album?.sizes).toEqual([{ width: 24, height: 32, count: 24 }]);
    expect(read.samples).toMatchObject({ width: 24, height: 32 });
  });
  it('37: a small zip64', async () => {
    expect(tally(await open('37'))).toEqual({ blue: 12, red: 12 });
  });
  it('47: pictures of many sizes become 32 × 32', async () => {
    expect((await open('47')).samples).toMatchObject({ width: 32, height: 32, count: 24 });
  });
  it('48: an IDX header is compared with the bytes there before memory is taken', async () => {
    const header = Uint8Array.from([0, 0, 8, 3, 0, 9, 0xc4, 0, 0, 0, 0, 28, 0, 0, 0, 28]);
    const lying = new Uint8Array(800);
    lying.set(header);
    const before = process.memoryUsage().arrayBuffers;
    const read = await importOf([entry('train-images-idx3-ubyte', lying), labels]);
    expect(read.problem).toMatch(/^train-images-idx3-ubyte: the file is truncated/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50e6);
  });
  it('49: what unpacks to very much comes in small pieces, and the budget is asked for each', async () => {
    const { MaybeGunzip } = await import('../../formats/gzip');
    let [largest, total] = [0, 0];
    const input = new MaybeGunzip('z', {
      push: (piece) => {
        largest = Math.max(largest, piece.length);
        total += piece.length;
      },
      finish: () => undefined,
    });
    input.push(gzipSync(new Uint8Array(3e7)));
    input.finish();
    expect([largest <= 1 << 16, total]).toEqual([true, 3e7]);
  });
});
