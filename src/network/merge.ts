import { ELEMENTWISE_IDS, isIsotropicActivation } from '../activations/lookup';
import { checkConvolutions, kernelSize } from './convolution';
import { NETWORK_LIMITS, type HiddenSpec, type Merge, type NetworkSpec } from './spec';

const CONCATENATE_MERGE: Merge = { kind: 'concatenate' };

/** How a layer's paths become one vector; layers without paths count as concatenated. */
export const mergeRule = (layer: HiddenSpec): Merge => layer.merge ?? CONCATENATE_MERGE;

export function cloneMerge(merge: Merge): Merge {
  switch (merge.kind) {
    case 'concatenate':
      return { ...merge };
    case 'add':
      return { ...merge, coefficients: [...merge.coefficients] };
    case 'multiply':
      return { ...merge, offsets: [...merge.offsets] };
  }
}

/** The numbers of a merge, one per path; none where it has none. */
export function mergeNumbers(merge: Merge): readonly number[] {
  return merge.kind === 'add' ? merge.coefficients : merge.kind === 'multiply' ? merge.offsets : [];
}

/** First unit of each path of a layer. */
export function pathStarts(layer: HiddenSpec): number[] {
  let next = 0;
  return (layer.paths ?? []).map(({ width }) => (next += width) - width);
}

/** Values the next affine map reads of a hidden layer: its width, or where paths are added or multiplied that of one path. */
export function mergedWidth(layer: HiddenSpec): number {
  return layer.paths && mergeRule(layer).kind !== 'concatenate' ? layer.paths[0].width : layer.width;
}

/** How many values each affine layer reads, from the first to the last; of dense ones the columns of their weights. */
export function inputWidths(spec: NetworkSpec): number[] {
  return [spec.inputs, ...spec.hidden.map(mergedWidth)];
}

/** Rows and columns of the weights of each affine layer; of a convolution its channels and the size of a kernel. */
export function weightShapes(spec: NetworkSpec): { rows: number; cols: number }[] {
  const read = inputWidths(spec);
  return read.map((cols, l) => {
    const layer = l < spec.hidden.length ? spec.hidden[l] : null;
    if (layer?.convolution) return { rows: layer.convolution.channels, cols: kernelSize(layer.convolution) };
    return { rows: layer?.width ?? spec.outputs, cols };
  });
}

/** A part of a weight matrix, in rows and columns. */
export interface WeightPart {
  row: number;
  rows: number;
  col: number;
  cols: number;
}

/**
 * The parts of weights[l] that exist, one for each path that reads a part; the rest is 0. One part where the layer has
 * no paths.
 */
export function weightParts(spec: NetworkSpec, l: number): WeightPart[] {
  const { rows: all, cols } = weightShapes(spec)[l];
  const layer = l < spec.hidden.length ? spec.hidden[l] : null;
  if (!layer?.paths) return [{ row: 0, rows: all, col: 0, cols }];
  const starts = pathStarts(layer);
  const below = l > 0 ? spec.hidden[l - 1] : null;
  return layer.paths.map(({ width, from }, p) => {
    const own = { row: starts[p], rows: width };
    if (from === null || !below?.paths) return { ...own, col: 0, cols };
    return { ...own, col: pathStarts(below)[from], cols: below.paths[from].width };
  });
}

/**
 * 1 where weights[l] has a parameter and 0 where it always stays 0, row-major; null where it has parameters
 * everywhere.
 */
export function parameterMask(spec: NetworkSpec, l: number): Float64Array | null {
  const { cols } = weightShapes(spec)[l];
  const parts = weightParts(spec, l);
  if (parts.every((part) => part.cols === cols)) return null;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const mask = new Float64Array(rows * cols);
  for (const part of parts)
    for (let i = part.row; i < part.row + part.rows; i++)
      mask.fill(1, i * cols + part.col, i * cols + part.col + part.cols);
  return mask;
}

/** Whether two layers are divided alike, whatever the numbers of their merges: what a compiled plan depends on. */
export function samePaths(a: HiddenSpec, b: HiddenSpec): boolean {
  const shape = (layer: HiddenSpec): string =>
    layer.paths
      ? JSON.stringify([mergeRule(layer).kind, layer.paths.map((p) => [p.width, p.activation, p.from])])
      : '';
  return shape(a) === shape(b);
}

