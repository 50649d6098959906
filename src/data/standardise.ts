import type { StandardisationId } from '../configuration/schema';
import type { DataSource } from '../training/engine';
import pixelStatistics from './pixel-statistics.json';
import type { DatasetEntry } from './registry';

/** Per-pixel inputs beyond this many deviations are clipped: rims that are almost always dark would give hundreds. */
const PIXEL_CLIP = 5;
/** At or below this deviation a pixel is constant: it is centred and left unscaled. */
const CONSTANT = 1e-8;

export type Standardisation = Pick<DataSource, 'byteScale' | 'mean' | 'inverseDeviation' | 'clip'>;

/**
 * The affine map from bytes to inputs: `dataset` has one mean and deviation for all pixels and no clipping, `pixel` one
 * for each pixel, clipped. Both are constants of the whole training set, known before the first image arrives, so that
 * what a network sees never depends on the speed of the download.
 */
export function standardisation(entry: DatasetEntry, how: StandardisationId): Standardisation {
  const size = entry.width * entry.height;
  const byteScale = 1 / entry.byteMax;
  if (how === 'dataset') {
    return {
      byteScale,
      mean: new Float32Array(size).fill(entry.mean),
      inverseDeviation: new Float32Array(size).fill(1 / entry.deviation),
      clip: Infinity,
    };
  }
  const { mean, deviation } = pixelStatistics[entry.id];
  return {
    byteScale,
    mean: float32(mean),
    inverseDeviation: float32(deviation).map((value) => (value <= CONSTANT ? 1 : 1 / value)),
    clip: PIXEL_CLIP,
  };
}

/** Little-endian float32 from base64. */
function float32(base64: string): Float32Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
