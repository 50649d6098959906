import type { EvaluationPoint } from '../../../worker/protocol';

/** A unit whose mean h² over the test images looked at is at most this counts as off. */
const OFF = 1e-12;
/** Before this many steps an accuracy near chance is not blamed on λ. */
const PATIENCE = 100;

/**
 * What λ has done to an elementwise network. `dead`: every unit of some hidden layer is off, so that the output no
 * longer depends on the image. `silenced`: units are active, but accuracy is less than one and a half times that of
 * chance.
 */
export function networkViability(
  point: EvaluationPoint | undefined,
  lambda: number,
  classes: number,
): { state: 'alive' | 'silenced' } | { state: 'dead'; layer: number } {
  if (!point) return { state: 'alive' };
  const layer = point.unitMeanSquare.findIndex((units) => units.length > 0 && units.every((h2) => h2 <= OFF));
  if (layer >= 0) return { state: 'dead', layer };
  const atChance = point.accuracy < 1.5 / classes;
  return { state: lambda > 0 && point.step >= PATIENCE && atChance ? 'silenced' : 'alive' };
}
