import type { EnergySite, MeasureId } from './ids';

type Floats = Float32Array | Float64Array;

/** σ of the active-count surrogate h²/(h² + σ): a unit counts as half active at |h| = √σ = 0.01 (ours). */
export const ACTIVE_SIGMA = 1e-4;

/**
 * One definition of the activation energy E of the hidden layers (input and logits are not counted). Its values h are
 * the activations or, where E is measured before the activation, the pre-activations (`EnergySite`).
 */
export interface EnergyMeasure {
  id: MeasureId;
  label: string;
  formula: string;
  describe: string;
  /** Energy of one hidden layer from its activations h, row-major [n, width]; 0 for an empty batch. */
  layer: (h: Floats, n: number, width: number) => number;
  /** E of the network from the energies of its hidden layers; 0 without hidden layers. */
  combine: (layerEnergies: ArrayLike<number>) => number;
  /**
   * Adds `weight`·∂E/∂h of one hidden layer to `into` [n, width], where the network has `layers` hidden layers in all.
   */
  addGradient: (
    h: Floats,
    n: number,
    width: number,
    layers: number,
    weight: number,
    into: Float64Array,
  ) => void;
  /**
   * The formula written out for hidden layers of these widths, e.g. "E = (1/2)·(mean of 128 h₁² + mean of 64 h₂²), mean
   * over images"; with z in place of h where E is measured on pre-activations.
   */
  printed: (hiddenWidths: readonly number[], site?: EnergySite) => string;
}

const DIGITS = '₀₁₂₃₄₅₆₇₈₉';
const subscript = (n: number): string => String(n).replace(/\d/g, (d) => DIGITS[Number(d)]);

/** How a formula names the values that are measured: h₁ for activations, z₁ for pre-activations. */
const valueName = (l: number, site: EnergySite = 'post'): string =>
  `${site === 'pre' ? 'z' : 'h'}${subscript(l + 1)}`;

