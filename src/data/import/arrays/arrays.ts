import { DataError } from '../../formats/error';
import type { Faults } from '../faults';
import { counted, IMPORT } from '../limits';
import { type Npy, readNpy } from './npy';
import { fileName } from '../pairing/paths';
import { Coder, noRange, pixelMap, planes, type Range, squareSide, widen } from '../values/quantise';
import type { Entry, Samples } from '../types';

interface Named extends Npy {
  file: string;
}

const LABELS = /(^|[^a-z])(y|labels?|targets?|class(es)?)([^a-z]|$)/i;
const isTest = ({ file }: Named): boolean => /(^|[^a-z])(test|val|valid|validation)([^a-z]|$)/i.test(file);
const isFlat = ({ shape }: Npy): boolean => shape.length === 1 || (shape.length === 2 && shape[1] === 1);
const stem = ({ file }: Named): string =>
  file
    .toLowerCase()
    .replace(/\.npy$/, '')
    .replace(/(^|[^a-z])(x|y|images?|data|features?|labels?|targets?|class(es)?)(?=[^a-z]|$)/g, '');

/** Labels as text: whole numbers as such, one-hot rows by the place of their 1. */
function labelsOf(part: Named): string[] {
  if (part.text) return part.text;
  const [count, k = 1] = part.shape;
  const { values } = part;
  return Array.from({ length: count }, (_, i) => {
    if (k === 1) return String(values[i]);
    const row = Array.from(values.subarray(i * k, (i + 1) * k));
    const hot = row.indexOf(1);
    if (hot < 0 || row.some((value, j) => value !== (j === hot ? 1 : 0)))
      throw new DataError(
        part.file,
        `row ${i + 1} of the labels is not one-hot: labels are one number per sample`,
      );
    return String(hot);
  });
}

/** Which arrays are samples and which labels, and which labels belong to which samples. */
function pairs(parts: readonly Named[]): { samples: Named; labels: Named }[] {
  const named = parts.filter(({ file, shape }) => LABELS.test(file) && shape.length <= 2);
  const labels =
    named.length > 0 && named.length < parts.length
      ? named
      : parts.filter((part) => part.text !== null || isFlat(part));
  const samples = parts.filter((part) => !labels.includes(part));
  if (samples.length === 0)
    throw new DataError(parts[0].file, 'there are labels alone: drop the array of samples (X) with them');
  if (labels.length === 0)
    throw new DataError(
      samples[0].file,
      'the labels are missing: drop y.npy with it, or one .npz that holds both',
    );
  return samples
    .map((one) => {
      const own =
        labels.find((part) => stem(part) === stem(one)) ??
        labels.find((part) => part.shape[0] === one.shape[0]) ??
        labels[0];
      if (own.shape[0] !== one.shape[0])
        throw new DataError(
          own.file,
          `it holds ${counted(own.shape[0])} labels where ${one.file} holds ${counted(one.shape[0])} samples`,
        );
      return { samples: one, labels: own };
    })
    .sort((a, b) => Number(isTest(a.samples)) - Number(isTest(b.samples)));
}

interface Shape {
  width: number;
  height: number;
  channels: number;
  /** Channels stand last, pixel by pixel; `stored` of them, of which `channels` are kept (alpha is not). */
  stored: number;
  interleaved: boolean;
}

/** What samples of these dimensions are; null for rows of features. */
function pictureShape(file: string, [, ...shape]: readonly number[]): Shape | null {
  if (shape.length === 1) return null;
  if (shape.length === 2)
    return { width: shape[1], height: shape[0], channels: 1, stored: 1, interleaved: false };
  const [a, b, c] = shape;
  if (c === 1 || c === 3 || c === 4)
    return { width: b, height: a, channels: c === 4 ? 3 : c, stored: c, interleaved: true };
  if (a === 1 || a === 3) return { width: c, height: b, channels: a, stored: a, interleaved: false };
  throw new DataError(file, `a sample of ${shape.join(' × ')} values is neither a grey nor a colour picture`);
}

