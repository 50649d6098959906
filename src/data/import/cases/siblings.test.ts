/** Further inputs of the kinds in `cases.test.ts`, built in code. */
import { describe, expect, it } from 'vitest';
import { imageSize } from '../pictures/imageSize';
import { placesOf } from '../pairing/folders';
import { labelKey, shownNames } from '../pairing/names';
import { meaningOf, splitFolder } from '../pairing/words';
import { readsHonestly } from '../pictures/honest';
import { turned, TURNS } from '../pictures/turn';
import { concat, decodedValue, entry, floats, type Imported, importOf, npy, utf8, zip } from '../testing';
import type { ImportOptions } from '../protocol';
import type { Samples } from '../types';

const rows = (n: number, of: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => of(i)).join('\n');
const table = (text: string | Uint8Array, options: Partial<ImportOptions> = {}): Promise<Imported> =>
  importOf([entry('t.csv', text)], options);
const names = ({ samples }: Imported): string[] | undefined => samples?.columns?.names;
const said = ({ samples, problem }: Imported): string => samples?.notes.join('\n') ?? problem ?? '';
const kinds = ({ choices }: Imported): Record<string, string> =>
  Object.fromEntries((choices?.columns ?? []).map(({ name, kind }) => [name, kind]));
const noise = (i: number): number =>
  Math.round((1000 * Math.abs(Math.sin(i * 12.9898) * 43758.5453)) % 1000) / 1000;

describe('columns of every kind', () => {
  it('texts, truths, dates, ids and constants are told apart', async () => {
    const read = await table(
      `when,epoch,day,colour,open,same,code,price,kind\n${rows(60, (i) => `2024-01-${String(1 + (i % 28)).padStart(2, '0')}T10:00:00Z,${1_700_000_000 + 977 * ((i * 7) % 60)},${20_240_101 + (i % 28)},${['red', 'green', 'blue'][i % 3]},${i % 4 ? 'Yes' : 'No'},5,A-${i},${noise(i)},${i % 2 ? 'a' : 'b'}`)}`.replace(
        'epoch',
        'created_at',
      ),
    );
    expect(kinds(read)).toEqual({
      when: 'dates',
      created_at: 'dates',
      day: 'dates',
      colour: 'categories',
      open: 'yes or no',
      same: 'constant',
      code: 'text',
      price: 'numbers',
      kind: 'categories',
    });
    expect(names(read)).toEqual(['colour: blue', 'colour: green', 'colour: red', 'open', 'price']);
    expect([0, 1, 2, 3, 4].map((j) => Math.round(decodedValue(read, 1, j)))).toEqual([
      0,
      1,
      0,
      1,
      Math.round(noise(1)),
    ]);
    expect(decodedValue(read, 0, 3)).toBe(0);
    for (const left of ['“when”, “created_at”, “day”', '“same”', '“code”'])
      expect(said(read)).toContain(left);
  });
  it('a table that is joined of two has an index that starts anew', async () => {
    const part = (n: number): string => `,a,kind\n${rows(n, (i) => `${i},${noise(i)},${i % 2 ? 'x' : 'y'}`)}`;
    const read = await importOf([entry('a_train.csv', part(60)), entry('a_test.csv', part(30))]);
    expect(names(read)).toEqual(['a']);
    expect(read.samples?.test?.reduce((sum, one) => sum + one, 0)).toBe(30);
  });
  it('measurements that happen to be whole and different stay, with a warning', async () => {
    const read = await table(
      `people,kind\n${rows(40, (i) => `${(i * 7919) % 100_003},${i % 2 ? 'x' : 'y'}`)}`,
    );
    expect(names(read)).toEqual(['people']);
    expect(read.choices?.columns?.[0].warnings.join()).toMatch(/whole numbers are different|whole/);
  });
  it('values that stand for "missing" in a few rows, at either end, are seen', async () => {
    for (const sentinel of [-999, 9999, -1e20, 2147483647]) {
      const read = await table(
        `a,kind\n${rows(200, (i) => `${i % 20 ? noise(i) : sentinel},${i % 2 ? 'x' : 'y'}`)}`,
      );
      expect(said(read)).toMatch(/“a”: 10 values far beyond all others/);
      expect(new Set(read.samples?.values).size).toBeGreaterThan(80);
    }
  });
  it('scattered extremes are cut, and columns of long tails are not', async () => {
    const read = await table(
      `a,kind\n${rows(400, (i) => `${i % 40 ? noise(i) : 1e6 * (1 + i)},${i % 2 ? 'x' : 'y'}`)}`,
    );
    expect(said(read)).toMatch(/far beyond all others/);
    expect(new Set(read.samples?.values).size).toBeGreaterThan(50);
    const tail = await table(
      `a,kind\n${rows(400, (i) => `${-Math.log(1 - noise(i) * 0.999)},${i % 2 ? 'x' : 'y'}`)}`,
    );
    expect(said(tail)).not.toMatch(/far beyond/);
  });
  it('numbers no float holds are named, and cost their row', async () => {
    const read = await table(
      `a,b,kind\n9e306,1,x\n1e400,1,x\ninf,1,y\n${rows(60, (i) => `${noise(i)},${noise(i + 7)},${i % 2 ? 'x' : 'y'}`)}`,
    );
    expect(read.samples?.count).toBe(60);
    expect(read.faults.slice(0, 3).map((text) => text.replace(/.*: “/, ''))).toEqual([
      'a” is “9e306”, beyond any number the lab computes with; the row is left out',
      'a” is “1e400”, beyond any number the lab computes with; the row is left out',
      'a” is “inf”, no number; the row is left out',
    ]);
  });
  it('a column that gives the label away only in ranges, or in texts, is seen', async () => {
    const read = await table(
      `noise,score,word,class\n${rows(120, (i) => `${noise(i)},${(i % 3) * 10 + noise(i + 3)},${['un', 'deux', 'trois'][i % 3]},${i % 3}`)}`,
    );
    const warned = read.choices?.columns
      ?.filter(({ warnings }) => /alone tells/.test(warnings.join()))
      .map(({ name }) => name);
    expect(warned).toEqual(['score', 'word']);
  });
  it('a regression target is refused in words', async () => {
    const read = await table(`a,target\n${rows(2000, (i) => `${noise(i)},${i * 1.37}`)}`);
    expect(said(read)).toMatch(/“target” holds .* measurements and no classes/);
  });
});

