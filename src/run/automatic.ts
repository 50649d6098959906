import type { Configuration } from '../configuration/schema';
import type { TrainingState } from '../network/network';
import { adaptNetwork, layersPastCooldown } from '../topology/adaptation/adapt';
import { applyOperation, basisRefusal } from '../topology/operations/operations';
import type { OperationOptions } from '../topology/types';
import { operationSeed } from './operationOptions';

/** A change of width that automatic adaptation made, with the singular values σ that caused it. */
export interface AdaptDecision {
  step: number;
  /** Hidden layer, 0-based. */
  layer: number;
  /** Units grown (+) or removed (−). */
  change: number;
  /** Widths of all hidden layers afterwards. */
  widths: number[];
  /** How many σ of the layer were at or below `theta`, where `scaffold` are wanted; missing σ count as 0. */
  small: number;
  scaffold: number;
  theta: number;
  /** The σ at or below θ when it was decided, ascending; at most MAX_DECISION_SIGMAS of them. */
  sigmas: number[];
}

/** How many σ a decision carries at most. */
const MAX_DECISION_SIGMAS = 16;

/**
 * One round of automatic adaptation (topology/adaptation): each layer that has rested since its last change of width, from the output to
 * the input, grows or loses units until `scaffold` of its σ are at or below θ. Returns the new state with the decisions behind it, or
 * null where all widths stay. `lastWidthChange` holds, by hidden layer, the step of its last change.
 */
export function adaptWidths(
  state: TrainingState,
  configuration: Configuration,
  step: number,
  lastWidthChange: ReadonlyMap<number, number>,
  options: OperationOptions,
): { state: TrainingState; decisions: AdaptDecision[] } | null {
  const { scaffold, theta, adaptCap: cap, criterion, outgoing, adaptLayers, adaptCooldown } = configuration;
  const { spec } = state.network;
  const layers = layersPastCooldown(spec, adaptLayers, step, adaptCooldown, lastWidthChange);
  const seed = operationSeed(configuration, step);
  const made = adaptNetwork(state, { scaffold, theta, cap, layers, criterion, outgoing, seed }, options);
  const widths = spec.hidden.map(({ width }) => width);
  const decisions = made.decisions
    .filter(({ change }) => change !== 0)
    .map(({ layer, change, widthAfter, count, sigmas }): AdaptDecision => {
      widths[layer] = widthAfter;
      const ascending = [...sigmas].reverse().slice(0, MAX_DECISION_SIGMAS);
      return { step, layer, change, widths: [...widths], small: count, scaffold, theta, sigmas: ascending };
    });
  return decisions.length > 0 ? { state: made.state, decisions } : null;
}

/** A network with each hidden layer that allows it turned to its diagonal basis, from the input to the output. */
export function turnedDiagonal(state: TrainingState, options: OperationOptions): TrainingState {
  let next = state;
  for (let layer = 0; layer < state.network.spec.hidden.length; layer++)
    if (!basisRefusal(next.network.spec, layer))
      next = applyOperation(next, { kind: 'left', layer }, options).state;
  return next;
}