/** NumPy arrays of samples and labels. `wantPictures`: rows that may be square grey pictures are. Throws a `DataError`. */
export function fromArrays(
  entries: readonly Entry[],
  faults: Faults,
  wantPictures: boolean | null,
): Samples & { maybeSide: number | null } {
  const parts = entries.map(({ path, bytes }) => ({
    ...readNpy(fileName(path), bytes),
    file: fileName(path),
  }));
  const found = pairs(parts);
  const [{ samples: first }] = found;
  const inner = first.shape.slice(1);
  const size = inner.reduce((product, n) => product * n, 1);
  if (first.shape.length < 2 || size < 1 || size > IMPORT.values)
    throw new DataError(
      first.file,
      `a sample has ${counted(size)} values; the lab takes 1 to ${counted(IMPORT.values)}`,
    );
  const odd = found.find(({ samples }) => samples.shape.slice(1).join() !== inner.join());
  if (odd)
    throw new DataError(
      odd.samples.file,
      `its samples are ${odd.samples.shape.slice(1).join(' × ')} values, those of ${first.file} ${inner.join(' × ')}`,
    );

  const rows = gather(found, size, faults);
  const whole = rows.ranges.reduce(
    (all, { low, high, whole: ints }) => ({
      low: Math.min(all.low, low),
      high: Math.max(all.high, high),
      whole: all.whole && ints,
    }),
    noRange(),
  );
  const maybeSide = first.shape.length === 2 ? squareSide(size, whole) : null;
  const side = (wantPictures ?? true) ? maybeSide : null;
  const shape = side
    ? { width: side, height: side, channels: 1, stored: 1, interleaved: false }
    : pictureShape(first.file, first.shape);
  const common = {
    count: rows.labels.length,
    labels: rows.labels,
    names: rows.names,
    test: rows.test,
    maybeSide,
  };
  if (!shape) return { ...common, ...features(rows, size) };
  return { ...common, ...pictures(rows, shape, whole) };
}

interface Rows {
  /** Where each row kept lies: its array and its number there. */
  places: { values: Npy['values']; at: number }[];
  labels: Uint16Array;
  names: string[];
  test: Uint8Array | null;
  ranges: Range[];
}

/** Goes through all rows once: those with a value that is no finite number, or without a label, are left out and named. */
function gather(found: ReturnType<typeof pairs>, size: number, faults: Faults): Rows {
  const places: Rows['places'] = [];
  const labels: number[] = [];
  const test: number[] = [];
  const known = new Map<string, number>();
  const ranges = Array.from({ length: size }, noRange);
  for (const { samples, labels: own } of found) {
    const texts = labelsOf(own);
    const { values, file } = samples;
    for (let i = 0; i < texts.length; i++) {
      const label = texts[i].trim();
      const bad = values instanceof Uint8Array ? -1 : firstBad(values, i * size, size);
      if (bad >= 0)
        faults.add(file, `row ${i + 1}: value ${bad + 1} is ${values[i * size + bad]}; the row is left out`);
      else if (label === '' || label === 'NaN')
        faults.add(own.file, `row ${i + 1} has no label; it is left out`);
      else {
        for (let j = 0; j < size; j++) widen(ranges[j], values[i * size + j]);
        if (!known.has(label)) {
          if (known.size >= IMPORT.labels)
            throw new DataError(
              own.file,
              `it holds more than ${counted(IMPORT.labels)} different labels: that is a measurement and not a class`,
            );
          known.set(label, known.size);
        }
        labels.push(known.get(label) ?? 0);
        test.push(Number(isTest(samples)));
        places.push({ values, at: i * size });
      }
    }
  }
  const split = test.includes(1) && test.includes(0);
  return {
    places,
    labels: Uint16Array.from(labels),
    names: [...known.keys()],
    test: split ? Uint8Array.from(test) : null,
    ranges,
  };
}

function firstBad(values: Npy['values'], from: number, size: number): number {
  for (let j = 0; j < size; j++) if (!Number.isFinite(values[from + j])) return j;
  return -1;
}

type Made = Pick<Samples, 'sample' | 'width' | 'height' | 'channels' | 'values' | 'columns' | 'notes'>;

function features({ places, ranges }: Rows, size: number): Made {
  const coder = new Coder(
    Array.from({ length: size }, (_, j) => `column ${j + 1}`),
    ranges,
  );
  const values = new Uint8Array(places.length * size);
  places.forEach((place, i) => coder.row(place.values.subarray(place.at, place.at + size), values, i * size));
  return {
    sample: 'features',
    width: size,
    height: 1,
    channels: 1,
    values,
    columns: coder.columns,
    notes: [coder.loss],
  };
}

function pictures({ places }: Rows, shape: Shape, range: Range): Made {
  const { width, height, channels, stored, interleaved } = shape;
  const area = width * height;
  const size = area * channels;
  const { offset, factor, note } = pixelMap(range);
  const values = new Uint8Array(places.length * size);
  const row = new Float64Array(area * stored);
  places.forEach((place, i) => {
    for (let j = 0; j < row.length; j++) row[j] = Math.round((place.values[place.at + j] - offset) * factor);
    if (interleaved) planes(row, 0, area, stored, channels, values, i * size);
    else values.set(row, i * size);
  });
  const notes = note ? [note] : [];
  if (stored === 4) notes.push('The fourth channel (transparency) is left out.');
  return { sample: 'picture', width, height, channels, values, columns: null, notes };
}
