import type { Engine } from '../../training/engine';
import type { Recipe, Trial } from '../types';

/** What trials of one group have in common, so that they can take the same steps side by side; null for one that cannot. */
function keyOf({ configuration: c, steps, looks, images }: Trial): string | null {
  if (c.adapt || c.keepDiagonal || c.schedule.length > 0 || c.data === 'tasks') return null;
  const { data, standardisation, batch, classes, augment, measure, energySite } = c;
  const { architecture, hidden, channels, gliaRatio, regulation, kinetic, normalise } = c;
  return JSON.stringify([
    [data, standardisation, batch, classes, augment, measure, energySite, steps, looks, images],
    [architecture, hidden, channels, gliaRatio, regulation, kinetic, normalise],
  ]);
}

/**
 * Trials that train in the same dispatches, in the order of their first members: those of a plain recipe that agree in shape, data, batch
 * and steps, `most` at once. Each by itself on engines without a model axis.
 */
export function trialGroups(
  recipe: Pick<Recipe, 'run' | 'alone'>,
  trials: readonly Trial[],
  engine: Pick<Engine, 'modelAxis'>,
  most: number,
): Trial[][] {
  if (recipe.run || recipe.alone || !engine.modelAxis || most < 2) return trials.map((trial) => [trial]);
  const groups: Trial[][] = [];
  const open = new Map<string, Trial[]>();
  for (const trial of trials) {
    const key = keyOf(trial);
    const group = key === null ? undefined : open.get(key);
    if (group && group.length < most) {
      group.push(trial);
      continue;
    }
    const fresh = [trial];
    groups.push(fresh);
    if (key !== null) open.set(key, fresh);
  }
  return groups;
}