describe('labels as identities', () => {
  it('numbers are equal as numbers, and stay apart beyond 2⁵³', () => {
    expect(['1', '1.0', '01', ' +1', '1e0', '1.'].map(labelKey)).toEqual(
      ['1', '1', '1', '1', '1', '1.'].map((k) => (k === '1.' ? '1' : k)),
    );
    expect(labelKey('9007199254740993')).not.toBe(labelKey('9007199254740992'));
    expect(['NA', 'n/a', 'NaN', 'null', 'None', '?', '-', '', '#N/A', '<NA>', 'nil'].map(labelKey)).toEqual(
      Array(11).fill(null),
    );
    expect(labelKey('-0')).toBe('0');
    expect(labelKey('Na')).toBeNull();
    expect(labelKey('cafe\u0301')).toBe('café');
  });
  it('names that look alike when cut are told apart', () => {
    const long = ['a'.repeat(90) + '1', 'a'.repeat(90) + '2', 'a'.repeat(30) + 'x' + 'a'.repeat(60)];
    const shown = shownNames([...long, ...long.map((name) => name + 'a'.repeat(30)), '\u200b', '\u200c']);
    expect(new Set(shown).size).toBe(8);
    for (const name of shown) expect(Array.from(name).length).toBeLessThanOrEqual(44);
  });
  it('labels in NumPy beyond 2⁵³, as text, with gaps', async () => {
    const X = npy('<f8', [40, 1], floats(Array.from({ length: 40 }, (_, i) => i / 3)));
    const big = new BigInt64Array(40).map((_, i) => 9007199254740992n + BigInt(i % 2));
    const read = await importOf([
      entry('X.npy', X),
      entry('y.npy', npy('<i8', [40], new Uint8Array(big.buffer))),
    ]);
    expect(read.samples?.names).toEqual(['9007199254740992', '9007199254740993']);
    const y = floats(Array.from({ length: 40 }, (_, i) => (i < 10 ? NaN : i % 2)));
    expect((await importOf([entry('X.npy', X), entry('y.npy', npy('<f8', [40], y))])).samples).toMatchObject({
      count: 30,
      names: ['0', '1'],
    });
  });
});

