import { identityMatrix } from '../../network/linearAlgebra';
import type { Matrix, Network } from '../../network/network';
import { basisTargets, type BasisOperation } from './diagonalise';

/** A rotation R [n, n] as n(n−1)/2 Givens angles, in radians: plane (j, i), j < i, in order of j, then i. */
export interface GivensPath {
  n: number;
  angles: Float64Array;
}

/** Turns rows j and i of x by an angle, over columns j…n−1 (nothing else is non-zero there). */
function turnRows(x: Float64Array, n: number, j: number, i: number, c: number, s: number): void {
  for (let k = j; k < n; k++) {
    const u = x[j * n + k];
    const v = x[i * n + k];
    x[j * n + k] = c * u + s * v;
    x[i * n + k] = c * v - s * u;
  }
}

/**
 * Factors an orthogonal matrix of determinant +1 into plane rotations. Throws for a determinant of −1 (it cannot be
 * reached from the identity: flip a column) and for a matrix that is not orthogonal to 1e-9.
 */
export function givensPath(r: Matrix): GivensPath {
  const n = r.rows;
  const x = r.data.slice();
  const angles = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let j = 0; j < n; j++)
    for (let i = j + 1; i < n; i++) {
      const angle = Math.atan2(x[i * n + j], x[j * n + j]);
      angles[at++] = angle;
      if (angle !== 0) turnRows(x, n, j, i, Math.cos(angle), Math.sin(angle));
    }
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++)
      if (!(Math.abs(x[i * n + j] - (i === j ? 1 : 0)) < 1e-9))
        throw new Error('Only an orthogonal matrix of determinant +1 can be reached by rotating.');
  return { n, angles };
}

/** R(t): every angle times t. R(0) is the identity, R(1) the rotation itself, and each R(t) is orthogonal to rounding. */
export function rotationAt({ n, angles }: GivensPath, t: number): Matrix {
  const out = identityMatrix(n);
  let at = angles.length;
  for (let j = n - 1; j >= 0; j--)
    for (let i = n - 1; i > j; i--) {
      const angle = t * angles[--at];
      if (angle !== 0) turnRows(out.data, n, j, i, Math.cos(angle), -Math.sin(angle));
    }
  return out;
}

/**
 * A path of true bases from the present one to that of an operation. Give the bases of `at(t)` to `networkInBasis` to
 * get the network at t, for t from 0 to 1.
 */
export interface BasisPath {
  layer: number;
  at: (t: number) => { r: Matrix; q: Matrix | null };
}

/** The path to left, full or random bases (full: R(t) and Q(t) together); its end is what `operate` applies. */
export function basisPath(network: Network, operation: BasisOperation): BasisPath {
  const { r, q } = basisTargets(network, operation);
  const left = givensPath(r);
  const right = q && givensPath(q);
  return {
    layer: operation.layer,
    at: (t) => ({ r: rotationAt(left, t), q: right && rotationAt(right, t) }),
  };
}
