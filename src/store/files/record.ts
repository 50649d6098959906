import type { StandardisationRecord } from '../../network/files/record';
import type { Gallery } from '../state';

const single = (values: readonly number[]): number | number[] =>
  values.every((value) => value === values[0]) ? values[0] : [...values];

/** How the images of the gallery become inputs, as a network file says it. */
export function standardisationOf(gallery: Gallery, how: string): StandardisationRecord {
  const { dataset, byteScale, mean, inverseDeviation, clip } = gallery;
  return {
    dataset,
    how,
    byteScale,
    mean: single([...mean]),
    deviation: single(Array.from(inverseDeviation, (value) => 1 / value)),
    clip: Number.isFinite(clip) ? clip : null,
  };
}

/** Differences up to this share are rounding (constants are kept as float32). */
const SAME = 1e-4;

function alike(a: number | number[], b: number | number[]): boolean {
  const length = Math.max(Array.isArray(a) ? a.length : 1, Array.isArray(b) ? b.length : 1);
  if ([a, b].some((values) => Array.isArray(values) && values.length !== length)) return false;
  const at = (values: number | number[], i: number): number => (Array.isArray(values) ? values[i] : values);
  return Array.from({ length }, (_, i) => i).every(
    (i) => Math.abs(at(a, i) - at(b, i)) <= SAME * Math.max(1e-3, Math.abs(at(a, i)), Math.abs(at(b, i))),
  );
}

/** What differs between a file's standardisation and the page's, in words; null where nothing does. */
export function standardisationMismatch(
  file: StandardisationRecord,
  page: StandardisationRecord,
): string | null {
  const parts = [
    alike(file.byteScale, page.byteScale) ? null : 'the scale of a byte',
    alike(file.mean, page.mean) ? null : 'the mean',
    alike(file.deviation, page.deviation) ? null : 'the deviation',
    alike(file.clip ?? 0, page.clip ?? 0) ? null : 'the clipping',
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return `The file was standardised differently from this page (${parts.join(', ')}): its accuracy here is not the one it was trained to.`;
}
