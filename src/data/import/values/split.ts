import { permutation, seededRandom } from '../../../network/random';
import { DataError } from '../../formats/error';
import { type ColumnCodes, type ImportedSamples, valuesPerSample } from '../types';

/** How samples are divided: as the files themselves say, or by chance, `share` of each class to the test set. */
export type SplitChoice = { kind: 'given' } | { kind: 'random'; share: number; seed: number };

/** Test samples of a class of n, at a share: at least one, and at least one is left to train on. */
export const testCount = (n: number, share: number): number =>
  Math.min(n - 1, Math.max(1, Math.round(n * share)));

/** Indices of the samples of each part, shuffled. */
export interface SplitIndices {
  train: Uint32Array;
  test: Uint32Array;
}

/** Divides samples class by class, and shuffles both parts (batches are drawn from the first images first). Throws where a part lacks a class. */
export function splitSamples(
  { labels, names, test }: Pick<ImportedSamples, 'labels' | 'names' | 'test'>,
  choice: SplitChoice,
): SplitIndices {
  const seed = choice.kind === 'random' ? choice.seed : 0;
  const order = permutation(labels.length, seededRandom(seed, 'import-split'));
  const isTest =
    choice.kind === 'given' && test
      ? (i: number): boolean => test[i] === 1
      : byClass(labels, names.length, order, choice.kind === 'random' ? choice.share : 0.2);
  const train = order.filter((i) => !isTest(i));
  const tested = order.filter(isTest);
  const missing = names.find((_, c) => !train.some((i) => labels[i] === c));
  if (missing !== undefined)
    throw new DataError(
      missing,
      'the files give this class no training sample: let the lab divide the samples',
    );
  return { train, test: tested };
}

/** The first of each class, in shuffled order, are tests. */
function byClass(
  labels: Uint16Array,
  classes: number,
  order: Uint32Array,
  share: number,
): (i: number) => boolean {
  const left = new Uint32Array(classes);
  for (const label of labels) left[label]++;
  for (let c = 0; c < classes; c++) left[c] = testCount(left[c], share);
  const chosen = new Uint8Array(labels.length);
  for (const i of order) {
    if (left[labels[i]] === 0) continue;
    left[labels[i]]--;
    chosen[i] = 1;
  }
  return (i) => chosen[i] === 1;
}

/** x = (byte/255 − mean[j]) · inverseDeviation[j]. */
export interface ByteStandardisation {
  mean: Float32Array;
  inverseDeviation: Float32Array;
}

/** At or below this deviation (in bytes) a value is constant: it is centred and left unscaled. */
const CONSTANT = 1e-6;

/**
 * The two standardisations, of the training samples: `dataset` has one mean and deviation for all values, `pixel` one for each. Features
 * are meant as the values their bytes stand for, so that columns of different ranges weigh as they are in `dataset`.
 */
export function byteStandardisations(
  samples: Pick<ImportedSamples, 'values' | 'columns' | 'width' | 'height' | 'channels'>,
  train: Uint32Array,
): { dataset: ByteStandardisation; pixel: ByteStandardisation } {
  const size = valuesPerSample(samples);
  const sum = new Float64Array(size);
  const squares = new Float64Array(size);
  for (const i of train)
    for (let j = 0; j < size; j++) {
      const byte = samples.values[i * size + j];
      sum[j] += byte;
      squares[j] += byte * byte;
    }
  const n = train.length;
  const mean = sum.map((s) => s / n);
  const variance = squares.map((s, j) => Math.max(0, s / n - mean[j] * mean[j]));
  const { low, scale } = units(samples.columns, size);
  const average = (of: (j: number) => number): number =>
    Array.from(mean, (_, j) => of(j)).reduce((a, b) => a + b, 0) / size;
  const value = (j: number): number => low[j] + scale[j] * mean[j];
  const centre = average(value);
  const deviation = Math.sqrt(average((j) => scale[j] ** 2 * variance[j] + (value(j) - centre) ** 2)) || 1;
  const dataset = Array.from(mean, (_, j) =>
    representable((centre - low[j]) / (255 * scale[j]), (255 * scale[j]) / deviation),
  );
  return {
    dataset: {
      mean: Float32Array.from(dataset, (map) => map.mean),
      inverseDeviation: Float32Array.from(dataset, (map) => map.inverse),
    },
    pixel: {
      mean: Float32Array.from(mean, (m) => m / 255),
      inverseDeviation: Float32Array.from(variance, (v) =>
        Math.sqrt(v) <= CONSTANT ? 1 : 255 / Math.sqrt(v),
      ),
    },
  };
}

/** Beyond this a byte's share of 1 is lost beside the mean in float32. */
const LARGEST_MEAN = 1e6;

/**
 * The map in numbers that float32 holds. Where one column dwarfs another by so much that the small one's mean would be lost or infinite, the
 * small one is as good as constant in units of the large: it becomes just that, and finite.
 */
function representable(mean: number, inverse: number): { mean: number; inverse: number } {
  if (Math.abs(mean) <= LARGEST_MEAN) return { mean, inverse };
  const offset = -mean * inverse;
  return { mean: Math.sign(mean) * LARGEST_MEAN, inverse: Math.abs(offset) / LARGEST_MEAN };
}

/**
 * value = low + scale · byte; for pictures byte/255. In units of the largest value there is, so that squares of values of 1e200 do not
 * overflow: neither map depends on the unit.
 */
function units(columns: ColumnCodes | null, size: number): { low: Float64Array; scale: Float64Array } {
  if (!columns) return { low: new Float64Array(size), scale: new Float64Array(size).fill(1 / 255) };
  const { low, span } = columns;
  const unit = low.reduce((largest, value, j) => Math.max(largest, Math.abs(value), span[j]), 0);
  return { low: low.map((value) => value / unit), scale: span.map((value) => value / unit / 255) };
}
