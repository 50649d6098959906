import { significant } from '../format';

const SUBSCRIPT = '₀₁₂₃₄₅₆₇₈₉';

/** W₁, W₂, … as in the papers' drawings; `layer` counts from 0. */
export const weightName = (layer: number): string =>
  `W${Array.from(String(layer + 1), (d) => SUBSCRIPT[Number(d)]).join('')}`;

/** "Layer 2"; `layer` counts from 0. */
export const layerName = (layer: number): string => `Layer ${layer + 1}`;

/** Three significant digits with a true minus sign. */
export const figure = (value: number): string => significant(value).replace(/^-/, '−');
