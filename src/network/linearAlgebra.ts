import { createMatrix, type Matrix } from './network';

/** Any float array a caller may hold. */
export type FloatArray = Float32Array | Float64Array;

/** The values in float64 (the same array where they already are). */
export function toFloat64(values: FloatArray): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

/**
 * out[i, j] = Σₖ a[i, k]·b[j, k]: a [p, inner] times b [q, inner] transposed, row-major, out [p, q].
 * Both operands are read along rows and a 2×4 tile of sums stays in registers; overwrites `out`.
 */
export function timesTransposed(
  a: Float64Array,
  p: number,
  b: Float64Array,
  q: number,
  inner: number,
  out: Float64Array,
): void {
  const p2 = p - (p % 2);
  const q4 = q - (q % 4);
  for (let i = 0; i < p2; i += 2) {
    const a0 = i * inner;
    const a1 = a0 + inner;
    for (let j = 0; j < q4; j += 4) {
      const b0 = j * inner;
      const b1 = b0 + inner;
      const b2 = b1 + inner;
      const b3 = b2 + inner;
      let s00 = 0;
      let s01 = 0;
      let s02 = 0;
      let s03 = 0;
      let s10 = 0;
      let s11 = 0;
      let s12 = 0;
      let s13 = 0;
      for (let k = 0; k < inner; k++) {
        const x = a[a0 + k];
        const y = a[a1 + k];
        let w = b[b0 + k];
        s00 += x * w;
        s10 += y * w;
        w = b[b1 + k];
        s01 += x * w;
        s11 += y * w;
        w = b[b2 + k];
        s02 += x * w;
        s12 += y * w;
        w = b[b3 + k];
        s03 += x * w;
        s13 += y * w;
      }
      let at = i * q + j;
      out[at] = s00;
      out[at + 1] = s01;
      out[at + 2] = s02;
      out[at + 3] = s03;
      at += q;
      out[at] = s10;
      out[at + 1] = s11;
      out[at + 2] = s12;
      out[at + 3] = s13;
    }
    for (let j = q4; j < q; j++) {
      out[i * q + j] = dotProduct(a, a0, b, j * inner, inner);
      out[(i + 1) * q + j] = dotProduct(a, a1, b, j * inner, inner);
    }
  }
  if (p2 < p) for (let j = 0; j < q; j++) out[p2 * q + j] = dotProduct(a, p2 * inner, b, j * inner, inner);
}

/** Σₖ a[from + k]·b[start + k] over `length` values, four sums at a time. */
export function dotProduct(
  a: Float64Array,
  from: number,
  b: Float64Array,
  start: number,
  length: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const blocks = length - (length % 4);
  for (let k = 0; k < blocks; k += 4) {
    s0 += a[from + k] * b[start + k];
    s1 += a[from + k + 1] * b[start + k + 1];
    s2 += a[from + k + 2] * b[start + k + 2];
    s3 += a[from + k + 3] * b[start + k + 3];
  }
  for (let k = blocks; k < length; k++) s0 += a[from + k] * b[start + k];
  return s0 + s1 + (s2 + s3);
}

/** The transpose of a row-major [rows, cols] array, tiled to stay in cache. */
export function transposeArray(data: Float64Array, rows: number, cols: number) {
  const out = new Float64Array(rows * cols);
  const tile = 32;
  for (let i0 = 0; i0 < rows; i0 += tile) {
    const i1 = Math.min(rows, i0 + tile);
    for (let j0 = 0; j0 < cols; j0 += tile) {
      const j1 = Math.min(cols, j0 + tile);
      for (let i = i0; i < i1; i++) for (let j = j0; j < j1; j++) out[j * rows + i] = data[i * cols + j];
    }
  }
  return out;
}

export function transposeMatrix(a: Matrix): Matrix {
  return createMatrix(a.cols, a.rows, transposeArray(a.data, a.rows, a.cols));
}

/** a·b; throws when the inner sizes differ. */
export function multiplyMatrices(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.rows)
    throw new Error(`Cannot multiply ${a.rows}×${a.cols} by ${b.rows}×${b.cols}: inner sizes differ.`);
  const out = createMatrix(a.rows, b.cols);
  timesTransposed(a.data, a.rows, transposeArray(b.data, b.rows, b.cols), b.cols, a.cols, out.data);
  return out;
}

export function identityMatrix(n: number): Matrix {
  const out = createMatrix(n, n);
  for (let i = 0; i < n; i++) out.data[i * (n + 1)] = 1;
  return out;
}
