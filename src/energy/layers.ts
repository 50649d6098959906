import type { EnergySite, MeasureId } from './ids';
import { pathStarts } from '../network/merge';
import type { NetworkSpec } from '../network/spec';
import type { ForwardPass } from '../network/reference';
import { energyMeasure } from './measures';

/**
 * An energy of a network and its parts: of each hidden layer, and of each path of a layer (null where the layer has no
 * paths).
 */
export interface LayerEnergies {
  layers: number[];
  pathways: (number[] | null)[];
  total: number;
}

/** Copies the columns from … from + width − 1 out of activations [n, all], as [n, width]. */
export function sliceColumns(
  h: Float64Array,
  n: number,
  all: number,
  from: number,
  width: number,
): Float64Array {
  if (from === 0 && width === all) return h;
  const out = new Float64Array(n * width);
  for (let b = 0; b < n; b++) out.set(h.subarray(b * all + from, b * all + from + width), b * width);
  return out;
}

/**
 * The values of each hidden layer that E is measured on: activations h (`post`) or pre-activations z (`pre`), [n, width]
 * each.
 */
export const siteValues = (pass: ForwardPass, site: EnergySite): Float64Array[] =>
  site === 'pre' ? pass.z : pass.h;

/** E under a measure, from values [n, width] per hidden layer; that of a path is the measure of its own units alone. */
export function measuredEnergies(
  { hidden }: NetworkSpec,
  values: readonly Float64Array[],
  n: number,
  measure: MeasureId,
): LayerEnergies {
  const by = energyMeasure(measure);
  const layers = values.map((h, l) => by.layer(h, n, hidden[l].width));
  const pathways = hidden.map((layer, l) => {
    const starts = pathStarts(layer);
    return (
      layer.paths?.map(({ width }, p) =>
        by.layer(sliceColumns(values[l], n, layer.width, starts[p], width), n, width),
      ) ?? null
    );
  });
  return { layers, pathways, total: by.combine(layers) };
}

/** Adds up energies of single units: over each path, over each hidden layer, and over the network. */
export function summedEnergies({ hidden }: NetworkSpec, perUnit: readonly Float64Array[]): LayerEnergies {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const layers = perUnit.map(sum);
  const pathways = hidden.map((layer, l) => {
    const starts = pathStarts(layer);
    return layer.paths?.map(({ width }, p) => sum(perUnit[l].subarray(starts[p], starts[p] + width))) ?? null;
  });
  return { layers, pathways, total: layers.reduce((total, value) => total + value, 0) };
}

/** Mean over n images of the square of each of `width` values [n, width]. */
export function columnMeanSquares(values: Float64Array, n: number, width: number): Float64Array {
  const out = new Float64Array(width);
  for (let b = 0; b < n; b++)
    for (let j = 0, at = b * width; j < width; j++, at++) out[j] += values[at] * values[at];
  return n > 0 ? out.map((value) => value / n) : out;
}

/** E‖z‖² of logits [n, outputs]: mean over images of their squared length. */
export function logitEnergyOf(pass: ForwardPass, outputs: number): number {
  return columnMeanSquares(pass.logits, pass.n, outputs).reduce((sum, value) => sum + value, 0);
}
