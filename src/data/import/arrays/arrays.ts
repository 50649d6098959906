import { DataError } from '../../formats/error';
import type { ImportFaults } from '../faults';
import { groupedCount, IMPORT_LIMITS } from '../limits';
import { labelKey, shownNames } from '../pairing/names';
import { baseName } from '../pairing/paths';
import { type Holding, partName, type PartView, type Role, rolesOf } from '../pairing/roles';
import type { FileEntry, ImportedSamples } from '../types';
import { type Core, coreNote, coreOf, plain } from '../values/outliers';
import {
  FeatureCoder,
  LARGEST,
  noRange,
  pixelMap,
  deinterleave,
  type ColumnRange,
  squareSide,
  widenRange,
} from '../values/quantise';
import { type NpyArray, readNpy } from './npy';

/** An array with its name; `fault` says why it cannot be read, and it is then empty. */
interface Named extends NpyArray, Holding {
  shape: number[];
}

const nothing = { shape: [], values: new Uint8Array(0), text: null, exact: null };

function read({ path, archive, bytes }: FileEntry): Named {
  try {
    const npy = readNpy(baseName(path), bytes);
    return { ...npy, textual: npy.text !== null, path, archive, fault: null };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { ...nothing, textual: false, path, archive, fault: error.problem };
  }
}

/** Labels as text: whole numbers as such, one-hot rows by the place of their 1. */
function labelsOf(file: string, part: Named): string[] {
  if (part.text) return part.text;
  if (part.exact) return part.exact;
  const [count, k = 1] = part.shape;
  const { values } = part;
  if (part.shape.length > 2 || count * k !== values.length)
    throw new DataError(
      file,
      `labels of ${part.shape.join(' × ')} are no labels: they are one number per sample`,
    );
  return Array.from({ length: count }, (_, i) => {
    if (k === 1) return String(values[i]);
    const row = Array.from(values.subarray(i * k, (i + 1) * k));
    const hot = row.indexOf(1);
    if (hot < 0 || row.some((value, j) => value !== (j === hot ? 1 : 0)))
      throw new DataError(
        file,
        `row ${i + 1} of the labels is not one-hot: labels are one number per sample`,
      );
    return String(hot);
  });
}

/** A single value per sample is a sample of one feature. */
const asRows = (part: Named): Named =>
  part.shape.length === 1 && !part.text ? { ...part, shape: [part.shape[0], 1] } : part;

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

/** What the visitor says of arrays. */
export interface ArrayChoice {
  roles: Readonly<Record<string, Role>>;
  /** Rows that may be square grey pictures are. */
  pictures: boolean | null;
  /** Values that dwarf all others are cut to the range of the others. */
  cut: boolean;
}

/**
 * NumPy arrays of samples and labels, paired by their names; names of classes and features are used where they came along, and all other
 * arrays are left out and named. `told` hears of what each array is taken for. Throws a `DataError`.
 */
