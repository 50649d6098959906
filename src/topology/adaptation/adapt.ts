import type { CriterionId, OutgoingId } from '../ids';
import type { Matrix, TrainingState } from '../../network/network';
import { NETWORK_LIMITS, type NetworkSpec } from '../../network/spec';
import { basisRefusal } from '../operations/basis';
import { growNeurons } from '../operations/grow';
import { removeNeurons } from '../operations/remove';
import { spectrumOf, type Svd } from '../linear/svd';
import type { OperationOptions, InvariancePromise, RemovalMode } from '../types';

/** The rule of automatic adaptation: each layer keeps `scaffold` units with σ ≤ `theta`. */
export interface AdaptationSettings {
  scaffold: number;
  theta: number;
  /** Most units a layer may grow to; 0 or absent = the limit of the lab. A layer already wider is not cut for it. */
  cap?: number;
  /** Hidden layers that adapt; null or absent = all that can. */
  layers?: readonly number[] | null;
  /** What decides which of the surplus units go first; default σ. */
  criterion?: CriterionId;
  outgoing?: OutgoingId;
  /**
   * Seed for the outgoing weights of new units and for the criterion `random`. Give another one at every decision, for
   * example the step.
   */
  seed: number;
  /** What a removal does where o or ψ is off (`RemovalMode`); `exact` where left out. */
  where?: RemovalMode;
  /**
   * Whether units beyond the rank's reach (a layer wider than its input) count with σ = 0; default true. `false` is the official
   * rule, which cannot see the zero rows it grows there and so grows for ever.
   */
  countMissing?: boolean;
}

/** What the rule decided for one hidden layer, and why. */
export interface LayerDecision {
  layer: number;
  /** σ of the units at or below θ, descending: what decided; within a few ε·σ_max where `change` is not 0. */
  sigmas: number[];
  /** How many they are. */
  count: number;
  /** Units grown (> 0) or removed (< 0); 0 where all was well or a limit was in the way. */
  change: number;
  widthBefore: number;
  widthAfter: number;
  /** σ of the units removed, first to go first. */
  sigmaRemoved: number[];
  corrections: string[];
}

export interface AdaptationResult {
  state: TrainingState;
  /** One per layer looked at, from the output to the input, unchanged layers too. */
  decisions: LayerDecision[];
  /** The weakest promise (`InvariancePromise`) of all that was done; `exact` where nothing was done. */
  promise: InvariancePromise;
}

/**
 * How accurate the squares of the fast singular values are, relative to σ_max²: where a square is nearer than this to
 * θ², the fast values do not decide.
 */
const FAST_ENOUGH = 1e-12;

/** σ of every unit at or below θ, descending; units beyond the rank's reach have σ = 0 and are counted if `countMissing`. */
function atOrBelow(sigma: Float64Array, theta: number, rows: number, countMissing: boolean): number[] {
  const small = [...sigma].filter((s) => s <= theta);
  const missing = countMissing ? Math.max(0, rows - sigma.length) : 0;
  return [...small, ...new Array<number>(missing).fill(0)];
}

/** Whether the fast singular values are accurate enough to tell which of them are at or below θ. */
function certain(fast: Float64Array, theta: number): boolean {
  const margin = FAST_ENOUGH * fast[0] ** 2;
  return fast.every((s) => Math.abs(s * s - theta * theta) > margin);
}

/**
 * The σ of a layer at or below θ, descending. The fast singular values are used where they decide that nothing is to
 * change, which is nearly always; otherwise the matrix is decomposed, `parts` is that decomposition, and the σ are
 * accurate.
 */
function seen(
  w: Matrix,
  { theta, countMissing = true }: AdaptationSettings,
  stays: (count: number) => boolean,
): { sigmas: number[]; parts: Svd | null } {
  const spectrum = spectrumOf(w);
  const fast = spectrum.fast();
  const sigmas = atOrBelow(fast, theta, w.rows, countMissing);
  if (certain(fast, theta) && stays(sigmas.length)) return { sigmas, parts: null };
  const parts = spectrum.svd();
  return { sigmas: atOrBelow(parts.sigma, theta, w.rows, countMissing), parts };
}

/**
 * How many units the rule would grow (> 0) or remove (< 0) where `count` units have σ ≤ θ, cut to the limits of width.
 */
function changeOf(count: number, width: number, { scaffold, cap = 0 }: AdaptationSettings): number {
  if (count > scaffold) return Math.max(scaffold - count, Math.min(0, NETWORK_LIMITS.minWidth - width));
  const most = cap > 0 ? Math.min(cap, NETWORK_LIMITS.maxWidth) : NETWORK_LIMITS.maxWidth;
  return Math.min(scaffold - count, Math.max(0, most - width));
}

/** The hidden layers that adapt, from the output to the input; those of parallel paths and beside them cannot. */
export function adaptingLayers(spec: NetworkSpec, layers: readonly number[] | null = null): number[] {
  return spec.hidden
    .map((_, l) => l)
    .filter((l) => (layers === null || layers.includes(l)) && basisRefusal(spec, l) === null)
    .reverse();
}

const PROMISES = ['exact', 'first-order', 'none'] as const satisfies InvariancePromise[];

/**
 * One round of automatic adaptation: for each enabled hidden layer, from the output to the input (a removal writes ψ
 * upwards, where an earlier removal would discard it), counts c units with σ ≤ θ and grows S − c or removes c − S of them. The
 * criterion chooses among those c only: removing others would leave c as it was, and the layer would shrink at every round.
 * Never below the least width, never above cap; the input is not changed. Throws where a removal needs a probe and has none.
 */
export function adaptNetwork(
  state: TrainingState,
  settings: AdaptationSettings,
  options: OperationOptions = {},
): AdaptationResult {
  const { layers, criterion, outgoing, seed, where = 'exact' } = settings;
  const done: AdaptationResult = { state, decisions: [], promise: 'exact' };
  for (const layer of adaptingLayers(state.network.spec, layers)) {
    const { spec, parameters } = done.state.network;
    const widthBefore = spec.hidden[layer].width;
    const stays = (c: number): boolean => changeOf(c, widthBefore, settings) === 0;
    const { sigmas, parts } = seen(parameters.weights[layer], settings, stays);
    const count = sigmas.length;
    const change = changeOf(count, widthBefore, settings);
    const decision: LayerDecision = {
      layer,
      sigmas,
      count,
      change,
      widthBefore,
      widthAfter: widthBefore + change,
      sigmaRemoved: [],
      corrections: [],
    };
    done.decisions.push(decision);
    if (change === 0) continue;
    const result =
      change > 0
        ? growNeurons(done.state, { layer, count: change, seed, outgoing }, options)
        : removeNeurons(
            done.state,
            { layer, count: -change, where, criterion, seed, among: count, parts: parts ?? undefined },
            options,
          );
    done.state = result.state;
    done.promise = PROMISES[Math.max(PROMISES.indexOf(done.promise), PROMISES.indexOf(result.promise))];
    decision.sigmaRemoved = result.sigmaRemoved;
    decision.corrections = result.corrections;
  }
  return done;
}

/**
 * Of these hidden layers (null = all) those that may decide at `step`: their last change, which `lastChange` gives by
 * layer, lies at least `cooldown` steps back. Give the answer to `adaptNetwork` as `layers`.
 */
export function layersPastCooldown(
  spec: NetworkSpec,
  layers: readonly number[] | null,
  step: number,
  cooldown: number,
  lastChange: ReadonlyMap<number, number>,
): number[] {
  return adaptingLayers(spec, layers).filter((l) => step - (lastChange.get(l) ?? -Infinity) >= cooldown);
}
