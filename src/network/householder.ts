import { matrix, type Matrix } from './network';
import { dot } from './linear';

/** b[start…] += factor·a[from…] over `length` values. */
function addScaled(
  a: Float64Array,
  from: number,
  b: Float64Array,
  start: number,
  length: number,
  factor: number,
): void {
  const blocks = length - (length % 4);
  for (let k = 0; k < blocks; k += 4) {
    b[start + k] += factor * a[from + k];
    b[start + k + 1] += factor * a[from + k + 1];
    b[start + k + 2] += factor * a[from + k + 2];
    b[start + k + 3] += factor * a[from + k + 3];
  }
  for (let k = blocks; k < length; k++) b[start + k] += factor * a[from + k];
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
    const norm = Math.sqrt(dot(v, head, v, head, length));
    // Reflection I − tau·v·vᵀ sends the row's tail to −sign·norm·e₁.
    sign[i] = v[head] < 0 ? 1 : -1;
    const alpha = v[head] - sign[i] * norm;
    for (let k = 1; k < length; k++) v[head + k] /= alpha;
    v[head] = 1;
    tau[i] = (-sign[i] * alpha) / norm;
    for (let j = i + 1; j < rows; j++) {
      const at = j * cols + i;
      addScaled(v, head, v, at, length, -tau[i] * dot(v, head, v, at, length));
    }
  }
  // Q = (first rows of I)·H_last…H_1, built backwards so that each reflection touches only what is non-zero.
  const q = matrix(count, cols);
  for (let i = rows; i < count; i++) q.data[i * cols + i] = 1;
  for (let i = rows - 1; i >= 0; i--) {
    const head = i * cols + i;
    const length = cols - i;
    q.data[head] = 1;
    if (tau[i] !== 0)
      for (let j = i; j < count; j++) {
        const at = j * cols + i;
        addScaled(v, head, q.data, at, length, -tau[i] * dot(v, head, q.data, at, length));
      }
  }
  for (let i = 0; i < rows; i++)
    if (sign[i] < 0) for (let k = 0; k < cols; k++) q.data[i * cols + k] = -q.data[i * cols + k];
  return q;
}
