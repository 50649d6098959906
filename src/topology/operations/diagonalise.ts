import { isIsotropicActivation } from '../../activations/lookup';
import type { Matrix, Network, TrainingState } from '../../network/network';
import type { NetworkSpec } from '../../network/spec';
import { applyBasis, basisRefusal, requireHidden } from './basis';
import { determinantSign, flipColumn, randomRotation } from '../linear/orthogonal';
import { completedQ, svd } from '../linear/svd';
import type { Operation, OperationOptions, OperationResult, InvariancePromise } from '../types';

/** Operations that only change bases. */
export type BasisOperation = Extract<Operation, { kind: 'left' | 'full' | 'rotate' }>;

/**
 * The bases that an operation moves to. Both have determinant +1, so that they can be reached from the identity by
 * rotation.
 */
export interface BasisTargets {
  r: Matrix;
  q: Matrix | null;
  /** Singular values of the layer's weights, descending; empty for a random rotation. */
  sigma: Float64Array;
}

/** Whether the weights into hidden layer `layer` can be made diagonal, and why not. */
export function fullDiagonalisationAllowed(
  spec: NetworkSpec,
  layer: number,
): { legal: boolean; reason: string } {
  if (layer < 0 || layer >= spec.hidden.length)
    return {
      legal: false,
      reason: 'The output weights write the logits, whose basis is the classes: they cannot be turned.',
    };
  if (layer === 0)
    return {
      legal: false,
      reason:
        'The first layer reads the pixels, whose basis is fixed: only its left side can be turned. Full diagonalisation needs a hidden layer on both sides.',
    };
  const reason = basisRefusal(spec, layer);
  if (reason) return { legal: false, reason };
  if (spec.hidden[layer - 1].convolution)
    return {
      legal: false,
      reason: `Hidden layer ${layer} is a convolution, whose units act one by one: only the left side of the next can be turned.`,
    };
  return {
    legal: true,
    reason: `Hidden layers ${layer} and ${layer + 1} are both free to turn, so the weights between them can be diagonal.`,
  };
}

/** R of W = R·Λ·Qᵀ with det +1: the last column is flipped where needed. */
function leftBases(w: Matrix): BasisTargets {
  const { r, sigma } = svd(w);
  if (determinantSign(r) < 0) flipColumn(r, r.cols - 1);
  return { r, q: null, sigma };
}

/**
 * R and Q, both with det +1. Where the sides differ in size, flips fall on columns outside Λ or in pairs and Λ stays
 * ≥ 0; a square W of negative determinant must keep one negative entry, the last.
 */
function fullBases(w: Matrix): BasisTargets {
  const parts = svd(w);
  const { r, sigma } = parts;
  const q = completedQ(parts);
  const last = sigma.length - 1;
  if (w.rows !== w.cols) {
    const shorter = w.rows < w.cols ? r : q;
    if (determinantSign(shorter) < 0) {
      flipColumn(r, last);
      flipColumn(q, last);
    }
  }
  if (determinantSign(r) < 0) flipColumn(r, r.cols - 1);
  if (determinantSign(q) < 0) flipColumn(q, q.cols - 1);
  return { r, q, sigma };
}

/** The bases an operation moves a network to: what `turn` applies at once and `basisPath` reaches gradually. */
export function basisTargets({ spec, parameters }: Network, operation: BasisOperation): BasisTargets {
  const { layer } = operation;
  requireHidden(spec, layer);
  switch (operation.kind) {
    case 'left':
      return leftBases(parameters.weights[layer]);
    case 'full': {
      const { legal, reason } = fullDiagonalisationAllowed(spec, layer);
      if (!legal) throw new Error(reason);
      return fullBases(parameters.weights[layer]);
    }
    case 'rotate':
      return {
        r: randomRotation(spec.hidden[layer].width, operation.seed),
        q: null,
        sigma: new Float64Array(0),
      };
  }
}

/** Sets the off-diagonal rounding of a fully diagonalised matrix to exact zeros. */
function clearOffDiagonal(w: Matrix): void {
  for (let i = 0; i < w.rows; i++) for (let j = 0; j < w.cols; j++) if (i !== j) w.data[i * w.cols + j] = 0;
}

/**
 * Left-partial diagonalisation, full diagonalisation or a random rotation, moments included.
 * Function-preserving on isotropic networks; on elementwise ones the same maps are the control. Throws when illegal.
 */
export function changeBasis(
  state: TrainingState,
  operation: BasisOperation,
  options: OperationOptions = {},
): OperationResult {
  const { r, q } = basisTargets(state.network, operation);
  const next = applyBasis(state, operation.layer, r, q, options);
  if (operation.kind === 'full') clearOffDiagonal(next.network.parameters.weights[operation.layer]);
  const promise: InvariancePromise = isIsotropicActivation(state.network.spec.activation) ? 'exact' : 'none';
  return { state: next, promise, sigmaRemoved: [], corrections: [] };
}
