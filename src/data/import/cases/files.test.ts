/** Further archives, arrays and pictures of the kinds in `cases.test.ts`, built in code. */
import { describe, expect, it } from 'vitest';
import { placesOf } from '../pairing/folders';
import { meaningOf, splitFolder } from '../pairing/words';
import { readsHonestly } from '../pictures/honest';
import { imageSize } from '../pictures/imageSize';
import { turned, TURNS } from '../pictures/turn';
import { concat, entry, floats, type Imported, importOf, npy, utf8, zip } from '../testing';
import type { ImportedSamples } from '../types';

const said = ({ samples, problem }: Imported): string => samples?.notes.join('\n') ?? problem ?? '';

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
    const picture: ImportedSamples = {
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
