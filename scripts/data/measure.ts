import { readIdx } from '../../src/data/formats/idx';
import { SIMULATORS } from '../../src/data/load/loadSimulated';
import { DATASETS, type PackStatistics, type SimulatedId } from '../../src/data/registry';
import { HASH_COLUMNS, hashText } from '../../src/data/text/hash';
import { NAMES, type Pack, type Role, type TextPack } from './pack';

/** Per-pixel constants of a training set, of byte/byteMax. */
export interface PixelStatistics {
  mean: Float32Array;
  deviation: Float32Array;
}

/** Mean and (population) deviation of byte/byteMax over the training set, whole and per pixel, from exact integer sums. */
export function statistics(
  images: Uint8Array,
  size: number,
  byteMax: number,
): { mean: number; deviation: number; pixel: PixelStatistics } {
  const count = images.length / size;
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let at = 0; at < images.length; at += size) {
    for (let j = 0; j < size; j++) {
      const byte = images[at + j];
      sums[j] += byte;
      squares[j] += byte * byte;
    }
  }
  const moments = (sum: number, square: number, n: number): [number, number] => {
    const mean = sum / n;
    return [mean / byteMax, Math.sqrt(Math.max(0, square / n - mean * mean)) / byteMax];
  };
  const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  const [mean, deviation] = moments(total(sums), total(squares), images.length);
  const each = Array.from(sums, (sum, j) => moments(sum, squares[j], count));
  return {
    mean,
    deviation,
    pixel: {
      mean: Float32Array.from(each, ([value]) => value),
      deviation: Float32Array.from(each, ([, value]) => value),
    },
  };
}

/** What the registry quotes of a pack of texts: of the counts of hashed words, where a byte of 1 is a count of 1. */
export function measureTexts({ texts, files }: TextPack): {
  measured: PackStatistics;
  pixel: PixelStatistics;
} {
  const counts = new Uint8Array(texts.train.length * HASH_COLUMNS);
  texts.train.forEach((text, i) => hashText(text, counts.subarray(i * HASH_COLUMNS, (i + 1) * HASH_COLUMNS)));
  const { mean, deviation, pixel } = statistics(counts, HASH_COLUMNS, 1);
  const [trainCount, testCount] = [texts.train.length, texts.test.length];
  const shape = { width: HASH_COLUMNS, height: 1, channels: 1, byteMax: 1 };
  return { measured: { ...shape, trainCount, testCount, mean, deviation, bytes: sizes(files) }, pixel };
}

/** What the registry quotes of a pack, read back from the very bytes that are served. */
export function measure(data: Pack): { measured: PackStatistics; pixel: PixelStatistics } {
  const names = data.names ?? NAMES;
  const rank = names.trainImages.includes('idx4') ? 4 : 3;
  const images = readIdx(names.trainImages, data.files.trainImages, rank);
  const [trainCount, ...shape] = images.dimensions;
  const [width, height, channels = 1] = shape.reverse();
  const [testCount] = readIdx(names.testImages, data.files.testImages, rank).dimensions;
  const { mean, deviation, pixel } = statistics(images.values, channels * width * height, data.byteMax);
  const bytes = sizes(data.files);
  return {
    measured: {
      width,
      height,
      channels,
      byteMax: data.byteMax,
      trainCount,
      testCount,
      mean,
      deviation,
      bytes,
    },
    pixel,
  };
}

/** Mean and deviation over the training set of what is simulated in the browser, from the gzipped images it is made of. */
export function measureSimulated(
  id: SimulatedId,
  images: Uint8Array | null,
): { measured: { mean: number; deviation: number }; pixel: PixelStatistics } {
  const { trainCount, byteMax, channels, height, width } = DATASETS[id];
  const size = channels * height * width;
  const from = images && {
    images: readIdx(NAMES.trainImages, images, 3).values,
    labels: new Uint8Array(0),
    size: 784,
  };
  const values = new Uint8Array(trainCount * size);
  for (let i = 0; i < trainCount; i++)
    SIMULATORS[id].make('train', i, values.subarray(i * size, (i + 1) * size), from);
  const { mean, deviation, pixel } = statistics(values, size, byteMax);
  return { measured: { mean, deviation }, pixel };
}

const sizes = ({
  trainImages,
  trainLabels,
  testImages,
  testLabels,
}: Record<Role, Uint8Array>): PackStatistics['bytes'] => ({
  trainImages: trainImages.length,
  trainLabels: trainLabels.length,
  testImages: testImages.length,
  testLabels: testLabels.length,
});

/** Little-endian float32 as base64. */
export function base64(values: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => bytes.setFloat32(4 * i, value, true));
  return Buffer.from(bytes.buffer).toString('base64');
}
