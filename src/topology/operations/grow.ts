import type { TrainingState } from '../../network/network';
import { seededRandom } from '../../network/random';
import { NETWORK_LIMITS } from '../../network/spec';
import { requireHidden, stateWithWidth } from './basis';
import type { Operation, OperationOptions, OperationResult } from '../types';

/** Deviation of a new unit's outgoing weights: zero would be a saddle without gradient. */
const OUTGOING_DEVIATION = 0.01;

/**
 * Neurogenesis: appends `count` scaffold units to hidden layer `layer`, with zero incoming rows and biases. Outgoing
 * columns are 0.01·normal from `seed` or, with `outgoing: 'zero'`, zero, where no gradient reaches them ever after (a saddle). Exact in
 * any basis and for every activation with f(0) = 0, so on the elementwise control too, but not where the layer is normalised. New first moments are 0; new second
 * moments are 0 as well, which makes the first Adam step of a new entry 3.16·lr, unless `warmUp` (see `warm`). Throws beyond
 * the greatest width.
 */
export function growNeurons(
  state: TrainingState,
  { layer, count, seed, outgoing = 'normal' }: Omit<Extract<Operation, { kind: 'grow' }>, 'kind'>,
  options: OperationOptions = {},
): OperationResult {
  const { spec } = state.network;
  requireHidden(spec, layer);
  const before = spec.hidden[layer].width;
  const width = before + count;
  if (!Number.isInteger(count) || count < 1) throw new Error(`Cannot grow ${count} units.`);
  if (width > NETWORK_LIMITS.maxWidth)
    throw new Error(
      `Hidden layer ${layer + 1} has ${before} units and ${NETWORK_LIMITS.maxWidth} is the most: at most ${NETWORK_LIMITS.maxWidth - before} can be grown.`,
    );
  const next = stateWithWidth(state, layer, width, options);
  if (outgoing === 'normal') {
    const columns = next.network.parameters.weights[layer + 1];
    const rng = seededRandom(seed, `grow/${layer}`);
    for (let unit = before; unit < width; unit++)
      for (let j = 0; j < columns.rows; j++)
        columns.data[j * width + unit] = OUTGOING_DEVIATION * rng.normal();
  }
  // The mean that divides a normalised layer is over its units: silent ones make it smaller.
  const normalised = spec.hidden[layer].normalise ?? false;
  return {
    state: next,
    promise: normalised ? 'none' : 'exact',
    sigmaRemoved: [],
    corrections: normalised
      ? [`Hidden layer ${layer + 1} is normalised: its mean square is over ${width} units now.`]
      : [],
  };
}
