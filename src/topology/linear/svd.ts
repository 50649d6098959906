import { orthonormalRows } from '../../network/householder';
import { transposeMatrix } from '../../network/linearAlgebra';
import { createMatrix, type Matrix } from '../../network/network';
import { gramTriangle } from './gram';
import { orthogonaliseRows } from './jacobi';
import { symmetricEigen } from './symmetricEigen';

/** W [m, n] = R·Λ·Qᵀ in the paper's letters. */
export interface Svd {
  /** Left singular vectors as columns [m, m], completed to a basis when m > n. */
  r: Matrix;
  /** Singular values, descending, min(m, n) of them; below max(m, n)·ε·σ_max they are exactly 0. */
  sigma: Float64Array;
  /** Right singular vectors as rows [min(m, n), n]. */
  qt: Matrix;
}

/** Power of two near the largest |entry| (1 for zeros), so that squares neither overflow nor vanish; throws on NaN or ∞. */
function scaleOf(a: Matrix): number {
  let largest = 0;
  for (const value of a.data) {
    if (!Number.isFinite(value)) throw new Error('The matrix contains NaN or infinite values.');
    largest = Math.max(largest, Math.abs(value));
  }
  return largest === 0 ? 1 : 2 ** Math.max(-1000, Math.min(1000, Math.round(Math.log2(largest))));
}

/**
 * Flips the signs of pairs of singular vectors so that the largest entry of each left vector is positive. A matrix then
 * always gets the same vectors, and a drawing of them the same picture.
 */
function fixSigns(left: Matrix, right: Matrix): void {
  for (let i = 0; i < left.rows; i++) {
    const row = left.data.subarray(i * left.cols, (i + 1) * left.cols);
    let top = 0;
    for (let j = 1; j < row.length; j++) if (Math.abs(row[j]) > Math.abs(row[top]) * (1 + 1e-10)) top = j;
    if (row[top] >= 0) continue;
    for (let j = 0; j < row.length; j++) row[j] = -row[j];
    if (i >= right.rows) continue;
    for (let j = i * right.cols; j < (i + 1) * right.cols; j++) right.data[j] = -right.data[j];
  }
}

/** The first `keep` rows followed by an orthonormal completion to `count` rows. */
function completeRows(rows: Matrix, keep: number, count: number): Matrix {
  if (keep === count && rows.rows === count) return rows;
  const kept = createMatrix(keep, rows.cols, Float64Array.from(rows.data.subarray(0, keep * rows.cols)));
  const out = orthonormalRows(kept, count);
  out.data.set(kept.data);
  return out;
}

/**
 * A matrix prepared for its decomposition: turned so that it has no more rows than columns, divided by a power of two so
 * that squares stay finite, and with its Gram matrix computed when first asked for.
 */
class WideMatrix {
  readonly tall: boolean;
  readonly rows: number;
  readonly cols: number;
  readonly scale: number;
  /** [rows, cols] */
  private readonly values: Float64Array;
  private products: Float64Array | null = null;

  constructor(a: Matrix) {
    if (a.rows < 1 || a.cols < 1) throw new Error(`A ${a.rows}×${a.cols} matrix has no singular values.`);
    this.tall = a.rows > a.cols;
    const { rows, cols, data } = this.tall ? transposeMatrix(a) : a;
    this.rows = rows;
    this.cols = cols;
    this.scale = scaleOf(a);
    this.values = new Float64Array(data.length);
    for (let i = 0; i < data.length; i++) this.values[i] = data[i] / this.scale;
  }

  /** A copy of the values that may be overwritten. */
  copy(): Float64Array<ArrayBuffer> {
    return new Float64Array(this.values);
  }

  /** A copy of the upper triangle of the Gram matrix. */
  gram(): Float64Array {
    this.products ??= gramTriangle(this.values, this.rows, this.cols);
    return this.products.slice();
  }
}

/**
 * The singular values of a matrix, first quickly and then, if they are needed, as a full decomposition that goes on from
 * the same Gram matrix.
 */
