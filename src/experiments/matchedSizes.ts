import type { ArchitectureId } from '../network/settings';
import type { DatasetId } from '../data/ids';
import { type Configuration, DEFAULT_CONFIGURATION } from '../configuration/schema';
import { DATASETS } from '../data/registry';
import { convolutionPlanes, shapeOf } from '../data/tasks';
import { matchParameters } from '../network/architectures/match';
import { ARCHITECTURES, specOf } from '../network/architectures/registry';
import { parameterCount } from '../network/network';
import type { RecipeSize } from './types';

type Sizes = Pick<Configuration, 'hidden' | 'channels'>;
const known = new Map<string, Sizes>();

/**
 * Widths at which an architecture has as nearly as possible as many parameters as the MLP of a size's configuration on a
 * data set, so that the two can be compared. A CNN keeps its hidden widths and configured channels instead: matched on
 * data with many planes, it would need hundreds of channels. Null where a CNN cannot read the data.
 */
export function comparedSizes(
  { configuration }: Pick<RecipeSize, 'configuration'>,
  architecture: ArchitectureId,
  data: DatasetId,
): Sizes | null {
  const base: Configuration = { ...DEFAULT_CONFIGURATION, ...configuration, data };
  const { hidden, channels } = base;
  if (architecture === 'mlp') return { hidden, channels };
  if (architecture === 'cnn')
    return convolutionPlanes(DATASETS[data]) ? { hidden: ARCHITECTURES.cnn.sizes.hidden, channels } : null;
  const key = JSON.stringify([base, architecture]);
  let sizes = known.get(key);
  if (!sizes) {
    const shape = shapeOf(DATASETS[data], base.tasks);
    const target = parameterCount(specOf({ ...base, architecture: 'mlp' }, shape));
    const match = matchParameters({ ...base, architecture }, shape, target);
    known.set(key, (sizes = { hidden: match.hidden, channels: match.channels }));
  }
  return sizes;
}

/** What such a comparison leaves different from the paper's, for the reports. */
export const MATCHED_DIFFERENCES = [
  'Dense architectures have widths with as nearly as many parameters as the MLP has on the same data; a CNN keeps sizes of its own, and is left out where the data have no planes.',
  'BimodalTrue and Physics-Lagrangian are our readings: only their names and the kinds of their paths are public.',
  'Text is definitions from a dictionary; heartbeats and the event camera are simulated, and stand in for WESAD-like and DVS recordings: DVS gesture is not among our data.',
] as const;
