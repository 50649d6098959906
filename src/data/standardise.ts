import type { StandardisationId } from './ids';
import type { DataSource } from './source';
import pixelStatistics from './pixel-statistics.json';
import type {
  DatasetEntry,
  GeneratedEntry,
  PackEntry,
  SimulatedEntry,
  TasksEntry,
  TextsEntry,
} from './registry';

/** Per-pixel inputs beyond this many deviations are clipped: rims that are almost always dark would give hundreds. */
const PIXEL_CLIP = 5;
/** At or below this deviation a pixel is constant: it is centred and left unscaled. */
const CONSTANT = 1e-8;

export type Standardisation = Pick<DataSource, 'byteScale' | 'mean' | 'inverseDeviation' | 'clip'>;

/**
 * The affine map from bytes to inputs: `dataset` has one mean and deviation for all pixels and no clipping, `pixel` one
 * for each pixel, clipped; one map after another where a set is made of tasks. All are constants of the whole training set,
 * known before the first image arrives, so that what a network sees never depends on the speed of the download.
 */
export function standardisation(entry: DatasetEntry, how: StandardisationId): Standardisation {
  const byteScale = 1 / entry.byteMax;
  const maps =
    entry.kind === 'tasks' ? entry.parts.map((part) => measuredMap(part, how)) : [mapOf(entry, how)];
  return {
    byteScale,
    mean: joined(maps.map((map) => map.mean)),
    inverseDeviation: joined(maps.map((map) => map.inverseDeviation)),
    clip: how === 'dataset' ? Infinity : PIXEL_CLIP,
  };
}

type AffineMap = Pick<DataSource, 'mean' | 'inverseDeviation'>;

function mapOf(entry: Exclude<DatasetEntry, TasksEntry>, how: StandardisationId): AffineMap {
  // Of own data the map is stored beside the samples, and filled in with them (loadOwn).
  if (entry.kind === 'own') return uniform(sizeOf(entry), 0, 1);
  return entry.kind === 'generated' ? generatedMap(entry, how) : measuredMap(entry, how);
}

/** The map from the constants that `npm run data` has measured. */
function measuredMap(entry: PackEntry | TextsEntry | SimulatedEntry, how: StandardisationId): AffineMap {
  if (how === 'dataset') return uniform(sizeOf(entry), entry.mean, entry.deviation);
  const { mean, deviation } = pixelStatistics[entry.id];
  return { mean: float32(mean), inverseDeviation: float32(deviation).map(inverse) };
}

/** The map measured on the training points themselves, which are made in an instant. */
function generatedMap(entry: GeneratedEntry, how: StandardisationId): AffineMap {
  const size = sizeOf(entry);
  const { images } = entry.generate(entry.trainCount, 'train');
  const moments = (from: number, stride: number): [mean: number, deviation: number] => {
    let [sum, squares, n] = [0, 0, 0];
    for (let i = from; i < images.length; i += stride, n++) {
      sum += images[i];
      squares += images[i] * images[i];
    }
    const mean = sum / n;
    return [mean / entry.byteMax, Math.sqrt(squares / n - mean * mean) / entry.byteMax];
  };
  if (how === 'dataset') return uniform(size, ...moments(0, 1));
  const each = Array.from({ length: size }, (_, j) => moments(j, size));
  return {
    mean: Float32Array.from(each, ([mean]) => mean),
    inverseDeviation: Float32Array.from(each, ([, deviation]) => inverse(deviation)),
  };
}

const sizeOf = ({ channels, width, height }: DatasetEntry): number => channels * width * height;
const inverse = (deviation: number): number => (deviation <= CONSTANT ? 1 : 1 / deviation);

function uniform(size: number, mean: number, deviation: number): AffineMap {
  return {
    mean: new Float32Array(size).fill(mean),
    inverseDeviation: new Float32Array(size).fill(1 / deviation),
  };
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
  arrays.reduce((at, array) => (all.set(array, at), at + array.length), 0);
  return all;
}

/** Little-endian float32 from base64. */
function float32(base64: string): Float32Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
