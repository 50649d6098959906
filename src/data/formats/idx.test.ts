import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DataError } from './error';
import { MaybeGunzip } from './gzip';
import { IdxReader, readIdx } from './idx';

const header = (...dimensions: number[]): number[] => [
  0,
  0,
  8,
  dimensions.length,
  ...dimensions.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]),
];
const pixels = Array.from({ length: 300 * 6 }, (_, i) => (i * i) % 251);
const images = Uint8Array.from([...header(300, 3, 2), ...pixels]);

/** Feeds `bytes` in chunks of the given size; returns the values and the counts of complete images after each chunk. */
function feed(
  bytes: Uint8Array,
  chunk: number,
): { values: Uint8Array; counts: number[]; gzipped: boolean | null } {
  const values = new Uint8Array(300 * 6);
  const counts: number[] = [];
  const reader = new IdxReader('some-images', {
    rank: 3,
    begin: (dimensions) => {
      expect(dimensions).toEqual([300, 3, 2]);
      return values;
    },
    items: (from, to) => {
      expect(from).toBe(counts.at(-1) ?? 0);
      counts.push(to);
    },
  });
  const input = new MaybeGunzip('some-images', reader);
  for (let at = 0; at < bytes.length; at += chunk) input.push(bytes.subarray(at, at + chunk));
  input.finish();
  expect(reader.complete).toBe(300);
  return { values, counts, gzipped: input.gzipped };
}

describe('IDX', () => {
  const packed = gzipSync(images, { mtime: 0, filename: 'a-name-in-the-header' });
  for (const chunk of [1, 2, 3, 7, 19, 1000, 1e6]) {
    it(`is read plain and gzipped in chunks of ${chunk}`, () => {
      const plain = feed(images, chunk);
      expect(Array.from(plain.values)).toEqual(pixels);
      expect(plain.gzipped).toBe(false);
      const inflated = feed(packed, chunk);
      expect(Array.from(inflated.values)).toEqual(pixels);
      expect(inflated.gzipped).toBe(true);
    });
  }

  it('announces images as they complete, not at the end', () => {
    const { counts } = feed(images, 6);
    expect(counts).toHaveLength(300);
    expect(counts.slice(0, 3)).toEqual([1, 2, 3]);
  });

  it('reads several gzip members as one', () => {
    const members = Uint8Array.from([
      ...gzipSync(images.subarray(0, 700)),
      ...gzipSync(images.subarray(700)),
    ]);
    expect(Array.from(feed(members, 11).values)).toEqual(pixels);
  });
});

describe('IDX errors name the file and the problem', () => {
  const labels = Uint8Array.from([...header(5), 1, 2, 3, 4, 5]);
  const refuse = (bytes: Uint8Array, rank: number): string => {
    try {
      readIdx('labels.gz', bytes, rank);
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
      return (error as DataError).message;
    }
    throw new Error('was accepted');
  };
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);

  it('the sound file is accepted', () => {
    expect(Array.from(readIdx('labels.gz', labels, 1).values)).toEqual([1, 2, 3, 4, 5]);
  });
  it('wrong magic, with the value seen', () => {
    expect(refuse(labels, 3)).toBe(
      'labels.gz: wrong magic number: it begins with 00 00 08 01 where 00 00 08 03 was expected',
    );
    expect(refuse(text('PNG?'), 1)).toMatch(/begins with 50 4e 47 3f/);
  });
  it('an HTML page', () => {
    expect(refuse(text('<!doctype html><title>Not found</title>'), 1)).toMatch(/web page \(HTML\)/);
    expect(refuse(text('\n <html>'), 1)).toMatch(/web page \(HTML\)/);
    expect(refuse(gzipSync(text('<!doctype html>')), 1)).toMatch(/web page \(HTML\)/);
  });
  it('empty, ended inside the header, truncated', () => {
    expect(refuse(new Uint8Array(0), 1)).toMatch(/empty/);
    expect(refuse(labels.subarray(0, 1), 1)).toMatch(/ends inside its header/);
    expect(refuse(labels.subarray(0, 6), 1)).toMatch(/ends inside its header/);
    expect(refuse(labels.subarray(0, 11), 1)).toMatch(/truncated \(3 of 5 items/);
  });
  it('surplus bytes, plain and gzipped', () => {
    const surplus = Uint8Array.from([...labels, 9]);
    expect(refuse(surplus, 1)).toMatch(/extra bytes after the 13/);
    expect(refuse(gzipSync(surplus), 1)).toMatch(/extra bytes after the 13/);
  });
  it('an impossible size', () => {
    expect(refuse(Uint8Array.from([...header(0xffffffff, 28, 28), 0]), 3)).toMatch(/more than can be held/);
  });
  it('gzip that is cut off, has a flipped byte or rubbish behind it', () => {
    const packed = gzipSync(images, { mtime: 0 });
    for (const length of [2, 9, 12, 200, packed.length - 9, packed.length - 1]) {
      expect(refuse(packed.subarray(0, length), 3)).toMatch(
        /^labels\.gz: .*(truncated|cut off|empty|corrupt)/,
      );
    }
    for (let at = 10; at < packed.length; at += 13) {
      const flipped = packed.slice();
      flipped[at] ^= 4;
      expect(refuse(flipped, 3)).toMatch(/^labels\.gz: /);
    }
    expect(refuse(Uint8Array.from([...packed, 1, 2, 3, 4, 5, 6]), 3)).toMatch(/corrupt/);
    expect(refuse(Uint8Array.from([...packed, 1, 2]), 3)).toMatch(/corrupt/);
  });
});