function checkLayer(layer: HiddenSpec, below: HiddenSpec | null, name: string): void {
  const { paths, width } = layer;
  if (!paths) {
    if (layer.merge) throw new Error(`${name} has a merge and no paths.`);
    return;
  }
  if (paths.length < 1 || paths.length > NETWORK_LIMITS.maxPaths)
    throw new Error(`${name} has ${paths.length} paths: from 1 to ${NETWORK_LIMITS.maxPaths} are possible.`);
  if (layer.o !== 'off' || layer.psi !== 'off')
    throw new Error(`${name} has paths, which act unit by unit: it can have neither o nor ψ.`);
  const odd = paths.find((path) => !Number.isInteger(path.width) || path.width < 1);
  if (odd) throw new Error(`${name}: a path has at least one unit, not ${odd.width}.`);
  const unknown = paths.find(({ activation }) => !ELEMENTWISE_IDS.includes(activation));
  if (unknown) throw new Error(`${name}: there is no path activation “${unknown.activation}”.`);
  const sum = paths.reduce((total, path) => total + path.width, 0);
  if (sum !== width) throw new Error(`${name} has ${width} units, its paths have ${sum}.`);
  const merge = mergeRule(layer);
  if (merge.kind !== 'concatenate') {
    if (paths.some((path) => path.width !== paths[0].width))
      throw new Error(
        `${name}: paths to ${merge.kind} need equal widths, not ${paths.map((path) => path.width).join(' and ')}.`,
      );
    const numbers = mergeNumbers(merge);
    if (numbers.length !== paths.length || !numbers.every(Number.isFinite))
      throw new Error(
        `${name}: ${paths.length} paths to ${merge.kind} need as many numbers, got [${numbers.join(', ')}].`,
      );
  }
  for (const { from } of paths) {
    if (from === null) continue;
    if (!below?.paths)
      throw new Error(`${name}: a path reads path ${from + 1} below, where there are no paths.`);
    if (mergeRule(below).kind !== 'concatenate')
      throw new Error(
        `${name}: the paths below are merged to one (${mergeRule(below).kind}), so a path can only read all of it.`,
      );
    if (!Number.isInteger(from) || from < 0 || from >= below.paths.length)
      throw new Error(`${name}: there is no path ${from + 1} below, only ${below.paths.length}.`);
  }
}

/** Throws a sentence for people where the paths or convolutions of a network do not fit together. */
export function checkPaths(spec: NetworkSpec): void {
  checkConvolutions(spec);
  const odd = spec.hidden.findIndex(
    ({ normalise, paths, convolution }) =>
      normalise && !paths && !convolution && isIsotropicActivation(spec.activation),
  );
  if (odd >= 0)
    throw new Error(
      `Hidden layer ${odd + 1} is isotropic: its own scalar sets its length, so it is not normalised.`,
    );
  spec.hidden.forEach((layer, l) =>
    checkLayer(layer, l > 0 ? spec.hidden[l - 1] : null, `Hidden layer ${l + 1}`),
  );
}

/** The layer with other coefficients or offsets in its merge. Throws where its kind or their count would change. */
export function withMerge(layer: HiddenSpec, merge: Merge): HiddenSpec {
  const now = mergeRule(layer);
  const [before, after] = [mergeNumbers(now), mergeNumbers(merge)];
  if (
    !layer.paths ||
    now.kind !== merge.kind ||
    before.length !== after.length ||
    !after.every(Number.isFinite)
  )
    throw new Error(
      `A layer merged by ${layer.paths ? `${now.kind} of ${layer.paths.length} paths` : 'nothing'} cannot take ${merge.kind} with [${after.join(', ')}].`,
    );
  return { ...layer, merge: cloneMerge(merge) };
}

/** The merged activations [n, merged width] of a layer's units h [n, width]; h itself where nothing is added or multiplied. */
export function mergePathActivations(layer: HiddenSpec, h: Float64Array, n: number): Float64Array {
  const merge = mergeRule(layer);
  if (!layer.paths || merge.kind === 'concatenate') return h;
  const size = mergedWidth(layer);
  const numbers = mergeNumbers(merge);
  const add = merge.kind === 'add';
  const out = new Float64Array(n * size).fill(add ? 0 : 1);
  for (let b = 0; b < n; b++)
    numbers.forEach((number, p) => {
      const at = b * layer.width + p * size;
      for (let j = 0; j < size; j++) {
        if (add) out[b * size + j] += number * h[at + j];
        else out[b * size + j] *= number + h[at + j];
      }
    });
  return out;
}

/** ∂L/∂h [n, width] of a layer's units from ∂L/∂(merged) [n, merged width]; the same array where nothing is added or multiplied. */
export function mergePathsBackward(
  layer: HiddenSpec,
  h: Float64Array,
  d: Float64Array,
  n: number,
): Float64Array {
  const merge = mergeRule(layer);
  if (!layer.paths || merge.kind === 'concatenate') return d;
  const size = mergedWidth(layer);
  const numbers = mergeNumbers(merge);
  const out = new Float64Array(n * layer.width);
  for (let b = 0; b < n; b++)
    for (let j = 0; j < size; j++) {
      const unit = (p: number): number => b * layer.width + p * size + j;
      numbers.forEach((number, p) => {
        // The product of the others, not a quotient: a factor may be 0.
        const partial =
          merge.kind === 'add'
            ? number
            : numbers.reduce(
                (product, offset, q) => (q === p ? product : product * (offset + h[unit(q)])),
                1,
              );
        out[unit(p)] = partial * d[b * size + j];
      });
    }
  return out;
}
