import { DATASETS } from '../../data/registry';
import type { SizeName, Trial } from '../../experiments/types';

/** How fast an engine was: wall time per step of all runs side by side, and what such a step costs. */
export interface EngineSpeed {
  /** "tfjs-wasm lambda-sweep quick", or of anything: "tfjs-wasm". */
  key: string;
  msPerStep: number;
  cost: number;
}

/** The key of a pace. */
export const speedKey = (engine: string, recipe?: string, size?: SizeName): string =>
  [engine, ...(recipe && size ? [recipe, size] : [])].join(' ');

type Costed = Pick<Trial['configuration'], 'data' | 'hidden' | 'batch'>;

/** Multiplications of a forward pass of a batch through the dense layers: a scale for times, nothing finer. */
export function batchMultiplications({ data, hidden, batch }: Costed): number {
  const { width, height, channels, classNames } = DATASETS[data];
  const sizes = [width * height * channels, ...hidden, classNames.length];
  return batch * sizes.slice(1).reduce((sum, size, l) => sum + size * sizes[l], 0);
}

/** Share of a step's time that a smaller network does not save: dispatches, batches, read-backs. */
const FIXED = 0.5;

/**
 * Milliseconds that trials will take, roughly: at the pace this experiment had here, else at the engine's on another network, scaled by
 * cost. Null where nothing has been measured yet. Recipes that do more than train take longer than the second kind says.
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
