import type { Recipe, SizeName, Trial } from '../../experiments/types';
import { estimate, type Pace, paceKey, writtenTime } from '../state/estimate';
import { useLab } from '../../store/lab';

/** How long trials will take on this machine, in words; null where nothing has been measured. */
export function timeOf(
  recipe: string,
  size: SizeName,
  trials: readonly Trial[],
  paces: readonly Pace[],
): string | null {
  const engine = useLab.getState().engine?.id;
  if (!engine) return null;
  const find = (key: string): Pace | undefined => paces.find((pace) => pace.key === key);
  const time = estimate(trials, find(paceKey(engine, recipe, size)), find(paceKey(engine)));
  return time === null ? null : writtenTime(time);
}

/** The same for all of a size. */
export const timeFor = (recipe: Recipe, size: SizeName, paces: readonly Pace[]): string | null =>
  timeOf(recipe.id, size, recipe.trials(size), paces);
