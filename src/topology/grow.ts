import type { TrainingState } from '../network/network';
import { random } from '../network/random';
import { LIMITS } from '../network/spec';
import { stateWithWidth } from './basis';
import { requireHidden } from './diagonalise';
import type { OperationResult } from './types';

/** Deviation of a new unit's outgoing weights: zero would be a saddle without gradient (facts §2.3). */
export const OUTGOING_DEVIATION = 0.01;

/**
 * Neurogenesis (facts §2.3): appends `count` scaffold units to hidden layer `layer`, with zero incoming rows and
 * biases and 0.01·normal outgoing columns from `seed`; new moments are zero. Exact in any basis and for every
 * activation with f(0) = 0, so on the elementwise control too. Throws beyond the greatest width.
 */
export function grow(state: TrainingState, layer: number, count: number, seed: number): OperationResult {
  const { spec } = state.network;
  requireHidden(spec, layer);
  const before = spec.hidden[layer].width;
  const width = before + count;
  if (!Number.isInteger(count) || count < 1) throw new Error(`Cannot grow ${count} units.`);
  if (width > LIMITS.maxWidth)
    throw new Error(
      `Hidden layer ${layer + 1} has ${before} units and ${LIMITS.maxWidth} is the most: at most ${LIMITS.maxWidth - before} can be grown.`,
    );
  const next = stateWithWidth(state, layer, width);
  const outgoing = next.network.parameters.weights[layer + 1];
  const rng = random(seed, `grow/${layer}`);
  for (let unit = before; unit < width; unit++)
    for (let j = 0; j < outgoing.rows; j++)
      outgoing.data[j * width + unit] = OUTGOING_DEVIATION * rng.normal();
  return { state: next, promise: 'exact', sigmaRemoved: [], corrections: [] };
}
