import type { CriterionId, OutgoingId, TransportId } from './ids';
import type { TrainingState } from '../network/network';
import type { FloatArray } from '../network/linearAlgebra';

/** A structural operation on hidden layer `layer` (0-based; the layer written by weights[layer]). */
export type Operation =
  /**
   * The layer is turned into the basis of its left singular vectors, so that each unit has one singular value; the next layer is turned
   * back, and nothing else changes (left-partial diagonalisation).
   */
  | { kind: 'left'; layer: number }
  /** The layer's inputs are turned as well, so that its weights become a diagonal (full diagonalisation; the layer below must allow it). */
  | { kind: 'full'; layer: number }
  /** The layer is turned into a random basis. */
  | { kind: 'rotate'; layer: number; seed: number }
  | {
      kind: 'remove';
      layer: number;
      count: number;
      where: RemovalMode;
      criterion?: CriterionId;
      seed?: number;
    }
  | { kind: 'grow'; layer: number; count: number; seed: number; outgoing?: OutgoingId }
  /** Full diagonalisation of every second weight matrix that allows it: 1, 3, 5 … */
  | { kind: 'sparsify'; layer: number }
  /** Sets every bias and ψ to 0: the argmax becomes linear. */
  | { kind: 'zero-biases'; layer: number };

/** Inputs [n, inputs], standardised as the network was trained, with class labels [n]. */
export interface ProbeInputs {
  x: FloatArray;
  labels: ArrayLike<number>;
  n: number;
}

/** How an operation treats the optimiser, and what it may look at. */
export interface OperationOptions {
  /** What becomes of the optimiser's moments; `both` where left out. */
  transport?: TransportId;
  /** New entries start with the mean second moment of their tensor instead of 0. */
  warmUp?: boolean;
  /**
   * Images and labels for what depends on data: the criteria `gradient` and `energy`, and the ψ mode `expectation`.
   * Operations that need it throw where it is missing.
   */
  probe?: ProbeInputs;
}

/**
 * What to do on removal where o or ψ is off: `exact` switches the missing one to *fixed* at the value needed;
 * `approximate` removes without that correction. Where both are on, the two are the same.
 */
export type RemovalMode = 'exact' | 'approximate';

/** Differences of logits on a probe set, before → after. */
export interface LogitDeviation {
  /** Images in the probe set. */
  n: number;
  /** (100/N)·Σ ‖Δlogits‖ / ‖logits before‖, per cent. */
  epsilonScaledPercent: number;
  /** Mean KL(softmax before ‖ softmax after), nats. */
  klNats: number;
  maxAbsLogit: number;
  /** Accuracy after − before, percentage points, on the probe set. */
  accuracyPoints: number;
}

/**
 * What an operation promises about the function: `exact` (unchanged up to rounding), `first-order` (the change shrinks
 * in proportion to the σ, and to the ψ entries, removed), `none` (the control: elementwise units, or a correction left out).
 */
export type InvariancePromise = 'exact' | 'first-order' | 'none';

/** What an operation did, measured in float64 on a fixed probe set of test images. */
export interface InvarianceReport extends LogitDeviation {
  operation: Operation;
  promise: InvariancePromise;
  /**
   * Whether the largest change of a logit stayed within `tolerance` (an absolute difference), so that the function
   * counts as unchanged.
   */
  unchanged: boolean;
  tolerance: number;
  /** One sentence for people, e.g. "Function unchanged: max Δlogit 2e-14, tolerance 1e-9." */
  sentence: string;
  accuracyBefore: number;
  accuracyAfter: number;
  /** By how much the sum of the singular values of the layer's weights fell: before − after. */
  sigmaSumDrop: number;
  /** σ of the units removed, in order of removal; empty for other operations. */
  sigmaRemoved: number[];
  energyMean: { before: number; after: number };
  energySum: { before: number; after: number };
  widthsBefore: number[];
  widthsAfter: number[];
  parametersBefore: number;
  parametersAfter: number;
  /** Corrections made or left out by a removal, in words; empty otherwise. */
  corrections: string[];
}

export interface OperationResult {
  state: TrainingState;
  promise: InvariancePromise;
  /** σ of the units removed, in order. */
  sigmaRemoved: number[];
  corrections: string[];
}
