import { reflectRows } from '../../network/householder';

/** Eigenvalues (unordered) of a symmetric matrix and, if asked for, its eigenvectors as the rows of `vectors` [n, n]. */
export interface SymmetricEigen {
  values: Float64Array;
  vectors: Float64Array | null;
}

/**
 * Householder reduction to tridiagonal form: diagonal d, off-diagonal e (e[i] couples i and i+1). Reads and destroys
 * the upper triangle of a [n, n]; row i keeps the reflection's vector right of the diagonal, tau[i] its factor.
 */
function tridiagonalise(a: Float64Array, n: number): { d: Float64Array; e: Float64Array; tau: Float64Array } {
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  const tau = new Float64Array(n);
  const p = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    d[i] = a[row + i];
    if (i > n - 2) break;
    let scale = 0;
    for (let k = i + 2; k < n; k++) scale = Math.max(scale, Math.abs(a[row + k]));
    const head = a[row + i + 1];
    if (scale === 0) {
      e[i] = head;
      continue;
    }
    scale = Math.max(scale, Math.abs(head));
    let sum = 0;
    for (let k = i + 1; k < n; k++) sum += (a[row + k] / scale) ** 2;
    const norm = Math.sqrt(sum) * scale;
    e[i] = head > 0 ? -norm : norm;
    const alpha = head - e[i];
    tau[i] = -alpha / e[i];
    for (let k = i + 2; k < n; k++) a[row + k] /= alpha;
    a[row + i + 1] = 1;
    // p = tau·A'·v over the trailing block, whose upper triangle is read once.
    p.fill(0, i + 1);
    for (let j = i + 1; j < n; j++) {
      const at = j * n;
      const vj = a[row + j];
      let s = a[at + j] * vj;
      for (let k = j + 1; k < n; k++) {
        const x = a[at + k];
        s += x * a[row + k];
        p[k] += x * vj;
      }
      p[j] += s;
    }
    let vp = 0;
    for (let k = i + 1; k < n; k++) {
      p[k] *= tau[i];
      vp += a[row + k] * p[k];
    }
    const half = 0.5 * tau[i] * vp;
    for (let k = i + 1; k < n; k++) p[k] -= half * a[row + k];
    for (let j = i + 1; j < n; j++) {
      const at = j * n;
      const vj = a[row + j];
      const pj = p[j];
      for (let k = j; k < n; k++) a[at + k] -= vj * p[k] + pj * a[row + k];
    }
  }
  return { d, e, tau };
}

/** The product of the reflections, as rows: z [n, n] with zᵀ·T·z the original matrix. */
function accumulate(a: Float64Array, tau: Float64Array, n: number): Float64Array {
  const z = new Float64Array(n * n);
  for (let i = 0; i < n; i++) z[i * (n + 1)] = 1;
  for (let i = n - 2; i >= 0; i--) {
    if (tau[i] === 0) continue;
    const length = n - i - 1;
    reflectRows(a, i * n + i + 1, length, tau[i], z, (i + 1) * (n + 1), n, length);
  }
  return z;
}

/** Plane rotations of neighbouring rows, gathered over one QL sweep. */
interface Rotations {
  c: Float64Array;
  s: Float64Array;
}

/**
 * Applies the rotations of rows (i, i+1), i from `top` down to `bottom`, to z [n, n]: the column rotations of a QL
 * sweep on contiguous memory, three at a time so that a row is loaded once, not twice.
 */
function rotateRows(z: Float64Array, n: number, top: number, bottom: number, { c, s }: Rotations): void {
  let i = top;
  for (; i - 2 >= bottom; i -= 3) {
    const r0 = (i + 1) * n;
    const r1 = r0 - n;
    const r2 = r1 - n;
    const r3 = r2 - n;
    const c1 = c[i];
    const s1 = s[i];
    const c2 = c[i - 1];
    const s2 = s[i - 1];
    const c3 = c[i - 2];
    const s3 = s[i - 2];
    for (let k = 0; k < n; k++) {
      const f = z[r0 + k];
      const g = z[r1 + k];
      z[r0 + k] = s1 * g + c1 * f;
      const t = c1 * g - s1 * f;
      const h = z[r2 + k];
      z[r1 + k] = s2 * h + c2 * t;
      const u = c2 * h - s2 * t;
      const e = z[r3 + k];
      z[r2 + k] = s3 * e + c3 * u;
      z[r3 + k] = c3 * e - s3 * u;
    }
  }
  for (; i >= bottom; i--) {
    const at = i * n;
    const next = at + n;
    for (let k = 0; k < n; k++) {
      const f = z[next + k];
      const g = z[at + k];
      z[next + k] = s[i] * g + c[i] * f;
      z[at + k] = c[i] * g - s[i] * f;
    }
  }
}

/** Implicit QL with Wilkinson shifts on (d, e), in place (EISPACK tql2 / LAPACK steqr). */
function implicitQL(d: Float64Array, e: Float64Array, n: number, z: Float64Array | null): void {
  let size = 0;
  for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(d[i]) + Math.abs(e[i]));
  const rotations: Rotations = { c: new Float64Array(n), s: new Float64Array(n) };
  const negligible = Number.EPSILON * size;
  for (let l = 0; l < n; l++) {
    for (let iteration = 0; ; iteration++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > negligible) m++;
      if (m === l) break;
      if (iteration === 80) throw new Error('The eigenvalue iteration did not converge.');
      let g = (d[l + 1] - d[l]) / (2 * e[l]);
      let r = Math.hypot(g, 1);
      g = d[m] - d[l] + e[l] / (g + (g < 0 ? -r : r));
      let s = 1;
      let c = 1;
      let p = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * e[i];
        const b = c * e[i];
        r = Math.sqrt(f * f + g * g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] -= p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - p;
        r = (d[i] - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        rotations.c[i] = c;
        rotations.s[i] = s;
      }
      if (z) rotateRows(z, n, m - 1, i + 1, rotations);
      if (r === 0 && i >= l) continue;
      d[l] -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix a [n, n] (upper triangle read; destroyed): Householder
 * tridiagonalisation and implicit QL. Errors are of the order of rounding times the largest eigenvalue.
 */
export function symmetricEigen(a: Float64Array, n: number, withVectors: boolean): SymmetricEigen {
  const { d, e, tau } = tridiagonalise(a, n);
  const vectors = withVectors ? accumulate(a, tau, n) : null;
  implicitQL(d, e, n, vectors);
  return { values: d, vectors };
}
