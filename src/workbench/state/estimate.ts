import { DATASETS } from '../../data/registry';
import type { SizeName, Trial } from '../../experiments/types';

/**
 * How fast an engine was: wall time per step (of all runs that shared the step), and the cost of such a step
 * (`batchMultiplications`).
 */
export interface EngineSpeed {
  /** "tfjs-wasm lambda-sweep quick", or "tfjs-wasm" for the engine on any network. */
  key: string;
  msPerStep: number;
  cost: number;
}

/** The key under which a speed is remembered. */
export const speedKey = (engine: string, recipe?: string, size?: SizeName): string =>
  [engine, ...(recipe && size ? [recipe, size] : [])].join(' ');

type Costed = Pick<Trial['configuration'], 'data' | 'hidden' | 'batch'>;

/**
 * Multiplications of one forward pass of a batch through the dense layers: a rough measure by which times of different
 * networks are compared.
 */
export function batchMultiplications({ data, hidden, batch }: Costed): number {
  const { width, height, channels, classNames } = DATASETS[data];
  const sizes = [width * height * channels, ...hidden, classNames.length];
  return batch * sizes.slice(1).reduce((sum, size, l) => sum + size * sizes[l], 0);
}

/** The share of a step's time that does not depend on the size of the network (dispatches, batches, read-backs). */
const FIXED = 0.5;

/**
 * About how many milliseconds trials will take: at the speed this experiment had here before, else at the engine's speed
 * on another network, scaled by cost. Null where nothing has been measured yet. The second kind is too low for recipes
 * that do more than train.
 */
export function estimateDuration(
  trials: readonly Pick<Trial, 'steps' | 'configuration'>[],
  own: EngineSpeed | undefined,
  general: EngineSpeed | undefined,
): number | null {
  if (own) return trials.reduce((sum, { steps }) => sum + steps * own.msPerStep, 0);
  if (!general) return null;
  return trials.reduce((sum, { steps, configuration }) => {
    const scale = batchMultiplications(configuration) / general.cost;
    return sum + steps * general.msPerStep * (FIXED + (1 - FIXED) * scale);
  }, 0);
}

/** A time in words: "about 40 s", "about 12 min", "about 3 h". */
export function writtenTime(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 1) return 'about a second';
  if (seconds < 90) return `about ${Math.round(seconds)} s`;
  const minutes = seconds / 60;
  if (minutes < 90) return `about ${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 48 ? `about ${Number(hours.toPrecision(2))} h` : `about ${Math.round(hours / 24)} days`;
}
