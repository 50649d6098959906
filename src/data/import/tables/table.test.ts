import { describe, expect, it } from 'vitest';
import { ownMetaSchema } from '../../ownEntry';
import { ImportFaults } from '../faults';
import { finishImport } from '../values/finishImport';
import { packOwnSet } from '../importer';
import { byteStandardisations, splitSamples, testCount } from '../values/split';
import { likelyLabel } from './label';
import { columnViews, type ColumnView, fromTable, judgedFor } from './samples';
import { scanTable, type ImportedTable } from './scanTable';
import { entry, utf8 } from '../testing';
import type { FileEntry, ImportedSamples } from '../types';

interface Read extends ImportedSamples {
  faults: string[];
  total: number;
  table: ImportedTable & { label: number };
  views: ColumnView[];
  maybeSide: number | null;
}
interface Choice {
  label?: number;
  header?: boolean;
  pictures?: boolean;
}
function read(text: string | Uint8Array, choice: Choice = {}): Read {
  return readAll([entry('t.csv', text)], choice);
}
function readAll(files: FileEntry[], given: Choice = {}): Read {
  const faults = new ImportFaults();
  const table = scanTable(files, { header: given.header ?? null, decimal: null });
  const guess = likelyLabel(table.columns);
  const label = given.label === undefined ? guess : { index: given.label, reason: '' };
  const choice = {
    label,
    columns: {},
    missing: 'drop' as const,
    cut: true,
    pictures: given.pictures ?? null,
  };
  const judged = judgedFor(table, choice);
  const views = columnViews(table, judged, label.index);
  const samples = fromTable(table, choice, judged, views, faults);
  const { listed, total } = faults.report;
  return { ...samples, faults: listed, total, table: { ...table, label: guess.index }, views };
}
const rows = (n: number, of: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => of(i)).join('\n');
/** The value a byte stands for. */
const valueAt = ({ columns, values, width }: ImportedSamples, i: number, j: number): number =>
  (columns?.low[j] ?? 0) + (values[i * width + j] / 255) * (columns?.span[j] ?? 0);