function sumOver(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** A measure that is a sum of `value(h)` over units and layers, averaged over the batch. */
function summed(
  head: Pick<EnergyMeasure, 'id' | 'label' | 'formula' | 'describe'>,
  value: (h: number) => number,
  derivative: (h: number) => number,
  term: (value: string) => string,
): EnergyMeasure {
  return {
    ...head,
    layer: (h, n, width) => {
      let sum = 0;
      for (let i = 0; i < n * width; i++) sum += value(h[i]);
      return n > 0 ? sum / n : 0;
    },
    combine: sumOver,
    addGradient: (h, n, width, _layers, weight, into) => {
      const scale = weight / n;
      for (let i = 0; i < n * width; i++) into[i] += scale * derivative(h[i]);
    },
    printed: (hiddenWidths, site) => {
      const terms = hiddenWidths.map((width, l) => `Σ of ${width} ${term(valueName(l, site))}`);
      return terms.length === 0 ? 'E = 0' : `E = ${terms.join(' + ')}, mean over images`;
    },
  };
}

const meanSquare: EnergyMeasure = {
  id: 'mean-square',
  label: 'Mean square',
  formula: 'E = (1/L)·Σₗ mean(hₗ²)',
  describe:
    'Mean of the squared activations, averaged over hidden layers: our reading of the paper. Changes with width alone: k dead units multiply it by n/(n + k).',
  layer: (h, n, width) => {
    let sum = 0;
    for (let i = 0; i < n * width; i++) sum += h[i] * h[i];
    return n > 0 ? sum / (n * width) : 0;
  },
  combine: (layers) => (layers.length > 0 ? sumOver(layers) / layers.length : 0),
  addGradient: (h, n, width, layers, weight, into) => {
    const scale = (2 * weight) / (layers * n * width);
    for (let i = 0; i < n * width; i++) into[i] += scale * h[i];
  },
  printed: (hiddenWidths, site) => {
    const terms = hiddenWidths.map((width, l) => `mean of ${width} ${valueName(l, site)}²`);
    if (terms.length === 0) return 'E = 0';
    if (terms.length === 1) return `E = ${terms[0]}, mean over images`;
    return `E = (1/${terms.length})·(${terms.join(' + ')}), mean over images`;
  },
};

/** Σ|h| and Σh² of one image, whose `width` values begin at h[at]. */
function sizesOf(h: Floats, at: number, width: number): { sizes: number; squares: number } {
  let sizes = 0;
  let squares = 0;
  for (let i = at; i < at + width; i++) {
    sizes += Math.abs(h[i]);
    squares += h[i] * h[i];
  }
  return { sizes, squares };
}

const hoyerSquare: EnergyMeasure = {
  id: 'hoyer-square',
  label: 'Hoyer square',
  formula: 'E = (1/B)·ΣΣ (Σ|h|)²/Σh²',
  describe:
    'Between 1 (one unit carries all) and the width (all alike), per image and layer: sparsity free of scale, so that rescaling cannot lower it. Depends on the basis; 0 where a layer is silent.',
  layer: (h, n, width) => {
    let sum = 0;
    for (let b = 0; b < n; b++) {
      const { sizes, squares } = sizesOf(h, b * width, width);
      if (squares > 0) sum += (sizes * sizes) / squares;
    }
    return n > 0 ? sum / n : 0;
  },
  combine: sumOver,
  addGradient: (h, n, width, _layers, weight, into) => {
    for (let b = 0; b < n; b++) {
      const { sizes, squares } = sizesOf(h, b * width, width);
      if (squares === 0) continue;
      const ratio = sizes / squares;
      const scale = (2 * weight * ratio) / n;
      for (let i = b * width; i < (b + 1) * width; i++) into[i] += scale * (Math.sign(h[i]) - ratio * h[i]);
    }
  },
  printed: (hiddenWidths, site) => {
    const terms = hiddenWidths.map((width, l) => {
      const h = valueName(l, site);
      return `(Σ of ${width} |${h}|)²/Σ${h}²`;
    });
    return terms.length === 0 ? 'E = 0' : `E = ${terms.join(' + ')}, mean over images`;
  },
};

/** All measures, in menu order; the first is the default. */
export const MEASURES: readonly EnergyMeasure[] = [
  meanSquare,
  summed(
    {
      id: 'sum-square',
      label: 'Sum of squares',
      formula: 'E = (1/B)·ΣΣ h²',
      describe:
        'Sum of the squared activations per image: grows with width, unchanged by dead units or a change of basis. Use it to compare widths.',
    },
    (h) => h * h,
    (h) => 2 * h,
    (h) => `${h}²`,
  ),
  summed(
    {
      id: 'l1',
      label: 'Sum of sizes (L1)',
      formula: 'E = (1/B)·ΣΣ |h|',
      describe:
        'Sum of |activation| per image, a firing-rate reading: pushes single units to exact zero, and depends on the basis.',
    },
    Math.abs,
    Math.sign,
    (h) => `|${h}|`,
  ),
  summed(
    {
      id: 'active-count',
      label: 'Active units',
      formula: 'E = (1/B)·ΣΣ h²/(h² + σ), σ = 1e-4',
      describe:
        'A smooth count of active units per image: each counts h²/(h² + σ), half at |h| = 0.01. Depends on the basis.',
    },
    (h) => (h * h) / (h * h + ACTIVE_SIGMA),
    (h) => {
      const d = h * h + ACTIVE_SIGMA;
      return (2 * h * ACTIVE_SIGMA) / (d * d);
    },
    (h) => `${h}²/(${h}² + 1e-4)`,
  ),
  hoyerSquare,
];

/** The measure of that id. */
export function energyMeasure(id: MeasureId): EnergyMeasure {
  const found = MEASURES.find((measure) => measure.id === id);
  if (!found) throw new Error(`Unknown energy measure "${id}".`);
  return found;
}

/**
 * The λ of measure `to` that pushes every activation of hidden layers of these widths as hard as `lambda` does under measure `from`, on any
 * network: λ itself under one measure, and between mean-square and sum-square λ_sum = λ_mean/(L·n) where all layers have n units.
 * Null where no λ does so.
 */
export function convertLambda(
  lambda: number,
  from: MeasureId,
  to: MeasureId,
  hiddenWidths: readonly number[],
): number | null {
  if (from === to || lambda === 0) return lambda;
  const [width] = hiddenWidths;
  if (hiddenWidths.length === 0 || hiddenWidths.some((other) => other !== width)) return null;
  const units = hiddenWidths.length * width;
  if (from === 'mean-square' && to === 'sum-square') return lambda / units;
  if (from === 'sum-square' && to === 'mean-square') return lambda * units;
  return null;
}
