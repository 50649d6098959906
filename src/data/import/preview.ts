import type { ImportPreview } from './protocol';
import { decodedValue } from './values/quantise';
import { type ImportedSamples, valuesPerSample } from './types';

/** Pictures shown per class, rows shown per class, columns shown. */
const PICTURES = 8;
const ROWS = 2;
const COLUMNS = 6;

/** What the visitor sees of data before they are taken: counts, and the samples of each class that stand evenly through the set. */
export function previewOf(samples: ImportedSamples, name: string): ImportPreview {
  const size = valuesPerSample(samples);
  const members: number[][] = samples.names.map(() => []);
  samples.labels.forEach((label, i) => members[label].push(i));
  const some = (of: readonly number[], most: number): number[] => {
    const n = Math.min(most, of.length);
    return Array.from({ length: n }, (_, k) => of[Math.floor((k * of.length) / n)]);
  };
  const { columns, test } = samples;
  const shown = columns ? Math.min(COLUMNS, size) : 0;
  return {
    name,
    sample: samples.sample,
    width: samples.width,
    height: samples.height,
    channels: samples.channels,
    count: samples.count,
    classNames: samples.names,
    counts: members.map((of) => of.length),
    given: test && members.map((of) => of.filter((i) => test[i] === 1).length),
    pictures:
      samples.sample === 'picture'
        ? members.map((of) => some(of, PICTURES).map((i) => samples.values.slice(i * size, (i + 1) * size)))
        : null,
    rows: columns && {
      columns: columns.names.slice(0, shown),
      values: members.map((of) =>
        some(of, ROWS).map((i) =>
          Array.from({ length: shown }, (_, j) => decodedValue(columns, j, samples.values[i * size + j])),
        ),
      ),
    },
    notes: samples.notes,
  };
}