describe('tables', () => {
  it('headers, quotes, marks, delimiters and decimal commas are read', () => {
    const plain = read(`a,b,species\n${rows(20, (i) => `${i / 4},${(5 * i) % 35},${i % 2 ? 'x' : 'y'}`)}\n`);
    expect(plain).toMatchObject({ sample: 'features', width: 2, count: 20, names: ['y', 'x'] });
    expect(plain.table).toMatchObject({ header: true, label: 2, files: [{ delimiter: ',' }] });
    // TableColumn b only counts the rows in the next table: there it is left out.
    const quoted = read(
      utf8(
        `\ufeff"id";"the, ""big"" one";"kind"\r\n${rows(20, (i) => `${i};"${i},5";"${i % 2 ? 'x\ny' : 'z'}"\r`)}`,
      ),
    );
    expect(quoted.table.files[0].delimiter).toBe(';');
    expect(quoted.columns?.names).toEqual(['the, "big" one']);
    expect([quoted.count, quoted.names]).toEqual([20, ['z', 'x y']]);
    expect(valueAt(quoted, 4, 0)).toBeCloseTo(4.5, 1);
    expect(quoted.notes).toContain('Left out, because it only counts the rows: “id”.');
    const tabs = read(rows(20, (i) => `${i % 3}\t${i}.25\t-${i}e-1`));
    expect(tabs.table).toMatchObject({ header: false, files: [{ delimiter: '\t' }], label: 0 });
    expect(valueAt(tabs, 19, 1)).toBeCloseTo(-1.9, 6);
  });
  it('whole numbers within 255 keep a level each; others lose what is said', () => {
    const text = `p,q,class\n${rows(40, (i) => `${(i * 37) % 200},${((i * 37) % 200) ** 2 / 7},${i % 2}`)}`;
    const set = read(text);
    for (let i = 0; i < 40; i++) expect(valueAt(set, i, 0)).toBe((i * 37) % 200);
    // Independent truth: the rounding error of 256 even levels, in standard deviations.
    const q = Array.from({ length: 40 }, (_, i) => ((i * 37) % 200) ** 2 / 7);
    const [low, high] = [Math.min(...q), Math.max(...q)];
    const errors = q.map(
      (v) => low + (Math.round(((v - low) / (high - low)) * 255) / 255) * (high - low) - v,
    );
    const mean = q.reduce((a, b) => a + b) / 40;
    const rms = (of: number[]): number => Math.sqrt(of.reduce((a, v) => a + v * v, 0) / of.length);
    const share = (100 * rms(errors)) / rms(q.map((v) => v - mean));
    expect(set.notes.join()).toContain(
      `Rounding costs most in “q”: ${share.toPrecision(2)} % of its standard deviation`,
    );
  });
  it('bad rows are left out and named by line; beyond twenty they are counted', () => {
    const bad = `a,b,label\n1,2,x\n,2,x\n1,two,y\n1,2\n3,NaN,y\n4,5,\n6,inf,x\n${rows(30, (i) => `${i % 7},3,${i % 2 ? 'x' : 'y'}`)}`;
    const set = read(bad);
    expect(set.faults).toEqual([
      't.csv: line 3: “a” is empty; the row is left out',
      't.csv: line 4: “b” is “two”, no number; the row is left out',
      't.csv: line 5: 2 cells where the table has 3; the row is left out',
      't.csv: line 6: “b” is empty; the row is left out',
      't.csv: line 7: “label” is empty; the row is left out',
      't.csv: line 8: “b” is “inf”, no number; the row is left out',
    ]);
    expect(set.count).toBe(31);
    const many = read(`a,label\n${rows(100, (i) => `${i % 3 ? i % 5 : ''},${i % 2}`)}`);
    expect([many.faults.length, many.total]).toEqual([20, 34]);
  });
  it('a million columns, an endless quote, no text, no UTF-8, no label: refused in a sentence', () => {
    expect(() => read('1,'.repeat(1_000_000))).toThrow(
      /line 1 has more than 12,288 columns, the most the lab takes/,
    );
    expect(() => read(`a,b\n1,"${'x'.repeat(20_000)}`)).toThrow(/line 2 opens a quote that is not closed/);
    expect(() => read(Uint8Array.of(0xff, 0xfe, 97, 0, 98))).toThrow(/UTF-16/);
    expect(() => read(Uint8Array.from([...utf8('a,b\n1,2\n'), 0xe9, 44, 50]))).toThrow(/not text in UTF-8/);
    expect(() => read(Uint8Array.from([...utf8('a,b\n1,2\n3,'), 0]))).toThrow(/line 3 holds a zero byte/);
    expect(() => read('')).toThrow(/empty/);
    expect(() => read(rows(30, String))).toThrow(/single column/);
    expect(() => read('<!doctype html><p>a,b')).toThrow(/web page/);
    expect(() => read(`a,b\n${rows(200, (i) => `${i / 3},${i / 7}`)}`)).toThrow(
      /no column has 2 to 100 different values/,
    );
    expect(() => read(`a,b,c\n${rows(20, (i) => `w${i},v${i},${i % 2}`)}`, { label: 2 })).toThrow(
      /no column holds numbers/,
    );
  });
  it('another label column, a header that is none, and rows of pixels', () => {
    const text = rows(40, (i) => `${i % 4},${i % 3},${i / 8}`);
    expect(read(text, { label: 1 })).toMatchObject({ width: 2, names: ['0', '1', '2'] });
    expect(read(text, { header: true }).count).toBe(39);
    const pixels = `label,${rows(36, (j) => `p${j}`).replaceAll('\n', ',')}\n${rows(20, (i) => `${i % 2},${rows(36, (j) => String((i * i * j) % 250)).replaceAll('\n', ',')}`)}`;
    expect(read(pixels)).toMatchObject({ sample: 'picture', width: 6, height: 6, columns: null });
    expect(read(pixels, { pictures: false })).toMatchObject({ sample: 'features', width: 36, maybeSide: 6 });
  });
  it('a file of tests beside one of training rows keeps its part', () => {
    const part = (n: number): string => `a,label\n${rows(n, (i) => `${i * 3},${i % 2}`)}`;
    const set = readAll([entry('d/test.csv', part(6)), entry('d/train.csv', part(20))]);
    expect(Array.from(set.test ?? [])).toEqual([...Array<number>(20).fill(0), ...Array<number>(6).fill(1)]);
  });
});

const made = (labels: number[], names: string[], width = 1): ImportedSamples => ({
  sample: 'features',
  width,
  height: 1,
  channels: 1,
  count: labels.length,
  values: Uint8Array.from({ length: labels.length * width }, (_, i) => (i * 31) % 256),
  labels: Uint16Array.from(labels),
  names,
  test: null,
  columns: {
    names: Array.from({ length: width }, (_, j) => `f${j}`),
    low: new Float64Array(width).fill(-3),
    span: new Float64Array(width).fill(5),
  },
  notes: [],
});