describe('heads, separators and numbers', () => {
  const body = rows(40, (i) => `${noise(i)},${noise(i + 9)},${i % 2 ? 'x' : 'y'}`);
  it('comments, titles, names in a comment, blanks as separators', async () => {
    expect(names(await table(`# made by hand\n% on a Monday\na,b,kind\n${body}`))).toEqual(['a', 'b']);
    expect(names(await table(`# a,b,kind\n${body}`))).toEqual(['a', 'b']);
    expect(names(await table(`My report\n\na,b,kind\n${body}`))).toEqual(['a', 'b']);
    expect(names(await table(`My report,,\na,b,kind\n${body}`))).toEqual(['a', 'b']);
    const blanks = await table(`a b kind\n${body.replaceAll(',', '   ')}`);
    expect([names(blanks), blanks.samples?.count]).toEqual([['a', 'b'], 40]);
    const colours = await table(rows(40, (i) => `#${i % 2 ? 'ff0000' : '00ff00'},${noise(i)}`));
    expect(colours.samples?.count).toBe(40);
  });
  it('headers of numbers, and of texts over texts', async () => {
    expect(names(await table(`0,1,species\n${body}`))).toEqual(['0', '1']);
    const words = await table(
      `size,colour,kind\n${rows(40, (i) => `${['big', 'small'][i % 2]},${['red', 'blue'][(i >> 1) % 2]},${['cat', 'dog'][(i >> 2) % 2]}`)}`,
    );
    expect(names(words)).toEqual(['size: big', 'size: small', 'colour: blue', 'colour: red']);
    expect(words.samples?.count).toBe(40);
  });
  it('UTF-16 with its mark is read', async () => {
    const text = `\ufeffa\tb\tkind\n${body.replaceAll(',', '\t')}`;
    const bytes = new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer);
    const read = await table(bytes);
    expect([names(read), said(read)]).toEqual([['a', 'b'], expect.stringMatching(/UTF-16/)]);
  });
  it('decimal commas and commas that divide thousands, each said', async () => {
    const cases: [string, number, RegExp][] = [
      ['1,5', 1.5, /decimal points/],
      ['1.234,5', 1234.5, /decimal points/],
      ['1,234,567', 1234567, /divide thousands/],
      ['1,234.5', 1234.5, /divide thousands/],
      ['1 234,5', 1234.5, /Read as a table/],
      ['−7', -7, /Read as a table/],
    ];
    for (const [text, value, note] of cases) {
      const read = await table(
        `a;b;kind\n${rows(40, (i) => `${i === 0 ? text : i % 5};${i === 1 && text.includes('1,') ? text : i % 4};${i % 2 ? 'x' : 'y'}`)}`,
        { cut: false },
      );
      // Kept in 256 levels.
      expect(Math.abs(decodedValue(read, 0, 0) - value)).toBeLessThanOrEqual(0.01 * Math.abs(value));
      expect(said(read)).toMatch(note);
    }
    const quoted = await table(
      `a,kind\n${rows(40, (i) => `"${i === 0 ? '2,001' : i}",${i % 2 ? 'x' : 'y'}`)}`,
      { cut: false, columns: { 0: true } },
    );
    expect(decodedValue(quoted, 0, 0)).toBe(2001);
    expect(said(quoted)).toMatch(/taken to divide thousands: “2,001” is read as 2001/);
  });
  it('a file without names beside one with them is refused', async () => {
    const read = await importOf([entry('train.csv', `a,b,kind\n${body}`), entry('test.csv', body)]);
    expect(read.problem).toMatch(/^test\.csv: its first row names no columns, that of train\.csv does/);
  });
});

