import { DataError } from '../../formats/error';
import { readIdx } from '../../formats/idx';
import { counted, IMPORT } from '../limits';
import { fileName } from '../pairing/paths';
import type { Entry, Samples } from '../types';

interface Part {
  file: string;
  dimensions: number[];
  values: Uint8Array;
}

const NAMES = [
  [0x09, 'signed bytes'],
  [0x0b, '16-bit numbers'],
  [0x0c, '32-bit numbers'],
  [0x0d, 'floats'],
  [0x0e, 'doubles'],
] as const;

function read({ path, bytes }: Entry): Part {
  const file = fileName(path);
  const other = bytes[0] === 0 && bytes[1] === 0 && NAMES.find(([code]) => code === bytes[2]);
  if (other) throw new DataError(file, `its values are ${other[1]}; the lab reads IDX of unsigned bytes`);
  // Rank 1 are labels; what is no IDX at all is refused by the reader, which names the magic number seen.
  const rank = bytes.length >= 4 && bytes[3] >= 1 && bytes[3] <= 4 ? bytes[3] : 3;
  if (rank === 4)
    throw new DataError(file, 'it has four dimensions; the lab reads IDX images of rows and columns');
  const { dimensions, values } = readIdx(file, bytes, rank, IMPORT.inflated);
  return { file, dimensions, values };
}

const isTest = ({ file }: Part): boolean => /test|t10k|val/i.test(file);
/** What two files of a pair have in common: their names without what tells images from labels. */
const stem = ({ file }: Part): string => file.toLowerCase().replace(/images?|labels?|idx\d|ubyte|\.gz$/g, '');

/** The labels of some images: those of the same name, else the only ones there are. */
function labelsFor(images: Part, labels: readonly Part[], alone: boolean): Part {
  const [count] = images.dimensions;
  const named =
    labels.find((part) => stem(part) === stem(images)) ??
    (alone && labels.length === 1 ? labels[0] : undefined);
  const found = named ?? labels.find((part) => part.dimensions[0] === count);
  if (!found)
    throw new DataError(
      images.file,
      `its labels are missing: drop the IDX file of ${counted(count)} labels with it`,
    );
  if (found.dimensions[0] !== count)
    throw new DataError(
      found.file,
      `it holds ${counted(found.dimensions[0])} labels where ${images.file} holds ${counted(count)} images`,
    );
  return found;
}

/** Images and labels in IDX, paired by name or, failing that, by number. Throws a `DataError`. */
export function fromIdx(entries: readonly Entry[]): Samples {
  const parts = entries.map(read);
  const images = parts.filter(({ dimensions }) => dimensions.length > 1);
  const labels = parts.filter(({ dimensions }) => dimensions.length === 1);
  if (images.length === 0)
    throw new DataError(
      labels[0]?.file ?? 'IDX',
      'these are labels alone: drop the file of images with them',
    );
  // Training images first, so that the files' own split keeps its order.
  images.sort((a, b) => Number(isTest(a)) - Number(isTest(b)));
  const [{ dimensions }] = images;
  const shape = dimensions.slice(1);
  const [height, width] = shape.length === 2 ? shape : [1, shape[0]];
  const size = width * height;
  if (size < 1 || size > IMPORT.values)
    throw new DataError(
      images[0].file,
      `a sample has ${counted(size)} values; the lab takes 1 to ${counted(IMPORT.values)}`,
    );
  const odd = images.find((part) => part.dimensions.slice(1).join() !== shape.join());
  if (odd)
    throw new DataError(
      odd.file,
      `its images are ${odd.dimensions.slice(1).reverse().join(' × ')} pixels, those of ${images[0].file} ${width} × ${height}`,
    );
  const count = images.reduce((sum, part) => sum + part.dimensions[0], 0);
  const values = new Uint8Array(count * size);
  const own = new Uint16Array(count);
  const test = new Uint8Array(count);
  let at = 0;
  for (const part of images) {
    values.set(part.values, at * size);
    own.set(labelsFor(part, labels, images.length === 1).values, at);
    if (isTest(part)) test.fill(1, at, at + part.dimensions[0]);
    at += part.dimensions[0];
  }
  const given = test.includes(1) && test.includes(0);
  return {
    sample: height === 1 ? 'features' : 'picture',
    width,
    height,
    channels: 1,
    count,
    values,
    labels: own,
    names: Array.from({ length: 256 }, (_, label) => String(label)),
    test: given ? test : null,
    columns: height === 1 ? byteColumns(size) : null,
    notes: [],
  };
}

/** Columns whose values are the bytes themselves. */
export const byteColumns = (size: number): NonNullable<Samples['columns']> => ({
  names: Array.from({ length: size }, (_, j) => `column ${j + 1}`),
  low: new Float64Array(size),
  span: new Float64Array(size).fill(255),
});
