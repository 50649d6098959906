import type { StandardisationId } from '../ids';
import type { DataSource, SplitData } from '../source';
import type { SplitName } from './imageArrivals';
import type { DatasetEntry } from '../registry';
import { standardisation } from '../standardise';
import { convolutionPlanes } from '../tasks';

/** How many images are wanted of each split. */
export type SplitLimits = Record<SplitName, number>;

/** The source of a set before anything has arrived: arrays of their final size, constants known. */
export function allocateSource(
  entry: DatasetEntry,
  how: StandardisationId,
  limits?: SplitLimits,
): DataSource {
  const size = entry.channels * entry.width * entry.height;
  const split = (total: number): SplitData => ({
    images: new Uint8Array(total * size),
    labels: new Uint8Array(total),
    ready: 0,
    total,
  });
  const planes = convolutionPlanes(entry);
  return {
    size,
    ...(planes && { planes }),
    ...(entry.sample === 'picture' || entry.sample === 'events'
      ? { width: entry.width, channels: entry.channels }
      : {}),
    ...(entry.sample === 'text' ? { texts: { train: [], test: [] } } : {}),
    classes: entry.classNames.length,
    tasks: entry.tasks?.length ?? null,
    train: split(limits?.train ?? entry.trainCount),
    test: split(limits?.test ?? entry.testCount),
    ...standardisation(entry, how),
  };
}
