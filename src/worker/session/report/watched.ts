import type { DataSource } from '../../../data/source';

/** Test images evaluated while training; the whole split is for the pause. */
const WATCHED_IMAGES = 1000;

/** How many of the watched test images have arrived. */
export function watchedCount(source: DataSource): number {
  return Math.min(WATCHED_IMAGES, source.test.ready);
}
