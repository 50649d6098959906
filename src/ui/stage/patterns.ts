/**
 * The input pattern of units of hidden layer `layer`: the row of W for layer 0, and for deeper layers that row carried back
 * through the linear part of the layers before, w·W_{layer−1}···W₀. On isotropic layers this is the direction a unit reads,
 * up to the layers' positive scalars; on elementwise layers it is the linear part only. `size` are widths from input on.
 */
export function inputPatterns(
  weights: readonly Float32Array[],
  size: readonly number[],
  layer: number,
  units: readonly number[],
): Float32Array[] {
  return units.map((unit) => {
    let row = weights[layer].subarray(unit * size[layer], (unit + 1) * size[layer]);
    for (let l = layer - 1; l >= 0; l--) {
      const below = weights[l];
      const cols = size[l];
      const next = new Float32Array(cols);
      for (let i = 0; i < row.length; i++) {
        const w = row[i];
        if (w === 0) continue;
        const at = i * cols;
        for (let j = 0; j < cols; j++) next[j] += w * below[at + j];
      }
      row = next;
    }
    return row;
  });
}
