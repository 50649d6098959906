import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../load/load';
import { DATASETS } from '../registry';
import type { FetchFile } from '../load/stream';
import { HASH_COLUMNS, columnOf, hashText, textTokens } from './hash';
import { LineReader } from './lines';

const folder = join(import.meta.dirname, '../../../public/data/glosses');
const base = 'https://lab.example/';
/** Serves the committed pack in pieces of 30 kB. */
const fetch: FetchFile = (url) => {
  const bytes = new Uint8Array(readFileSync(join(folder, url.pathname.split('/').at(-1) ?? '')));
  let at = 0;
  return Promise.resolve(
    new Response(
      new ReadableStream({
        pull: (controller) =>
          at >= bytes.length ? controller.close() : controller.enqueue(bytes.slice(at, (at += 30_000))),
      }),
    ),
  );
};

/** Share right of multinomial naive Bayes with add-one smoothing: rows of features with labels below 10. */
function naiveBayes(
  train: { features: number[]; label: number }[],
  test: { features: number[]; label: number }[],
): number {
  const counts = new Map<number, Float64Array>();
  const totals = new Float64Array(10);
  for (const { features, label } of train)
    for (const feature of features) {
      const found = counts.get(feature) ?? new Float64Array(10);
      counts.set(feature, found);
      found[label]++;
      totals[label]++;
    }
  const right = test.filter(({ features, label }) => {
    const scores = new Float64Array(10);
    for (const feature of features) {
      const found = counts.get(feature);
      if (found)
        for (let k = 0; k < 10; k++) scores[k] += Math.log((found[k] + 1) / (totals[k] + counts.size));
    }
    return scores.indexOf(Math.max(...scores)) === label;
  });
  return right.length / test.length;
}

describe('glosses', () => {
  it('are balanced texts with the counts of their words, learnable by word and, less so, by column', async () => {
    const { source, done } = loadDataset('glosses', { base, standardisation: 'dataset', fetch });
    await done;
    const { train, test, texts, size, mean, inverseDeviation, byteScale } = source;
    expect([train.ready, test.ready, size, source.classes]).toEqual([16_000, 4_000, 2048, 10]);
    expect(source.width).toBeUndefined();
    const raw = gunzipSync(readFileSync(join(folder, 't10k-texts.txt.gz'))).toString('utf8');
    expect(texts?.test.join('\n')).toBe(raw.trimEnd());
    expect(new Set([...(texts?.train ?? []), ...(texts?.test ?? [])]).size).toBe(20_000);
    const each = new Array<number>(10).fill(0);
    for (const split of [train, test]) for (const label of split.labels) each[label]++;
    expect(each).toEqual(new Array<number>(10).fill(2000));

    const known = new Map<string, number>();
    const words = (list: string[] = []) =>
      list.map((text) =>
        textTokens(text).map((word) => known.get(word) ?? known.set(word, known.size).size - 1),
      );
    const rows = (features: number[][], labels: Uint8Array) =>
      features.map((row, i) => ({ features: row, label: labels[i] }));
    const [trainWords, testWords] = [words(texts?.train), words(texts?.test)];
    const length = trainWords.reduce((sum, row) => sum + row.length, 0) / trainWords.length;
    // The fact sheet's draw of the same topics: 11.6 words, .821.
    expect(length).toBeGreaterThan(11.3);
    expect(length).toBeLessThan(12.1);
    const byWord = naiveBayes(rows(trainWords, train.labels), rows(testWords, test.labels));
    expect(Math.abs(byWord - 0.821)).toBeLessThan(0.02);

    const hashed = (images: Uint8Array): number[][] =>
      Array.from({ length: images.length / size }, (_, i) => {
        const row: number[] = [];
        for (let j = 0; j < size; j++) for (let n = images[i * size + j]; n > 0; n--) row.push(j);
        return row;
      });
    const [trainColumns, testColumns] = [hashed(train.images), hashed(test.images)];
    // Nothing is lost but which word it was.
    expect(trainColumns.map((row) => row.length)).toEqual(trainWords.map((row) => row.length));
    const byColumn = naiveBayes(rows(trainColumns, train.labels), rows(testColumns, test.labels));
    expect(byColumn).toBeGreaterThan(0.69);
    expect(byColumn).toBeLessThan(byWord);

    const total = trainWords.reduce((sum, row) => sum + row.length, 0);
    expect(mean[0]).toBeCloseTo(total / train.images.length, 8);
    const squares = trainColumns.flatMap((row) =>
      [...new Set(row)].map((j) => row.filter((k) => k === j).length ** 2),
    );
    const square = squares.reduce((sum, n) => sum + n, 0) / train.images.length;
    expect(byteScale / inverseDeviation[0]).toBeCloseTo(Math.sqrt(square - mean[0] ** 2), 6);
  }, 20_000);

  it('hash words by FNV-1a, in lower case and without signs', () => {
    // The published hashes of "a" and "foobar".
    const folded = (hash: number): number => (hash ^ (hash >>> 16)) & 2047;
    expect(columnOf('a')).toBe(folded(0xe40c292c));
    expect(columnOf('foobar')).toBe(folded(0xbf9cf968));
    expect(textTokens('The "Élan" of 2 dogs; dogs')).toEqual(['the', 'élan', 'of', '2', 'dogs', 'dogs']);
    const out = new Uint8Array(HASH_COLUMNS);
    hashText('Dogs, dogs, dogs.', out);
    expect(out[columnOf('dogs')]).toBe(3);
    expect(out.reduce((a, b) => a + b, 0)).toBe(3);
  });

  it('are refused where lines are missing, surplus, or a web page', () => {
    const read = (text: string): string[] => {
      const lines: string[] = [];
      const reader = new LineReader('texts', { expected: 2, line: (line) => lines.push(line) });
      // One byte at a time: characters of several bytes are cut.
      for (const byte of new TextEncoder().encode(text)) reader.push(Uint8Array.of(byte));
      reader.finish();
      return lines;
    };
    expect(read('élan\nb\n')).toEqual(['élan', 'b']);
    expect(read('a\nb')).toEqual(['a', 'b']);
    expect(() => read('a\n')).toThrow('texts: it is truncated (1 of 2 lines are there)');
    expect(() => read('a\nb\nc\n')).toThrow('more than the 2 lines');
    expect(() => read('<!doctype html>\n<p>\n')).toThrow('web page');
    expect(DATASETS.glosses.classNames).toHaveLength(10);
  });
});
