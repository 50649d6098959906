/** Further tables of the kinds in `cases.test.ts`, built in code. */
import { describe, expect, it } from 'vitest';
import { labelKey, shownNames } from '../pairing/names';
import type { ImportOptions } from '../protocol';
import { importedValue, entry, floats, type Imported, importOf, npy } from '../testing';

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
    expect([0, 1, 2, 3, 4].map((j) => Math.round(importedValue(read, 1, j)))).toEqual([
      0,
      1,
      0,
      1,
      Math.round(noise(1)),
    ]);
    expect(importedValue(read, 0, 3)).toBe(0);
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
      expect(Math.abs(importedValue(read, 0, 0) - value)).toBeLessThanOrEqual(0.01 * Math.abs(value));
      expect(said(read)).toMatch(note);
    }
    const quoted = await table(
      `a,kind\n${rows(40, (i) => `"${i === 0 ? '2,001' : i}",${i % 2 ? 'x' : 'y'}`)}`,
      { cut: false, columns: { 0: true } },
    );
    expect(importedValue(quoted, 0, 0)).toBe(2001);
    expect(said(quoted)).toMatch(/taken to divide thousands: “2,001” is read as 2001/);
  });
  it('a file without names beside one with them is refused', async () => {
    const read = await importOf([entry('train.csv', `a,b,kind\n${body}`), entry('test.csv', body)]);
    expect(read.problem).toMatch(/^test\.csv: its first row names no columns, that of train\.csv does/);
  });
});
