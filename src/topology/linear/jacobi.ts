import { dotProduct, timesTransposed, transposeArray } from '../../network/linearAlgebra';
import { gramTriangle } from './gram';
import { symmetricEigen } from './symmetricEigen';

/** Rows longer than this fraction of the longest are settled before the shorter ones are turned among themselves. */
const SETTLED = 1e-5;
const MAX_SWEEPS = 60;

/** Working state: B = R·A with R orthogonal; both are turned by the same row rotations. */
interface Rows {
  b: Float64Array;
  r: Float64Array;
  /** Rows of both; length of B's rows. */
  k: number;
  n: number;
}

function rotate(x: Float64Array, from: number, start: number, length: number, c: number, s: number): void {
  for (let i = 0; i < length; i++) {
    const u = x[from + i];
    const v = x[start + i];
    x[from + i] = c * u - s * v;
    x[start + i] = s * u + c * v;
  }
}

/**
 * Sorts the rows of B (and R) by length, longest first, and returns the lengths. Rows whose lengths differ by rounding
 * only keep their places, so that a basis that is already diagonal is not shuffled.
 */
function sortRows({ b, r, k, n }: Rows, tolerance: number): Float64Array {
  const norms = Float64Array.from({ length: k }, (_, i) => Math.sqrt(dotProduct(b, i * n, b, i * n, n)));
  const order = Array.from(norms.keys()).sort((i, j) => norms[j] - norms[i]);
  for (let from = 0, to = 1; to <= k; to++) {
    if (to < k && norms[order[from]] - norms[order[to]] <= tolerance * norms[order[from]]) continue;
    order.splice(from, to - from, ...order.slice(from, to).sort((i, j) => i - j));
    from = to;
  }
  if (order.every((from, to) => from === to)) return norms;
  const oldB = b.slice();
  const oldR = r.slice();
  order.forEach((from, to) => {
    b.set(oldB.subarray(from * n, (from + 1) * n), to * n);
    r.set(oldR.subarray(from * k, (from + 1) * k), to * k);
  });
  return norms.map((_, to) => norms[order[to]]);
}

/** Multiplies rows from…k of B and R by the orthogonal v [k−from, k−from]. */
function turnRows(rows: Rows, from: number, v: Float64Array): void {
  const { b, r, k, n } = rows;
  const size = k - from;
  const times = (x: Float64Array, length: number): void => {
    const columns = transposeArray(x.subarray(from * length), size, length);
    timesTransposed(v, size, columns, length, size, x.subarray(from * length));
  };
  times(b, n);
  // All rows are turned first of all, when R is still the identity.
  if (from === 0) r.set(v);
  else times(r, k);
}

/**
 * Turns rows from…k towards orthogonality by the eigenvectors of their Gram matrix `g` (upper triangle, destroyed); nothing moves
 * if they are orthogonal.
 */
function precondition(rows: Rows, from: number, tolerance: number, g: Float64Array): void {
  const size = rows.k - from;
  let dense = false;
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      const limit = tolerance * Math.sqrt(g[i * (size + 1)] * g[j * (size + 1)]);
      if (Math.abs(g[i * size + j]) <= limit) g[i * size + j] = 0;
      else dense = true;
    }
  if (!dense) return;
  const { vectors } = symmetricEigen(g, size, true);
  if (vectors) turnRows(rows, from, vectors);
}

/**
 * One sweep of one-sided Jacobi over the pairs of rows that are not yet orthogonal relative to their lengths
 * (or to `floor`, below which a row is rounding noise); returns how many were turned.
 */
function sweep(rows: Rows, norms: Float64Array, tolerance: number, floor: number): number {
  const { b, r, k, n } = rows;
  const g = gramTriangle(b, k, n);
  let turned = 0;
  for (let i = 0; i < k && norms[i] > floor; i++)
    for (let j = i + 1; j < k; j++) {
      const limit = tolerance * norms[i] * Math.max(norms[j], floor);
      // The sweep's Gram matrix finds candidates; rows may have turned since, so the pair is measured afresh.
      if (Math.abs(g[i * k + j]) <= limit) continue;
      const alpha = dotProduct(b, i * n, b, i * n, n);
      const beta = dotProduct(b, j * n, b, j * n, n);
      const gamma = dotProduct(b, i * n, b, j * n, n);
      if (Math.abs(gamma) <= tolerance * Math.sqrt(alpha) * Math.max(Math.sqrt(beta), floor)) continue;
      const zeta = (beta - alpha) / (2 * gamma);
      const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
      const c = 1 / Math.sqrt(1 + t * t);
      rotate(b, i * n, j * n, n, c, c * t);
      rotate(r, i * k, j * k, k, c, c * t);
      turned++;
    }
  return turned;
}

/**
 * Makes the rows of b [k, n] (k ≤ n) mutually orthogonal by an orthogonal r [k, k], in place: b ← r·b, longest row
 * first. The Gram matrix's eigenvectors do the bulk of the turning, one-sided Jacobi sweeps (Hestenes; Demmel &
 * Veselić 1992) make it accurate, also for short rows that a Gram matrix alone gets wrong. `g` is the
 * upper triangle of b·bᵀ, and is destroyed. Returns r and the lengths.
 */
export function orthogonaliseRows(
  b: Float64Array,
  k: number,
  n: number,
  g: Float64Array,
): { r: Float64Array; norms: Float64Array } {
  const r = new Float64Array(k * k);
  for (let i = 0; i < k; i++) r[i * (k + 1)] = 1;
  const rows: Rows = { b, r, k, n };
  const tolerance = 8 * Math.sqrt(n) * Number.EPSILON;
  precondition(rows, 0, tolerance, g);
  let norms = sortRows(rows, tolerance);
  const floor = 0.5 * n * Number.EPSILON * norms[0];
  let settled = 0;
  for (let count = 0; count < MAX_SWEEPS; count++) {
    if (sweep(rows, norms, tolerance, floor) === 0) break;
    norms = sortRows(rows, tolerance);
    // Short rows came out of the Gram matrix as noise; freed of the long ones, they have a Gram matrix of their own.
    const next = norms.findIndex((norm, i) => i >= settled && norm < SETTLED * norms[settled]);
    if (next > 0 && norms[next] > floor && k - next > 8) {
      settled = next;
      precondition(rows, settled, tolerance, gramTriangle(b.subarray(settled * n), k - settled, n));
      norms = sortRows(rows, tolerance);
    }
  }
  return { r, norms };
}
