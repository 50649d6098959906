import { timesTransposed } from '../../network/linearAlgebra';

/** Upper triangle of b·bᵀ for k rows of n values, as [k, k], in blocks that stay in cache; parts of the rest are filled too. */
export function gramTriangle(b: Float64Array, k: number, n: number): Float64Array {
  const out = new Float64Array(k * k);
  const block = 16;
  const tile = new Float64Array(block * block);
  for (let i = 0; i < k; i += block) {
    const p = Math.min(block, k - i);
    for (let j = i; j < k; j += block) {
      const q = Math.min(block, k - j);
      timesTransposed(b.subarray(i * n), p, b.subarray(j * n), q, n, tile);
      for (let y = 0; y < p; y++) out.set(tile.subarray(y * q, (y + 1) * q), (i + y) * k + j);
    }
  }
  return out;
}