export function fromArrays(
  entries: readonly FileEntry[],
  faults: ImportFaults,
  { roles, pictures: wantPictures, cut }: ArrayChoice,
  told: (views: PartView[]) => void = () => undefined,
): ImportedSamples & { maybeSide: number | null; dwarfed: boolean } {
  const parts = entries.map(read);
  if (parts.length === 1 && parts[0].fault !== null)
    throw new DataError(baseName(parts[0].path), parts[0].fault);
  const several = new Set(parts.map(({ archive }) => archive)).size > 1;
  const called = (part: Named): string => partName(part, several);
  const paired = rolesOf(parts, roles, told);
  const found = paired.pairs.map((one) => ({
    samples: asRows(one.samples),
    labels: one.labels,
    test: one.split === 'test',
    file: called(one.samples),
    labelFile: called(one.labels),
  }));
  const [{ samples: first, file }] = found;
  for (const { samples, labels, file: own, labelFile } of found) {
    if (samples.fault ?? samples.text)
      throw new DataError(own, samples.fault ?? 'it holds text where samples are numbers');
    if (labels.fault) throw new DataError(labelFile, labels.fault);
  }
  const inner = first.shape.slice(1);
  const size = inner.reduce((product, n) => product * n, 1);
  if (first.shape.length < 2) throw new DataError(file, 'it holds a single value and no samples');
  if (size < 1 || size > IMPORT_LIMITS.values)
    throw new DataError(
      file,
      `a sample has ${groupedCount(size)} values; the lab takes 1 to ${groupedCount(IMPORT_LIMITS.values)}`,
    );
  const odd = found.find(({ samples }) => samples.shape.slice(1).join() !== inner.join());
  if (odd)
    throw new DataError(
      odd.file,
      `its samples are of ${odd.samples.shape.slice(1).join(' × ')} values, those of ${file} of ${inner.join(' × ')}`,
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
    : pictureShape(file, first.shape);
  const notes = [...paired.notes];
  const common = {
    count: rows.labels.length,
    labels: rows.labels,
    names: namedClasses(rows.names, paired.classNames?.text ?? null, notes),
    test: rows.test,
    maybeSide,
  };
  if (!shape) {
    const made = features(rows, size, featureNames(paired.featureNames, size), cut);
    return { ...common, ...made, notes: [...notes, ...made.notes] };
  }
  const made = pictures(rows, shape, whole);
  return { ...common, ...made, dwarfed: false, notes: [...notes, ...made.notes] };
}

/** Labels 0, 1, 2 … by the names that came along; as they are where there are none, or too few. */
function namedClasses(keys: readonly string[], names: readonly string[] | null, notes: string[]): string[] {
  if (!names) return [...keys];
  const places = keys.map(Number);
  if (!places.every((k) => Number.isInteger(k) && k >= 0 && k < names.length)) {
    notes.push('The names of the classes that came along do not fit the labels and are not used.');
    return [...keys];
  }
  return places.map((k) =>
    names.filter((other) => other === names[k]).length > 1 ? `${names[k]} ${k}` : names[k],
  );
}

const featureNames = (part: Named | null, size: number): string[] | null =>
  part?.text?.length === size ? shownNames(part.text) : null;

interface Found {
  samples: Named;
  labels: Named;
  test: boolean;
  file: string;
  labelFile: string;
}

interface Rows {
  /** Where each row kept lies: its array and its number there. */
  places: { values: NpyArray['values']; at: number }[];
  labels: Uint16Array;
  names: string[];
  test: Uint8Array | null;
  ranges: ColumnRange[];
}

/** Goes through all rows once: those with a value that is no finite number, or without a label, are left out and named. */
function gather(found: readonly Found[], size: number, faults: ImportFaults): Rows {
  const places: Rows['places'] = [];
  const labels: number[] = [];
  const test: number[] = [];
  const known = new Map<string, number>();
  const ranges = Array.from({ length: size }, noRange);
  for (const { samples, labels: own, test: isTest, file, labelFile } of found) {
    const texts = labelsOf(labelFile, own);
    const { values } = samples;
    for (let i = 0; i < texts.length; i++) {
      const label = labelKey(texts[i]);
      const bad = values instanceof Uint8Array ? -1 : firstBad(values, i * size, size);
      if (bad >= 0)
        faults.add(file, `row ${i + 1}: value ${bad + 1} is ${values[i * size + bad]}; the row is left out`);
      else if (label === null) faults.add(labelFile, `row ${i + 1} has no label; it is left out`);
      else {
        for (let j = 0; j < size; j++) widenRange(ranges[j], values[i * size + j]);
        if (!known.has(label)) {
          if (known.size >= IMPORT_LIMITS.labels)
            throw new DataError(
              labelFile,
              `it holds more than ${groupedCount(IMPORT_LIMITS.labels)} different labels: that is a measurement and not a class`,
            );
          known.set(label, known.size);
        }
        labels.push(known.get(label) ?? 0);
        test.push(Number(isTest));
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

function firstBad(values: NpyArray['values'], from: number, size: number): number {
  for (let j = 0; j < size; j++) if (!(Math.abs(values[from + j]) <= LARGEST)) return j;
  return -1;
}

type Made = Pick<
  ImportedSamples,
  'sample' | 'width' | 'height' | 'channels' | 'values' | 'columns' | 'notes'
>;

/** The range of each column, without what dwarfs all its other values. */
function cores({ places, ranges }: Rows): (Core | null)[] {
  const n = places.length;
  const stride = Math.max(1, Math.floor(n / 1024));
  return ranges.map(({ low, high }, j) => {
    if (!(high > low)) return null;
    const column = Float64Array.from(places, ({ values, at }) => values[at + j]).sort();
    const sample = column.filter((_, i) => i % stride === 0);
    const ends = (sorted: Float64Array): number[] => [...new Set(sorted)].slice(0, 4);
    // Only the ends can dwarf: a look at them is enough for most columns.
    const lows = ends(column.subarray(0, 64 + Math.ceil(n / 4)));
    const highs = ends(column.slice(-(64 + Math.ceil(n / 4))).reverse());
    return coreOf({ low, high, lows, highs, sample });
  });
}

function features(
  rows: Rows,
  size: number,
  given: string[] | null,
  cut: boolean,
): Made & { dwarfed: boolean } {
  const { places, ranges } = rows;
  const names = given ?? Array.from({ length: size }, (_, j) => `column ${j + 1}`);
  const found = cores(rows);
  const coder = new FeatureCoder(
    names,
    ranges.map((range, j) => {
      const core = found[j];
      return core ? { ...range, ...(cut && { low: core.low, high: core.high }), core } : range;
    }),
  );
  const values = new Uint8Array(places.length * size);
  places.forEach((place, i) => coder.row(place.values.subarray(place.at, place.at + size), values, i * size));
  const notes = found.flatMap((core, j) => (core ? [coreNote(names[j], core, coder.cut[j], cut)] : []));
  return {
    sample: 'features',
    width: size,
    height: 1,
    channels: 1,
    values,
    columns: coder.columns,
    notes: [
      ...notes.slice(0, 5),
      ...(notes.length > 5 ? [`${notes.length - 5} more columns are like that.`] : []),
      coder.loss,
    ],
    dwarfed: notes.length > 0,
  };
}

/** The range of pixels without a few that make it many times what nearly all span: pictures would be black. */
function pixelCore(
  places: Rows['places'],
  size: number,
  range: ColumnRange,
): { range: ColumnRange; note: string | null } {
  const all = places.length * size;
  const stride = Math.max(1, Math.floor(all / 100_000));
  const some: number[] = [];
  for (let k = 0; k < all; k += stride) {
    const { values, at } = places[Math.floor(k / size)];
    some.push(values[at + (k % size)]);
  }
  some.sort((a, b) => a - b);
  const [low, high] = [0.002, 0.998].map((share) => some[Math.floor(share * (some.length - 1))]);
  const spread = high - low;
  if (!(spread > 0) || range.high - range.low <= 50 * spread) return { range, note: null };
  const core = {
    low: Math.max(range.low, low - spread),
    high: Math.min(range.high, high + spread),
    whole: range.whole,
  };
  return {
    range: core,
    note: `A few pixels far beyond all others (${plain(range.low)} … ${plain(range.high)}) are cut to ${plain(core.low)} … ${plain(core.high)}.`,
  };
}

function pictures({ places }: Rows, shape: Shape, range: ColumnRange): Made {
  const { width, height, channels, stored, interleaved } = shape;
  const area = width * height;
  const size = area * channels;
  const { range: core, note: dwarfed } = pixelCore(places, area * stored, range);
  const { offset, factor, note } = pixelMap(core);
  const top = offset + 255 / factor;
  const values = new Uint8Array(places.length * size);
  const row = new Float64Array(area * stored);
  places.forEach((place, i) => {
    for (let j = 0; j < row.length; j++)
      row[j] = Math.round((Math.min(top, Math.max(offset, place.values[place.at + j])) - offset) * factor);
    if (interleaved) deinterleave(row, 0, area, stored, channels, values, i * size);
    else values.set(row, i * size);
  });
  const notes = [dwarfed, note].filter((one) => one !== null);
  if (stored === 4) notes.push('The fourth channel (transparency) is left out.');
  return { sample: 'picture', width, height, channels, values, columns: null, notes };
}
