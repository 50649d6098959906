import { createMatrix, type Matrix } from './network';
import { dotProduct } from './linearAlgebra';

/**
 * Applies the reflection I − tau·v·vᵀ, v = a[head…head+length], from the right to `count` rows of x that begin at
 * `first` and lie `stride` apart; four rows at a time share each load of v. `a` and `x` may be the same array.
 */
export function reflectRows(
  a: Float64Array,
  head: number,
  length: number,
  tau: number,
  x: Float64Array,
  first: number,
  stride: number,
  count: number,
): void {
  const blocks = count - (count % 4);
  for (let row = 0; row < blocks; row += 4) {
    const r0 = first + row * stride;
    const r1 = r0 + stride;
    const r2 = r1 + stride;
    const r3 = r2 + stride;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < length; k++) {
      const v = a[head + k];
      s0 += v * x[r0 + k];
      s1 += v * x[r1 + k];
      s2 += v * x[r2 + k];
      s3 += v * x[r3 + k];
    }
    s0 *= tau;
    s1 *= tau;
    s2 *= tau;
    s3 *= tau;
    for (let k = 0; k < length; k++) {
      const v = a[head + k];
      x[r0 + k] -= s0 * v;
      x[r1 + k] -= s1 * v;
      x[r2 + k] -= s2 * v;
      x[r3 + k] -= s3 * v;
    }
  }
  for (let row = blocks; row < count; row++) {
    const at = first + row * stride;
    const s = tau * dotProduct(a, head, x, at, length);
    for (let k = 0; k < length; k++) x[at + k] -= s * a[head + k];
  }
}

/**
 * Orthonormal rows from the LQ factorisation A = L·Q of a wide matrix (rows ≤ cols) by Householder reflections, with
 * the signs chosen so that L's diagonal is ≥ 0 (then Q of a Gaussian A is uniformly distributed: Mezzadri 2007).
 * Returns Q [count, cols], where rows beyond A's complete the basis (count ≤ cols); orthonormal to rounding even for a
 * rank-deficient A. Throws when more rows than columns are asked for.
 */
export function orthonormalRows(a: Matrix, count = a.rows): Matrix {
  const { rows, cols } = a;
  if (Math.max(rows, count) > cols)
    throw new Error(`${Math.max(rows, count)} rows of ${cols} values cannot be orthonormal.`);
  const v = a.data.slice();
  const tau = new Float64Array(rows);
  const sign = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const head = i * cols + i;
    const length = cols - i;
    let scale = 0;
    for (let k = 0; k < length; k++) scale = Math.max(scale, Math.abs(v[head + k]));
    if (scale === 0) {
      sign[i] = 1;
      continue;
    }
    for (let k = 0; k < length; k++) v[head + k] /= scale;
    const norm = Math.sqrt(dotProduct(v, head, v, head, length));
    // Reflection I − tau·v·vᵀ sends the row's tail to −sign·norm·e₁.
    sign[i] = v[head] < 0 ? 1 : -1;
    const alpha = v[head] - sign[i] * norm;
    for (let k = 1; k < length; k++) v[head + k] /= alpha;
    v[head] = 1;
    tau[i] = (-sign[i] * alpha) / norm;
    reflectRows(v, head, length, tau[i], v, head + cols, cols, rows - i - 1);
  }
  // Q = (first rows of I)·H_last…H_1, built backwards so that each reflection touches only what is non-zero.
  const q = createMatrix(count, cols);
  for (let i = rows; i < count; i++) q.data[i * cols + i] = 1;
  for (let i = rows - 1; i >= 0; i--) {
    const head = i * cols + i;
    const length = cols - i;
    q.data[head] = 1;
    if (tau[i] !== 0) reflectRows(v, head, length, tau[i], q.data, head, cols, count - i);
  }
  for (let i = 0; i < rows; i++)
    if (sign[i] < 0) for (let k = 0; k < cols; k++) q.data[i * cols + k] = -q.data[i * cols + k];
  return q;
}
