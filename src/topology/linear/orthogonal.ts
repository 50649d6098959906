import { orthonormalRows } from '../../network/householder';
import { createMatrix, type Matrix } from '../../network/network';
import { seededRandom } from '../../network/random';

/** Sign of the determinant of a square matrix (0 when singular), by elimination with row pivoting. */
export function determinantSign(a: Matrix): number {
  if (a.rows !== a.cols) throw new Error(`A ${a.rows}×${a.cols} matrix has no determinant.`);
  const n = a.rows;
  const x = a.data.slice();
  let sign = 1;
  for (let j = 0; j < n; j++) {
    let top = j;
    for (let i = j + 1; i < n; i++) if (Math.abs(x[i * n + j]) > Math.abs(x[top * n + j])) top = i;
    const pivot = x[top * n + j];
    if (pivot === 0) return 0;
    if (top !== j) {
      sign = -sign;
      for (let k = j; k < n; k++) {
        const swap = x[top * n + k];
        x[top * n + k] = x[j * n + k];
        x[j * n + k] = swap;
      }
    }
    if (pivot < 0) sign = -sign;
    for (let i = j + 1; i < n; i++) {
      const factor = x[i * n + j] / pivot;
      if (factor === 0) continue;
      for (let k = j + 1; k < n; k++) x[i * n + k] -= factor * x[j * n + k];
    }
  }
  return sign;
}

/** Negates one column, in place. */
export function flipColumn(a: Matrix, column: number): void {
  for (let i = column; i < a.data.length; i += a.cols) a.data[i] = -a.data[i];
}

/** A uniformly random rotation [n, n] (orthogonal, determinant +1) from a seed. */
export function randomRotation(n: number, seed: number): Matrix {
  const rng = seededRandom(seed, 'rotation');
  const gaussian = createMatrix(n, n);
  for (let i = 0; i < n * n; i++) gaussian.data[i] = rng.normal();
  const r = orthonormalRows(gaussian);
  if (determinantSign(r) < 0) flipColumn(r, n - 1);
  return r;
}