describe('pairing by words', () => {
  it('parts are read off names however they are joined', () => {
    const meant = (name: string): string => {
      const { split, part, rest } = meaningOf(name);
      return [split, part, rest].join();
    };
    for (const name of [
      'X_train',
      'xTrain',
      'Xtrain',
      'train_x',
      'trainX',
      'XTrain',
      'x-train',
      'train_images',
      'trainimages',
      'training_set_features',
    ])
      expect(meant(name)).toBe('train,samples,');
    for (const name of [
      'y_test',
      'yTest',
      'testy',
      'test_labels',
      'TestLabels',
      't10k-labels-idx1-ubyte',
      'y_val',
      'validation_targets',
    ])
      expect(meant(name)).toBe('test,labels,');
    expect(meant('contest_latest')).toBe(',,contest latest');
    expect(
      [
        'train',
        'Test_Data',
        'seg_train',
        'validation',
        'test1',
        'test tubes',
        'trains',
        'contest',
        'training_labels',
      ].map(splitFolder),
    ).toEqual(['train', 'test', 'train', 'test', 'test', null, null, null, null]);
  });
  const X = (n: number): Uint8Array =>
    npy('<f8', [n, 2], floats(Array.from({ length: 2 * n }, (_, i) => Math.sin(i))));
  const y = (n: number): Uint8Array =>
    npy(
      '|u1',
      [n],
      Uint8Array.from({ length: n }, (_, i) => i % 2),
    );
  const shape = ({ samples, problem }: Imported): unknown =>
    problem ?? [samples?.count, samples?.test?.filter((one) => one === 1).length];
  it('names within an npz, however they are joined', async () => {
    for (const [a, b, c, d] of [
      ['x_train', 'y_train', 'x_test', 'y_test'],
      ['trainX', 'trainY', 'testX', 'testY'],
      ['train_images', 'train_labels', 'val_images', 'val_labels'],
      ['train', 'train_labels', 'test', 'test_labels'],
      ['train/X', 'train/y', 'test/X', 'test/y'],
    ]) {
      const files = { [`${a}.npy`]: X(40), [`${b}.npy`]: y(40), [`${c}.npy`]: X(40), [`${d}.npy`]: y(40) };
      expect(shape(await importOf([entry('d.npz', zip(files))]))).toEqual([80, 40]);
    }
  });
  it('arr_0 in four files goes by their names; in one file it is asked about', async () => {
    const files = Object.entries({
      'k-train-imgs': X(40),
      'k-train-labels': y(40),
      'k-test-imgs': X(40),
      'k-test-labels': y(40),
    });
    const four = files.map(([name, bytes]) => entry(`${name}.npz`, zip({ 'arr_0.npy': bytes })));
    expect(shape(await importOf(four))).toEqual([80, 40]);
    const one = [
      entry('d.npz', zip({ 'arr_0.npy': X(40), 'arr_1.npy': y(40), 'arr_2.npy': X(40), 'arr_3.npy': y(40) })),
    ];
    const asked = await importOf(one);
    expect(asked.problem).toMatch(/names do not say what these 4 arrays are for/);
    expect(asked.choices?.parts?.map(({ name, role }) => [name, role])).toEqual(
      [0, 1, 2, 3].map((k) => [`arr_${k}.npy`, null]),
    );
    const roles = {
      'arr_0.npy': 'train samples',
      'arr_1.npy': 'train labels',
      'arr_2.npy': 'test samples',
      'arr_3.npy': 'test labels',
    } as const;
    // Half said is not enough: nothing is guessed of the others.
    const half = await importOf(one, {
      roles: { 'arr_0.npy': 'train samples', 'arr_1.npy': 'train labels' },
    });
    expect(half.problem).toMatch(/names do not say what these 2 arrays are for/);
    expect(shape(await importOf(one, { roles }))).toEqual([80, 40]);
    expect(shape(await importOf([entry('d.npz', zip({ 'arr_0.npy': X(40), 'arr_1.npy': y(40) }))]))).toEqual([
      40,
      undefined,
    ]);
  });
  it('labels are never taken by their number alone where names disagree', async () => {
    expect(shape(await importOf([entry('X_cats.npy', X(40)), entry('y_dogs.npy', y(40))]))).toMatch(
      /do not agree/,
    );
    expect(
      shape(await importOf([entry('X_train.npy', X(40)), entry('X_test.npy', X(40)), entry('y.npy', y(40))])),
    ).toMatch(/^X_test\.npy: its labels are missing/);
    expect(shape(await importOf([entry('X_test.npy', X(40)), entry('y_train.npy', y(40))]))).toMatch(
      /missing/,
    );
    expect(
      shape(
        await importOf([entry('X.npy', X(40)), entry('y_fine.npy', y(40)), entry('y_coarse.npy', y(40))]),
      ),
    ).toMatch(/are all labels/);
    const pickled = npy('|O', [3], utf8('x'));
    expect(
      shape(await importOf([entry('d.npz', zip({ 'X.npy': X(40), 'y.npy': y(40), 'names.npy': pickled }))])),
    ).toEqual([40, undefined]);
  });
  it('folders of pictures in every order', () => {
    const of = (...paths: string[]): string[] =>
      placesOf(paths.map((path) => ({ path }))).map(
        ({ label, split, outside }) => `${label} ${split}${outside ? ' outside' : ''}`,
      );
    expect(of('d/train/cat/1.png', 'd/test/dog/1.png')).toEqual(['cat train', 'dog test']);
    expect(of('cat/train/1.png', 'dog/test/1.png')).toEqual(['cat train', 'dog test']);
    expect(of('train_data/cat/1.png', 'validation-data/cat/1.png')).toEqual(['cat train', 'cat test']);
    expect(of('seg_train/seg_train/sea/1.png', 'seg_test/seg_test/sea/1.png')).toEqual([
      'sea train',
      'sea test',
    ]);
    // A train is a vehicle.
    expect(of('train/1.png', 'car/1.png', 'bus/1.png')).toEqual(['train null', 'car null', 'bus null']);
    expect(of('vehicles/train/1.png', 'vehicles/car/1.png')).toEqual(['train null', 'car null']);
    expect(of('train/cat/1.png', 'test/cat/1.png', 'more/cat/1.png')).toEqual([
      'cat train',
      'cat test',
      'cat null outside',
    ]);
    expect(of('train/1.png', 'test/1.png')).toEqual(['null null', 'null null']);
    expect(of('train/cat/1.png', 'train/dog/1.png')).toEqual(['cat train', 'dog train']);
    const zips = placesOf([
      { path: 'cat/1.png', archive: 'x/train.zip' },
      { path: '2.png', archive: 'x/train.zip' },
      { path: 'cat/1.png', archive: 'test.zip' },
    ]);
    expect(zips.map(({ label, split }) => [label, split])).toEqual([
      ['cat', 'train'],
      [null, null],
      ['cat', 'test'],
    ]);
  });
});

