import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openArchive } from './archive';
import { UnpackBudget } from './budget';
import { ImportFaults } from '../faults';
import { placesOf } from '../pairing/folders';
import { cleanName, identity } from '../pairing/names';
import { isSystemFile } from '../pairing/paths';
import { untar } from './tar';
import { concat, entry, tar, utf8, zip } from '../testing';

const opened = (
  path: string,
  bytes: Uint8Array,
  budget = new UnpackBudget(),
): { paths: string[]; text: string[]; faults: string[] } => {
  const faults = new ImportFaults();
  const { entries } = openArchive(entry(path, bytes), budget, faults);
  return {
    paths: entries.map((one) => one.path),
    text: entries.map((one) => new TextDecoder().decode(one.bytes)),
    faults: faults.report.listed,
  };
};
const find = (bytes: Uint8Array, signature: number): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.length; at++) if (view.getUint32(at, true) === signature) return at;
  throw new Error('not there');
};
const CENTRAL = 0x02014b50;

describe('archives', () => {
  it('zips are opened, stored or deflated, without litter and without archives inside', () => {
    const inside = {
      'a/x.txt': utf8('x'.repeat(5000)),
      '__MACOSX/a/._x.txt': utf8('?'),
      'b/n.zip': zip({ q: utf8('q') }),
    };
    for (const level of [0, 6] as const) {
      const { paths, text, faults } = opened('all.zip', zip(inside, level));
      expect(paths).toEqual(['a/x.txt']);
      expect(text).toEqual(['x'.repeat(5000)]);
      expect(faults).toEqual(['n.zip: an archive inside an archive is not opened: unpack it first']);
    }
  });
  it('tars and gzipped files are opened, gzipped files within archives too', () => {
    const both = tar({ 'd/one.bin': utf8('1'), 'd/two.bin.gz': gzipSync(utf8('22')) });
    for (const bytes of [both, gzipSync(both)])
      expect(opened('set.tar.gz', bytes)).toEqual({
        paths: ['d/one.bin', 'd/two.bin'],
        text: ['1', '22'],
        faults: [],
      });
    expect(opened('t.csv.gz', gzipSync(utf8('a,b')))).toMatchObject({ paths: ['t.csv'], text: ['a,b'] });
  });
  it('a zip bomb is refused by what it declares, and stopped where it lies', () => {
    const bomb = zip({ 'z.txt': new Uint8Array(300_000) });
    const at = find(bomb, CENTRAL);
    // It declares less than comes out: left out at the declared size.
    const lying = bomb.slice();
    new DataView(lying.buffer).setUint32(at + 24, 1000, true);
    expect(opened('b.zip', lying)).toMatchObject({
      paths: [],
      faults: [expect.stringMatching(/^z\.txt: it unpacks to more than the 1,000 bytes/)],
    });
    // It declares more than is ever opened.
    const huge = bomb.slice();
    new DataView(huge.buffer).setUint32(at + 24, 3_000_000_000, true);
    expect(() => opened('b.zip', huge)).toThrow(/b\.zip: it declares 2861 MB unpacked, more than the 512 MB/);
    // It is honest, and the budget is small: likewise gzip, whose size is nowhere declared.
    expect(() => opened('b.zip', bomb, new UnpackBudget(100_000))).toThrow(/more than 0\.1 MB/);
    expect(() => opened('b.csv.gz', gzipSync(new Uint8Array(300_000)), new UnpackBudget(100_000))).toThrow(
      /b\.csv\.gz: it unpacks to more/,
    );
    // All files of an import share one budget.
    const both = zip({ 'a.txt': new Uint8Array(60_000), 'b.txt': new Uint8Array(60_000) });
    expect(opened('c.zip', both, new UnpackBudget(120_000)).paths).toHaveLength(2);
    expect(() => opened('c.zip', both, new UnpackBudget(119_999))).toThrow(/b\.txt: it unpacks to more/);
  });
  it('entries over each other, encrypted, damaged, truncated, zip64: named', () => {
    const two = zip({ 'a.txt': utf8('aaaa'), 'b.txt': utf8('bbbb') }, 0);
    const first = find(two, CENTRAL);
    const over = two.slice();
    new DataView(over.buffer).setUint32(first + 46 + 5 + 42, 4, true);
    expect(() => opened('o.zip', over)).toThrow(/lie over each other/);
    const locked = two.slice();
    locked[first + 8] |= 1;
    expect(opened('l.zip', locked)).toMatchObject({
      paths: ['b.txt'],
      faults: [expect.stringMatching(/^a\.txt: it is encrypted/)],
    });
    const flipped = two.slice();
    flipped[find(two, 0x04034b50) + 30 + 5] ^= 1;
    expect(opened('f.zip', flipped).faults[0]).toMatch(/checksum does not match/);
    for (const length of [4, 40, two.length - 1])
      expect(() => opened('t.zip', two.subarray(0, length))).toThrow(/truncated or damaged/);
    const many = two.slice();
    new DataView(many.buffer).setUint16(many.length - 12, 0xffff, true);
    expect(() => opened('m.zip', many)).toThrow(/zip64 record is missing/);
  });
  it('tars that are cut off or do not check', () => {
    const whole = tar({ 'a.bin': new Uint8Array(600) });
    expect(() => opened('a.tar', whole.subarray(0, 700))).toThrow(/a\.bin goes on behind its end/);
    expect(() => opened('a.tar', whole.subarray(0, 1536))).toThrow(/end mark is missing/);
    const three = tar({ 'a.bin': utf8('a'), 'b.bin': utf8('b'), 'c.bin': utf8('c') });
    expect(untar('a.tar', three, 3)).toHaveLength(3);
    expect(() => untar('a.tar', three, 2)).toThrow('a.tar: it holds more than 2 files');
    const broken = whole.slice();
    broken[0] ^= 1;
    expect(() => opened('a.tar', broken)).toThrow(/does not check/);
    const negative = concat([whole]);
    negative.set(utf8('-7777777777'), 124);
    expect(() => opened('a.tar', negative)).toThrow(/corrupt|cannot be read/);
  });
});

describe('names out of paths', () => {
  const classOf = (path: string): string | null => placesOf([{ path }])[0].label;
  it('are never a way through folders', () => {
    expect(classOf('../../etc/passwd')).toBe('etc');
    expect(classOf('C:\\Windows\\cat\\1.png')).toBe('cat');
    expect(classOf('/cat//./1.png')).toBe('cat');
    expect(classOf('..\\1.png')).toBeNull();
    expect(classOf('CON/1.png')).toBe('CON');
    expect(cleanName('a\u202e\u0000b\t c'.padEnd(80, 'x'))).toBe(`a b c${'x'.repeat(80)}`.slice(0, 40));
    expect(identity(' a  b'.padEnd(80, 'x'))).toBe(`a b${'x'.repeat(75)}`);
    expect(['a/.DS_Store', '__MACOSX/x', 'a/b.png'].map(isSystemFile)).toEqual([true, true, false]);
  });
});
