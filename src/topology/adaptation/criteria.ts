import { gradients } from '../../energy/loss';
import type { CriterionId } from '../ids';
import { multiplyMatrices } from '../../network/linearAlgebra';
import type { Network } from '../../network/network';
import { permutation, seededRandom } from '../../network/random';
import { referenceForward } from '../../network/reference';
import { networkInBasis } from '../operations/basis';
import type { Svd } from '../linear/svd';
import type { ProbeInputs } from '../types';

/**
 * One hidden layer of a network with the decomposition of its weights, and the images a criterion may use to judge its
 * units.
 */
export interface RemovalCandidates {
  network: Network;
  layer: number;
  /** The decomposition of the layer's weights. */
  parts: Svd;
  probe?: ProbeInputs;
  seed: number;
}

/** Returns the probe. Throws a sentence for people that says what needs it where there is none. */
export function requireProbe(probe: ProbeInputs | undefined, what: string): ProbeInputs {
  if (!probe || probe.n < 1) throw new Error(`${what} looks at data: it needs a set of probe images.`);
  return probe;
}

/** The labels of the probe's n images. */
function probeLabels({ labels, n }: ProbeInputs): number[] {
  return Array.from({ length: n }, (_, b) => labels[b]);
}

/** σ of every unit of the diagonal basis; units beyond the rank's reach (a layer wider than its input) have σ = 0. */
export function allSigma({ r, sigma }: Pick<Svd, 'r' | 'sigma'>): Float64Array {
  const out = new Float64Array(r.rows);
  out.set(sigma);
  return out;
}

/** |∂L/∂σᵢ| = |uᵢᵀ·G·vᵢ| with G = ∂(mean cross-entropy)/∂W over the probe; 0 for units that read no direction (i > inputs). */
function gradientScores({ network, layer, parts: { r, qt }, probe }: RemovalCandidates): Float64Array {
  const set = requireProbe(probe, 'The gradient criterion');
  const settings = { lambda: 0, measure: 'mean-square', psiDecay: 0 } as const;
  const g = gradients(network, set.x, probeLabels(set), settings).tensors.weights[layer];
  const scores = new Float64Array(r.rows);
  for (let i = 0; i < qt.rows; i++) {
    let sum = 0;
    for (let row = 0; row < g.rows; row++) {
      let along = 0;
      for (let j = 0; j < g.cols; j++) along += g.data[row * g.cols + j] * qt.data[i * qt.cols + j];
      sum += r.data[row * r.cols + i] * along;
    }
    scores[i] = Math.abs(sum);
  }
  return scores;
}

/** Mean hᵢ² of every unit of the diagonal basis over the probe. */
function energyScores({ network, layer, parts, probe }: RemovalCandidates): Float64Array {
  const set = requireProbe(probe, 'The energy criterion');
  const { h, n } = referenceForward(networkInBasis(network, layer, parts.r), set.x, set.n);
  const scores = new Float64Array(parts.r.rows);
  const { length } = scores;
  for (let at = 0; at < n * length; at++) scores[at % length] += h[layer][at] ** 2 / n;
  return scores;
}

/** σ·‖outgoing column‖ of every unit of the diagonal basis. */
function outgoingScores({ network, layer, parts }: RemovalCandidates): Float64Array {
  const out = multiplyMatrices(network.parameters.weights[layer + 1], parts.r);
  return allSigma(parts).map((s, i) => {
    let square = 0;
    for (let j = 0; j < out.rows; j++) square += out.data[j * out.cols + i] ** 2;
    return s * Math.sqrt(square);
  });
}

/**
 * The score a criterion gives to each unit of the diagonal basis [width]; the unit with the smallest score is removed
 * first. Throws where a criterion needs a probe and there is none.
 */
export function removalScores(criterion: CriterionId, candidates: RemovalCandidates): Float64Array {
  switch (criterion) {
    case 'sigma':
      return allSigma(candidates.parts);
    case 'sigma-outgoing':
      return outgoingScores(candidates);
    case 'gradient':
      return gradientScores(candidates);
    case 'energy':
      return energyScores(candidates);
    case 'random':
      return Float64Array.from(
        permutation(candidates.parts.r.rows, seededRandom(candidates.seed, `remove/${candidates.layer}`)),
      );
  }
}

/**
 * The `count` units to remove, first to go first: smallest score, and of equal scores the later unit (smaller σ). Only the last
 * `among` units of the diagonal basis are candidates.
 */
export function chosenUnits(scores: Float64Array, count: number, among = scores.length): number[] {
  const first = scores.length - among;
  return Array.from({ length: among }, (_, i) => first + i)
    .sort((a, b) => scores[a] - scores[b] || b - a)
    .slice(0, count);
}