describe('zips as they come', () => {
  const png = Uint8Array.from([
    0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0,
    0, 0, 0, 0, 0,
  ]);
  /** A zip whose names are these bytes, without the mark of UTF-8. */
  function named(folders: number[][]): Uint8Array {
    const plain = folders.flatMap((folder, k) =>
      Array.from({ length: 12 }, (_, i) => `${'ABCDEFGH'[k].repeat(folder.length)}/${i}.png`),
    );
    const bytes = zip(Object.fromEntries(plain.map((name) => [name, png])), 0);
    folders.forEach((folder, k) => {
      const mark = utf8(`${'ABCDEFGH'[k].repeat(folder.length)}/`);
      for (let at = 0; at + mark.length <= bytes.length; at++)
        if (mark.every((byte, i) => bytes[at + i] === byte)) bytes.set(folder, at);
    });
    return bytes;
  }
  const read = async (...folders: number[][]): Promise<[string[] | undefined, string]> => {
    const made = await importOf([entry('a.zip', named(folders))]);
    return [made.samples?.names, said(made)];
  };
  const bytes = (text: string): number[] => Array.from(text, (c) => c.charCodeAt(0));
  it('names in the code page they were written in, and it is said', async () => {
    // B ä r and K ö l n in code page 437, in Windows-1252, in Shift JIS ねこ and いぬ, and in UTF-8 without its mark.
    expect(await read([0x42, 0x84, 0x72], [0x4b, 0x94, 0x6c, 0x6e])).toEqual([
      ['Bär', 'Köln'],
      expect.stringMatching(/read as code page 437/),
    ]);
    expect(await read(bytes('B\u00e4r'), bytes('K\u00f6ln'))).toEqual([
      ['Bär', 'Köln'],
      expect.stringMatching(/read as Windows-1252/),
    ]);
    expect(await read([0x82, 0xcb, 0x82, 0xb1], [0x82, 0xa2, 0x82, 0xca])).toEqual([
      ['いぬ', 'ねこ'],
      expect.stringMatching(/read as Shift JIS/),
    ]);
    const [names8, note] = await read([...utf8('Bär')], [...utf8('Köln')]);
    expect([names8, note]).toEqual([['Bär', 'Köln'], expect.not.stringMatching(/read as/)]);
    // Two names that a wrong reading would make one.
    expect((await read([0xff, 0x61], [0xfe, 0x61]))[0]).toHaveLength(2);
  });
  it('bytes before the archive, and documents that are zips inside', async () => {
    const body = named([bytes('cat'), bytes('dog')]);
    expect(
      (await importOf([entry('a.zip', concat([utf8('#!/bin/sh unpacks itself'), body]))])).samples?.names,
    ).toEqual(['cat', 'dog']);
    const workbook = zip({ '[Content_Types].xml': utf8('x'), 'xl/workbook.xml': utf8('x') });
    expect((await importOf([entry('a.xlsx', workbook)])).problem).toMatch(/Excel workbook.*save it as CSV/);
  });
  it('files of other kinds are named with what to do instead', async () => {
    const cases: [string, string | Uint8Array, RegExp][] = [
      ['a.parquet', 'PAR1....PAR1', /Parquet.*read_parquet/],
      ['a.arff', '@relation iris\n@data\n1,2', /ARFF.*Weka/],
      ['renamed.csv', '% a comment\n@RELATION iris\n@data\n1,2', /ARFF/],
      ['a.jsonl', '{"a": 1}\n{"a": 2}', /JSON.*read_json/],
      ['a.heic', '\0\0\0\u0018ftypheic', /HEIC.*PNG or JPEG/],
      ['a.tiff', Uint8Array.of(0x49, 0x49, 0x2a, 0, 8), /TIFF/],
      ['a.mat', 'MATLAB 5.0 MAT-file', /MATLAB/],
      ['a.h5', Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13), /HDF5.*numpy\.savez/],
      ['a.pkl', Uint8Array.of(0x80, 4, 0x95), /pickle/],
      ['a.7z', Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27), /7z.*unpack it/],
      ['a.csv.xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a), /xz/],
    ];
    for (const [name, content, words] of cases)
      expect((await importOf([entry(name, content)])).problem).toMatch(words);
  });
});

