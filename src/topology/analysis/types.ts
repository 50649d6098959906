import type { EnergySite, MeasureId } from '../../energy/ids';
import type { LayerCost } from '../../energy/costs';
import type { DisturbedScores, DisturbanceKind } from '../../energy/disturbance';
import type { NetworkEnergy } from '../../energy/report';
import type { Waterfall } from '../../energy/waterfall';
import type { FloatArray } from '../../network/linearAlgebra';
import type { Network } from '../../network/network';
import type { ProbeInputs } from '../types';

/** The four ways to remove a unit: with both corrections, one of them, or none. */
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

/** What full diagonalisation of every second matrix saves. */
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

/** Generalised isotropic perceptron: all A_l·x at once and a scalar recursion, against the layered pass. */
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

/** E of all hidden layers of an isotropic network as it is, and with every hidden layer in its diagonal basis. */
export interface BasisEnergy {
  measure: MeasureId;
  before: number;
  after: number;
}

/** The network beside its λ = 0 twin and that twin rescaled to the network's E; all on the same images. */
export interface EnergyReport {
  measure: MeasureId;
  site: EnergySite;
  network: NetworkEnergy;
  /** Null without a twin that was never billed for energy. */
  twin: NetworkEnergy | null;
  /** Steps the twin is behind the network. */
  behind: number;
  /** The twin with its activations multiplied by `factor`: the same logits at the network's E. */
  rescaled: { factor: number; energy: NetworkEnergy } | null;
  /** Why there is no rescaled twin, or null. */
  refusal: string | null;
  /** How the fall of E from the twin to the network comes about; null where it cannot be split. */
  waterfall: Waterfall | null;
  /** On isotropic networks only: what a change of basis does to measures of E. */
  basis: BasisEnergy[] | null;
}

/** Which of the three a curve is of: the λ = 0 twin, the network, the twin rescaled. */
export type ComparedNetwork = 'twin' | 'network' | 'rescaled';

/** Accuracy under noise or quantisation of the activations, of those of the three that there are. */
export interface RobustnessReport {
  disturbance: DisturbanceKind;
  n: number;
  curves: { contender: ComparedNetwork; points: DisturbedScores[] }[];
}

/** Multiply-accumulates and words moved by affine layer, of the network and its twin. */
export interface CostReport {
  n: number;
  network: LayerCost[];
  twin: LayerCost[] | null;
  /** Whether pixels of 0 were known, so that they are skipped. */
  blackKnown: boolean;
}

export type AnalysisQuery =
  | { kind: 'unit'; layer: number; unit: number }
  | { kind: 'error-law'; layer: number; bStar: number | null }
  | { kind: 'natural-removals'; layer: number }
  | { kind: 'sparsity'; threshold: number }
  | { kind: 'precomputed' }
  | { kind: 'energy'; measure: MeasureId; site: EnergySite }
  | {
      kind: 'robustness';
      disturbance: DisturbanceKind;
      sizes: readonly number[];
      measure: MeasureId;
      site: EnergySite;
    }
  | { kind: 'costs' };

export type AnalysisAnswer =
  | { kind: 'unit'; report: UnitReport }
  | { kind: 'error-law'; report: ErrorLaw }
  | { kind: 'natural-removals'; report: NaturalRemovals }
  | { kind: 'sparsity'; report: SparsityReport }
  | { kind: 'precomputed'; report: PrecomputedReport }
  | { kind: 'energy'; report: EnergyReport }
  | { kind: 'robustness'; report: RobustnessReport }
  | { kind: 'costs'; report: CostReport };

/** The network asked about as it stands, test images, and the λ = 0 twin where there is one. */
export interface AnalysisSubject {
  network: Network;
  /** `black`: what each input is where its pixel is 0 (standardised inputs are not 0 there). */
  probe: ProbeInputs & { black?: FloatArray };
  twin?: { network: Network; behind: number } | null;
}

/** A query with what it is about; float64, nothing is changed. */
export interface AnalysisQuestion extends AnalysisSubject {
  query: AnalysisQuery;
}