describe('what every import ends with', () => {
  it('thirty classes are kept, the largest; single samples go; names are in order', () => {
    const labels = Array.from({ length: 35 }, (_, c) => Array<number>(c === 34 ? 1 : 2 + c).fill(c)).flat();
    const set = finishImport(
      made(
        labels,
        Array.from({ length: 35 }, (_, c) => String(100 - c)),
      ),
      'f',
    );
    expect(set.names).toHaveLength(30);
    expect(set.names[0]).toBe('67');
    expect(set.notes[0]).toMatch(/single sample: 66/);
    expect(set.notes[1]).toMatch(/34 classes are more than the lab takes.*14 samples of the other 4/);
    // Values went with their labels: those of class c stand where they stood.
    const first = labels.indexOf(33);
    expect(set.values[set.labels.indexOf(0)]).toBe((first * 31) % 256);
  });
  it('too little is refused', () => {
    expect(() => finishImport(made(Array<number>(30).fill(0), ['only']), 'f.csv')).toThrow(
      /f\.csv: it has a single class \(only\)/,
    );
    expect(() => finishImport(made([0, 0, 1, 1], ['a', 'b']), 'f.csv')).toThrow(
      /4 samples are too few: the lab asks for 20/,
    );
  });
  it('a set beyond what devices bind is cut evenly, and said so', () => {
    const labels = Array.from({ length: 12_000 }, (_, i) => (i % 4 ? 0 : 1));
    const set = finishImport(made(labels, ['a', 'b'], 100), 'big', 2 ** 20);
    expect(set.count * 104).toBeLessThanOrEqual(2 ** 20);
    expect(set.count).toBeGreaterThan(10_000);
    const b = set.labels.filter((label) => label === 1).length;
    expect(b / set.count).toBeCloseTo(0.25, 2);
    expect(set.notes.join()).toMatch(
      /12,000 samples of 100 values are 1\.1 MB; graphics devices are sure to take 1\.0 MB: 10,0\d\d are kept/,
    );
  });
  it('the split is by class, seeded, and leaves each class a sample on both sides', () => {
    const set = made([...Array<number>(50).fill(0), ...Array<number>(10).fill(1), 2, 2], ['a', 'b', 'c']);
    const { train, test } = splitSamples(set, { kind: 'random', share: 0.2, seed: 3 });
    const tally = (part: Uint32Array): number[] =>
      [0, 1, 2].map((c) => part.filter((i) => set.labels[i] === c).length);
    expect([tally(train), tally(test)]).toEqual([
      [40, 8, 1],
      [10, 2, 1],
    ]);
    expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 62 }, (_, i) => i));
    expect(splitSamples(set, { kind: 'random', share: 0.2, seed: 3 }).test).toEqual(test);
    expect(splitSamples(set, { kind: 'random', share: 0.2, seed: 4 }).test).not.toEqual(test);
    expect([testCount(2, 0.01), testCount(2, 0.9)]).toEqual([1, 1]);
    const given = { ...set, test: Uint8Array.from(set.labels, (_, i) => Number(i % 10 === 0)) };
    expect([...splitSamples(given, { kind: 'given' }).test].sort((a, b) => a - b)).toEqual([
      0, 10, 20, 30, 40, 50, 60,
    ]);
    const none = { ...set, test: Uint8Array.from(set.labels, (label) => Number(label === 2)) };
    expect(() => splitSamples(none, { kind: 'given' })).toThrow(
      /c: the files give this class no training sample/,
    );
  });
  it('both standardisations are those of the values that bytes stand for', () => {
    const set = made(
      Array.from({ length: 40 }, (_, i) => i % 2),
      ['a', 'b'],
      3,
    );
    set.columns?.span.set([5, 500, 0.05]);
    const train = Uint32Array.from({ length: 30 }, (_, i) => i);
    const maps = byteStandardisations(set, train);
    const all = Array.from(train, (i) => [0, 1, 2].map((j) => valueAt(set, i, j)));
    const moments = (of: number[]): [number, number] => {
      const mean = of.reduce((a, b) => a + b) / of.length;
      return [mean, Math.sqrt(of.reduce((a, v) => a + (v - mean) ** 2, 0) / of.length)];
    };
    const [centre, deviation] = moments(all.flat());
    for (let j = 0; j < 3; j++) {
      const [mean, own] = moments(all.map((row) => row[j]));
      for (const i of [0, 17]) {
        const share = set.values[3 * i + j] / 255;
        const x = (map: (typeof maps)['pixel']): number => (share - map.mean[j]) * map.inverseDeviation[j];
        expect(x(maps.pixel)).toBeCloseTo((valueAt(set, i, j) - mean) / own, 4);
        expect(x(maps.dataset)).toBeCloseTo((valueAt(set, i, j) - centre) / deviation, 4);
      }
    }
  });
});

describe('a table as it is kept', () => {
  const wide = (columns: number): string =>
    [
      [...Array.from({ length: columns }, (_, j) => `f${j}`), 'class'].join(','),
      ...Array.from({ length: 20 }, (_, i) =>
        [...Array.from({ length: columns }, (_, j) => (i * (j + 1)) / Math.PI), i % 2 ? 'x' : 'y'].join(','),
      ),
    ].join('\n');
  const kept = (columns: number) =>
    packOwnSet(
      finishImport(read(wide(columns)), 't.csv'),
      't.csv',
      { kind: 'random', share: 0.2, seed: 1 },
      1,
    ).meta;

  it('remembers the names of its columns, unless they are too many for the storage read at start', () => {
    expect(ownMetaSchema.parse(kept(3)).features).toEqual(['f0', 'f1', 'f2']);
    expect(ownMetaSchema.parse(kept(2050)).features).toBeUndefined();
  });
});
