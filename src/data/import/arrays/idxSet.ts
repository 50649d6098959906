import { DataError } from '../../formats/error';
import { readIdx } from '../../formats/idx';
import { groupedCount, IMPORT_LIMITS } from '../limits';
import { baseName } from '../pairing/paths';
import { type Holding, type PartView, type Role, rolesOf } from '../pairing/roles';
import type { FileEntry, ImportedSamples } from '../types';

interface Part extends Holding {
  file: string;
  values: Uint8Array;
}

const NAMES = [
  [0x09, 'signed bytes'],
  [0x0b, '16-bit numbers'],
  [0x0c, '32-bit numbers'],
  [0x0d, 'floats'],
  [0x0e, 'doubles'],
] as const;

function read({ path, archive, bytes }: FileEntry): Part {
  const file = baseName(path);
  const other = bytes[0] === 0 && bytes[1] === 0 && NAMES.find(([code]) => code === bytes[2]);
  if (other) throw new DataError(file, `its values are ${other[1]}; the lab reads IDX of unsigned bytes`);
  // Rank 1 are labels; what is no IDX at all is refused by the reader, which names the magic number seen.
  const rank = bytes.length >= 4 && bytes[3] >= 1 && bytes[3] <= 4 ? bytes[3] : 3;
  const { dimensions, values } = readIdx(file, bytes, rank, IMPORT_LIMITS.inflated);
  return { file, path, archive, shape: dimensions, textual: false, fault: null, values };
}

/** Width, height and planes of samples of these dimensions: rows of values, grey pictures, or planes one after another. */
function shapeOf(
  file: string,
  shape: readonly number[],
): { width: number; height: number; channels: number } {
  if (shape.length === 1) return { width: shape[0], height: 1, channels: 1 };
  const [height, width] = shape.slice(-2);
  const channels = shape.length === 3 ? shape[0] : 1;
  if (channels !== 1 && channels !== 3)
    throw new DataError(
      file,
      `its samples have dimensions ${shape.join(' × ')}; the lab reads pictures of rows and columns, in one plane or three`,
    );
  return { width, height, channels };
}

/** Images and labels in IDX, paired by their names. Throws a `DataError`. */
export function fromIdx(
  entries: readonly FileEntry[],
  asked: Readonly<Record<string, Role>> = {},
  told: (views: PartView[]) => void = () => undefined,
): ImportedSamples {
  const parts = entries.map(read);
  // Their dimensions say which are labels, whatever they are called.
  const { pairs, notes } = rolesOf(parts, asked, told, ({ shape }) =>
    shape.length === 1 ? 'labels' : 'samples',
  );
  const [{ samples: first }] = pairs;
  const shape = first.shape.slice(1);
  const { width, height, channels } = shapeOf(first.file, shape);
  const size = width * height * channels;
  if (size < 1 || size > IMPORT_LIMITS.values)
    throw new DataError(
      first.file,
      `a sample has ${groupedCount(size)} values; the lab takes 1 to ${groupedCount(IMPORT_LIMITS.values)}`,
    );
  const odd = pairs.find(({ samples }) => samples.shape.slice(1).join() !== shape.join());
  if (odd)
    throw new DataError(
      odd.samples.file,
      `its images are ${odd.samples.shape.slice(1).reverse().join(' × ')} pixels, those of ${first.file} ${width} × ${height}`,
    );
  const count = pairs.reduce((sum, { samples }) => sum + samples.shape[0], 0);
  const values = new Uint8Array(count * size);
  const own = new Uint16Array(count);
  const test = new Uint8Array(count);
  let at = 0;
  for (const { samples, labels, split } of pairs) {
    values.set(samples.values, at * size);
    own.set(labels.values, at);
    if (split === 'test') test.fill(1, at, at + samples.shape[0]);
    at += samples.shape[0];
  }
  const given = test.includes(1) && test.includes(0);
  return {
    sample: height === 1 && channels === 1 ? 'features' : 'picture',
    width,
    height,
    channels,
    count,
    values,
    labels: own,
    names: Array.from({ length: 256 }, (_, label) => String(label)),
    test: given ? test : null,
    columns: height === 1 && channels === 1 ? byteColumns(size) : null,
    notes,
  };
}

/** ColumnCodes whose values are the bytes themselves. */
const byteColumns = (size: number): NonNullable<ImportedSamples['columns']> => ({
  names: Array.from({ length: size }, (_, j) => `column ${j + 1}`),
  low: new Float64Array(size),
  span: new Float64Array(size).fill(255),
});