export interface Spectrum {
  /** Singular values, descending, from the Gram matrix alone: right to about 1e-12·σ_max² in their squares. */
  fast(): Float64Array;
  svd(): Svd;
}

/** The spectrum of a matrix; computes when asked. Throws on NaN or infinite entries and on empty matrices. */
export function spectrumOf(a: Matrix): Spectrum {
  const wide = new WideMatrix(a);
  return { fast: () => fastValues(wide), svd: () => decomposed(wide) };
}

/**
 * Singular value decomposition in float64: singular values within a few ε·σ_max of the truth (small ones relatively
 * accurate where the rows allow it), any rank, ordered, signs fixed. A matrix whose rows are orthogonal and ordered
 * already gets R = I. Throws on NaN or infinite entries and on empty matrices.
 */
export function svd(a: Matrix): Svd {
  return decomposed(new WideMatrix(a));
}

function decomposed(wide: WideMatrix): Svd {
  const { tall, rows: k, cols: n } = wide;
  const b = wide.copy();
  const { r: turn, norms } = orthogonaliseRows(b, k, n, wide.gram());
  const zero = n * Number.EPSILON * norms[0];
  let rank = norms.length;
  while (rank > 0 && norms[rank - 1] <= zero) rank--;
  for (let i = 0; i < rank; i++) for (let j = i * n; j < (i + 1) * n; j++) b[j] /= norms[i];
  const sigma = sigmaOf(norms, wide);
  const short: Matrix = { rows: k, cols: k, data: turn };
  // Rows of zero length point nowhere: any completion will do. A tall matrix needs its left side complete.
  const long = completeRows(createMatrix(k, n, b), rank, tall ? n : k);
  const left = tall ? long : short;
  const right = tall ? short : long;
  fixSigns(left, right);
  return { r: transposeMatrix(left), sigma, qt: right };
}

/** Rᵀ·W = Λ·Qᵀ [m, n] of a decomposition, without a product: row i is σᵢ times row i of Qᵀ, zero beyond them. */
export function orderedRows({ r, sigma, qt }: Svd): Matrix {
  const out = createMatrix(r.rows, qt.cols);
  for (let i = 0; i < qt.rows; i++)
    for (let j = i * qt.cols; j < (i + 1) * qt.cols; j++) out.data[j] = sigma[i] * qt.data[j];
  return out;
}

/** Q [n, n] of a decomposition with its right side completed to a basis: columns are right singular vectors. */
export function completedQ({ qt }: Svd): Matrix {
  return transposeMatrix(completeRows(qt, qt.rows, qt.cols));
}

/** The smallest singular value, relative to the largest, that the Gram matrix alone still gives within 1e-12·σ_max. */
const GRAM_ENOUGH = 0.02;

/**
 * Singular values, descending, within 1e-12·σ_max; below max(m, n)·ε·σ_max they are exactly 0. Several times faster than `svd`
 * where none is small beside the largest, since the Gram matrix alone then gives them.
 */
export function singularValues(a: Matrix): Float64Array {
  const wide = new WideMatrix(a);
  const fast = fastValues(wide);
  if (fast[fast.length - 1] >= GRAM_ENOUGH * fast[0]) return fast;
  const { norms } = orthogonaliseRows(wide.copy(), wide.rows, wide.cols, wide.gram());
  return sigmaOf(norms, wide);
}

/** Singular values, descending, from the lengths of rows that are orthogonal; lengths that are rounding become 0. */
function sigmaOf(norms: Float64Array, { scale, cols }: WideMatrix): Float64Array {
  const zero = cols * Number.EPSILON * norms[0];
  // Lengths equal up to rounding kept their places; as values they are in order.
  return norms
    .map((norm) => (norm > zero ? norm * scale : 0))
    .sort()
    .reverse();
}

/** Singular values, descending, from the Gram matrix alone: those below about 1e-8·σ_max are lost in rounding. */
function fastValues(wide: WideMatrix): Float64Array {
  return symmetricEigen(wide.gram(), wide.rows, false)
    .values.sort()
    .reverse()
    .map((value) => wide.scale * Math.sqrt(Math.max(0, value)));
}
