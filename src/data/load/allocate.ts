import type { StandardisationId } from '../../configuration/schema';
import type { DataSource, Split } from '../../training/engine';
import type { SplitName } from './arrivals';
import type { DatasetEntry } from '../registry';
import { standardisation } from '../standardise';
import { planesOf } from '../tasks';

/** How many images are wanted of each split. */
export type Limits = Record<SplitName, number>;

/** The source of a set before anything has arrived: arrays of their final size, constants known. */
export function allocate(entry: DatasetEntry, how: StandardisationId, limits?: Limits): DataSource {
  const size = entry.channels * entry.width * entry.height;
  const split = (total: number): Split => ({
    images: new Uint8Array(total * size),
    labels: new Uint8Array(total),
    ready: 0,
    total,
  });
  const planes = planesOf(entry);
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
