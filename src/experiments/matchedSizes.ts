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
 * Sizes at which an architecture is compared with the MLP of a size's configuration on a data set: widths with as nearly as many
 * parameters. A CNN keeps its own hidden width and the configured channels (matched on many input planes it would need hundreds of
 * channels). Null where the data have no planes for a CNN to read.
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

/** What is true of every such comparison. */
export const MATCHED_DIFFERENCES = [
  'Dense architectures have widths with as nearly as many parameters as the MLP has on the same data; a CNN keeps sizes of its own, and is left out where the data have no planes.',
  'BimodalTrue and Physics-Lagrangian are our readings: only their names and the kinds of their paths are public.',
  'Text is definitions from a dictionary; heartbeats and the event camera are simulated, and stand in for WESAD-like and DVS recordings: DVS gesture is not among our data.',
] as const;
