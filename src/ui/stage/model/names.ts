import type { ArchitectureId } from '../../../network/settings';
import type { Merge } from '../../../network/spec';
import { roundedNumber, significant } from '../../../drawing/format';
import { type LayerShape, pathOf } from '../geometry/shape';

const SUBSCRIPT = '₀₁₂₃₄₅₆₇₈₉';

/** W₁, W₂, … as in the papers' drawings; `layer` counts from 0. */
export const weightName = (layer: number): string =>
  `W${Array.from(String(layer + 1), (d) => SUBSCRIPT[Number(d)]).join('')}`;

/** "Layer 2"; `layer` counts from 0. */
export const layerName = (layer: number): string => `Layer ${layer + 1}`;

/** Three significant digits with a true minus sign. */
export const threeDigits = (value: number): string => significant(value).replace(/^-/, '−');

/** The pathways of an architecture; numbered where the network is of another make. */
export function pathNames(architecture: ArchitectureId, count: number): readonly string[] {
  if (architecture === 'bimodal' && count === 2) return ['Neurons', 'Glia'];
  if (architecture === 'lagrangian' && count === 3) return ['T', 'V', 'C'];
  return Array.from({ length: count }, (_, k) => `Path ${k + 1}`);
}

/** How pathways become one vector: "l = T − V + 1·C" (a last coefficient is always written), "y = f·(1 + s)"; null side by side. */
export function mergeText(merge: Merge, names: readonly string[]): string | null {
  if (merge.kind === 'concatenate') return null;
  if (merge.kind === 'multiply')
    return `y = ${merge.offsets.map((offset, k) => (offset === 0 ? names[k] : `(${roundedNumber(offset)} + ${names[k]})`)).join(' · ')}`;
  const last = names.length - 1;
  const terms = merge.coefficients.map((coefficient, k) => {
    const size = Math.abs(coefficient);
    const written = size === 1 && (k < last || last < 2) ? names[k] : `${roundedNumber(size)}·${names[k]}`;
    const minus = coefficient < 0;
    return k === 0 ? `${minus ? '−' : ''}${written}` : `${minus ? ' − ' : ' + '}${written}`;
  });
  return `${last < 2 ? 'y' : 'l'} = ${terms.join('')}`;
}

/** "unit 5", "channel 5" or "glia 5" (units and channels count from 1 for people). */
export function unitName(shape: LayerShape, unit: number, paths: readonly string[]): string {
  if (shape.map) return `channel ${unit + 1}`;
  if (shape.paths.length < 2) return `unit ${unit + 1}`;
  const { path, index } = pathOf(shape, unit);
  return `${paths[path]} ${index + 1}`;
}
