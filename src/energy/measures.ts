import type { MeasureId } from '../configuration/schema';

type Floats = Float32Array | Float64Array;

/** σ of the active-count surrogate h²/(h² + σ): a unit counts as half active at |h| = √σ = 0.01 (facts/energy-first §1.2). */
export const ACTIVE_SIGMA = 1e-4;

/** A definition of the activation energy E over hidden layers (post-activations h, batch B; input and logits excluded). */
export interface EnergyMeasure {
  id: MeasureId;
  label: string;
  formula: string;
  describe: string;
  /** Energy of one hidden layer from its activations h, row-major [n, width]; 0 for an empty batch. */
  layer: (h: Floats, n: number, width: number) => number;
  /** E of the network from the energies of its hidden layers; 0 without hidden layers. */
  combine: (layerEnergies: ArrayLike<number>) => number;
  /** Adds `weight`·∂E/∂h of one of `layers` hidden layers to `into` [n, width]. */
  addGradient: (
    h: Floats,
    n: number,
    width: number,
    layers: number,
    weight: number,
    into: Float64Array,
  ) => void;
  /** The formula in force for these hidden widths, e.g. "E = ½·(mean of 128 h₁² + mean of 64 h₂²)". */
  printed: (hiddenWidths: readonly number[]) => string;
}

const DIGITS = '₀₁₂₃₄₅₆₇₈₉';
const subscript = (n: number): string => String(n).replace(/\d/g, (d) => DIGITS[Number(d)]);

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
  term: (layer: string) => string,
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
    printed: (hiddenWidths) => {
      const terms = hiddenWidths.map((width, l) => `Σ of ${width} ${term(subscript(l + 1))}`);
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
  printed: (hiddenWidths) => {
    const terms = hiddenWidths.map((width, l) => `mean of ${width} h${subscript(l + 1)}²`);
    if (terms.length === 0) return 'E = 0';
    if (terms.length === 1) return `E = ${terms[0]}, mean over images`;
    return `E = (1/${terms.length})·(${terms.join(' + ')}), mean over images`;
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
    (l) => `h${l}²`,
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
    (l) => `|h${l}|`,
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
    (l) => `h${l}²/(h${l}² + 1e-4)`,
  ),
];

/** The measure of that id. */
export function energyMeasure(id: MeasureId): EnergyMeasure {
  const found = MEASURES.find((measure) => measure.id === id);
  if (!found) throw new Error(`Unknown energy measure "${id}".`);
  return found;
}
