import type { EvaluationPoint } from '../../../worker/protocol';

/** Mean h² at or below this, over the watched test images, counts as off. */
const OFF = 1e-12;
/** Steps a network gets before chance accuracy is laid to λ. */
const PATIENCE = 100;

/**
 * What λ has done to an elementwise network: `dead` when every unit of some hidden layer is off (its output no longer depends
 * on the image), `silenced` when it lives but answers no better than half as good again as chance.
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