describe('pictures', () => {
  it('Exif orientations 1 to 8, in both byte orders', () => {
    const jpeg = (orientation: number, little: boolean): Uint8Array => {
      const two = (n: number): number[] => (little ? [n & 255, n >> 8] : [n >> 8, n & 255]);
      const four = (n: number): number[] => (little ? [n, 0, 0, 0] : [0, 0, 0, n]);
      const tiff = [
        ...utf8(little ? 'II' : 'MM'),
        ...two(42),
        ...four(8),
        ...two(1),
        ...two(0x112),
        ...two(3),
        ...four(1),
        ...two(orientation),
        0,
        0,
        ...four(0),
      ];
      const exif = [...utf8('Exif'), 0, 0, ...tiff];
      return Uint8Array.from([
        0xff,
        0xd8,
        0xff,
        0xe1,
        0,
        exif.length + 2,
        ...exif,
        0xff,
        0xc0,
        0,
        11,
        8,
        0,
        24,
        0,
        32,
        1,
        1,
        17,
        0,
      ]);
    };
    for (const little of [true, false])
      for (let orientation = 0; orientation <= 9; orientation++) {
        const lies = orientation >= 5 && orientation <= 8;
        expect(imageSize(jpeg(orientation, little))).toEqual(
          lies ? { width: 24, height: 32 } : { width: 32, height: 24 },
        );
      }
  });
  it('are turned and mirrored in all eight ways', () => {
    const picture: Samples = {
      sample: 'picture',
      width: 3,
      height: 2,
      channels: 1,
      count: 1,
      values: Uint8Array.of(1, 2, 3, 4, 5, 6),
      labels: Uint16Array.of(0),
      names: ['a'],
      test: null,
      columns: null,
      notes: [],
    };
    const seen = Object.fromEntries(
      TURNS.map(({ id }) => [id, Array.from(turned(picture, id).values).join('')]),
    );
    expect(seen).toEqual({
      none: '123456',
      transpose: '142536',
      right: '415263',
      left: '362514',
      half: '654321',
      mirror: '321654',
      flip: '456123',
      antitranspose: '635241',
    });
    expect(turned(picture, 'right')).toMatchObject({ width: 2, height: 3 });
  });
  it('a canvas that answers with noise, or with white, is seen', () => {
    const canvas = (spoil: (byte: number, k: number) => number): Parameters<typeof readsHonestly>[0] => {
      const data = new Uint8ClampedArray(16 * 16 * 4).fill(255);
      let colour = [0, 0, 0];
      return {
        set fillStyle(style: string) {
          colour = (style.match(/\d+/g) ?? []).map(Number);
        },
        fillRect: (x, y, width, height) => {
          for (let row = y; row < y + height; row++)
            for (let at = x; at < x + width; at++) data.set([...colour, 255], 4 * (16 * row + at));
        },
        getImageData: () => ({ data: data.map(spoil) }),
      };
    };
    expect(readsHonestly(canvas((byte) => byte))).toBe(true);
    expect(readsHonestly(canvas(() => 255))).toBe(false);
    expect(readsHonestly(canvas((byte, k) => (k === 77 ? byte ^ 1 : byte)))).toBe(false);
  });
});
