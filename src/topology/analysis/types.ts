import type { Network } from '../../network/network';
import type { Probe } from '../types';

/** The four ways to remove a unit: with both corrections, one of them, or none (facts §2.4). */
export const CORRECTION_MODES = ['o+psi', 'o', 'psi', 'none'] as const;
export type CorrectionMode = (typeof CORRECTION_MODES)[number];

/**
 * One unit of the network, its σ scaled down step by step (with a bias b* of its own, if given), removed in four modes: error of the
 * logits relative to the network with the scaled σ, in per cent (ε scaled).
 */
export interface ErrorLaw {
  layer: number;
  /** σ of the unit in the trained network, and the bias it was given (or had). */
  sigma: number;
  bStar: number;
  n: number;
  /** σ after each scaling, descending. */
  sigmas: number[];
  curves: Record<CorrectionMode, number[]>;
  /** Least-squares slope of log ε against log σ of mode o+ψ above the rounding floor (1e-10 %); null with fewer than 3 points. */
  slope: number | null;
}

/** Every unit of the diagonal basis removed alone, as it is: no law, a scatter. */
export interface NaturalRemovals {
  layer: number;
  n: number;
  points: { unit: number; sigma: number; epsilonPercent: number }[];
  slope: number | null;
}

/** One unit of the diagonal basis of a hidden layer. */
export interface UnitReport {
  layer: number;
  unit: number;
  sigma: number;
  /** b* in the diagonal basis. */
  bias: number;
  /** Right singular vector: what the unit reads, in the inputs of this layer (pixels for layer 0), unit length, [in]. */
  reads: Float64Array;
  /** Outgoing column to the next layer, [next]. */
  outgoing: Float64Array;
  /** Outgoing column carried on linearly to the logits (s = 1), [outputs]. */
  perClass: Float64Array;
  /** Probe images that drive it most, |activation| descending. */
  top: { image: number; activation: number }[];
  meanSquare: number;
  n: number;
  accuracy: number;
  /** Accuracy with this unit removed, o and ψ corrected. */
  accuracyWithout: number;
  epsilonPercent: number;
}

/** What full diagonalisation of every second matrix saves (facts §3, Exp 5). */
export interface SparsityReport {
  diagonal: number[];
  threshold: number;
  parameters: number;
  /** Parameters with |θ| > threshold before and after. */
  nonZeroBefore: number;
  nonZeroAfter: number;
  /** k(n²−n)/total of the closed form, and what was measured, in per cent of all parameters. */
  expectedRemovedPercent: number;
  removedPercent: number;
  /** Multiplies of one image, dense and with diagonal layers as vectors. */
  denseMultiplies: number;
  sparseMultiplies: number;
  /** Sparse forward pass against the layered one. */
  maxAbsLogit: number;
  n: number;
}

/** Generalised isotropic perceptron: all A_l·x at once and a scalar recursion, against the layered pass (facts §4). */
export interface PrecomputedReport {
  n: number;
  maxAbsLogit: number;
  layeredMultiplies: number;
  /** Multiplies of the one stacked product (parallel), and of the recursion per image (sequential). */
  parallelMultiplies: number;
  recursionMultiplies: number;
  /** Matrix products that wait for one another: layered depth against 1. */
  layeredSteps: number;
  /** Accuracy of argmax(W_L…W_0 x): what remains without biases. */
  accuracy: number;
  linearAgreement: number;
}

export type Query =
  | { kind: 'unit'; layer: number; unit: number }
  | { kind: 'error-law'; layer: number; bStar: number | null }
  | { kind: 'natural-removals'; layer: number }
  | { kind: 'sparsity'; threshold: number }
  | { kind: 'precomputed' };

export type Answer =
  | { kind: 'unit'; report: UnitReport }
  | { kind: 'error-law'; report: ErrorLaw }
  | { kind: 'natural-removals'; report: NaturalRemovals }
  | { kind: 'sparsity'; report: SparsityReport }
  | { kind: 'precomputed'; report: PrecomputedReport };

/** A query with what it is about; float64, nothing is changed. */
export interface Question {
  query: Query;
  network: Network;
  probe: Probe;
}
