import type { Recipe, SizeName, Trial } from '../../experiments/types';
import { estimateDuration, type EngineSpeed, speedKey, writtenTime } from '../state/estimate';
import { useLab } from '../../store/lab';

/** How long trials will take on this machine, in words; null where nothing has been measured. */
export function trialsDuration(
  recipe: string,
  size: SizeName,
  trials: readonly Trial[],
  paces: readonly EngineSpeed[],
): string | null {
  const engine = useLab.getState().engine?.id;
  if (!engine) return null;
  const find = (key: string): EngineSpeed | undefined => paces.find((pace) => pace.key === key);
  const time = estimateDuration(trials, find(speedKey(engine, recipe, size)), find(speedKey(engine)));
  return time === null ? null : writtenTime(time);
}

/** The same for all of a size. */
export const sizeDuration = (recipe: Recipe, size: SizeName, paces: readonly EngineSpeed[]): string | null =>
  trialsDuration(recipe.id, size, recipe.trials(size), paces);
