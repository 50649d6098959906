import { inputWidths, mergedWidth, mergeRule } from '../../../network/merge';
import type { NetworkSpec } from '../../../network/spec';

/** What units read, each as values of one kind of thing. */
export interface UnitPatterns {
  /** Where they live: −1 the input, else the convolution whose maps they read. */
  base: number;
  values: Float32Array[];
}

/**
 * By how much each pathway of layer `l` counts in what is read of it: its coefficients where they are added; where they are
 * multiplied the first alone is followed.
 */
function shares({ hidden }: NetworkSpec, l: number): number[] {
  const merge = mergeRule(hidden[l]);
  if (merge.kind === 'add') return merge.coefficients;
  return (hidden[l].paths ?? []).map((_, path) => (path === 0 ? 1 : 0));
}

/** A row over what is read of layer `l` as a row over its units. */
function toUnits(spec: NetworkSpec, l: number, row: Float32Array): Float32Array {
  const layer = spec.hidden[l];
  if (!layer.paths || mergeRule(layer).kind === 'concatenate') return row;
  const size = mergedWidth(layer);
  const out = new Float32Array(layer.width);
  shares(spec, l).forEach((share, path) => row.forEach((w, j) => (out[path * size + j] = share * w)));
  return out;
}

/**
 * The pattern each of these units of hidden layer `layer` reads: the row of W for the first layer (or a kernel), and for deeper
 * layers that row carried back through the linear part of the layers before, w·W_{layer−1}···W₀, down to the input or to the maps
 * of the last convolution. On isotropic layers this is the direction a unit reads, up to the layers' positive scalars; on
 * elementwise layers it is the linear part only.
 */
export function unitPatterns(
  spec: NetworkSpec,
  weights: readonly Float32Array[],
  layer: number,
  units: readonly number[],
): UnitPatterns {
  const read = inputWidths(spec);
  let base = -1;
  spec.hidden.forEach(({ convolution }, l) => {
    if (convolution && l < layer) base = l;
  });
  const kernel = spec.hidden[layer].convolution;
  if (kernel) {
    const size = 9 * kernel.inChannels;
    return { base, values: units.map((unit) => weights[layer].subarray(unit * size, (unit + 1) * size)) };
  }
  const values = units.map((unit) => {
    let row = weights[layer].subarray(unit * read[layer], (unit + 1) * read[layer]);
    for (let l = layer - 1; l > base; l--) {
      row = toUnits(spec, l, row);
      const below = weights[l];
      const cols = read[l];
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
  return { base, values };
}
