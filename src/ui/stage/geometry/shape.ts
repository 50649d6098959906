import { pooledSize } from '../../../network/convolution';
import { mergedWidth, mergeRule } from '../../../network/merge';
import type { NetworkSpec } from '../../../network/spec';

/** How a hidden layer is drawn: its rows of bars, and what the matrix after it reads. */
export interface LayerShape {
  /** Bars: units, or the channels of a convolution. */
  rows: number;
  /** Size of a channel's map; null where the layer is dense. */
  map: { height: number; width: number } | null;
  /** Units of each pathway in turn; one entry where the layer is not divided. */
  paths: number[];
  /** Pathways are added or multiplied: unit j of each stands on row j, which the next matrix reads as one value. */
  merged: boolean;
  /** RMS-normalised after the activation. */
  normalised: boolean;
}

export const denseShape = (rows: number): LayerShape => ({
  rows,
  map: null,
  paths: [rows],
  merged: false,
  normalised: false,
});

export function layerShapes({ hidden }: NetworkSpec): LayerShape[] {
  return hidden.map((layer) => {
    const normalised = layer.normalise === true;
    if (layer.convolution)
      return { ...denseShape(layer.convolution.channels), map: pooledSize(layer.convolution), normalised };
    return {
      ...denseShape(layer.width),
      paths: layer.paths ? layer.paths.map(({ width }) => width) : [layer.width],
      merged: layer.paths !== undefined && mergeRule(layer).kind !== 'concatenate',
      normalised,
    };
  });
}

export const isDivided = (shape: LayerShape): boolean => shape.paths.length > 1;
/** Whether σ of a layer's weights says something of its units: not across pathways, nor of kernels. */
export const hasSigma = (shape: LayerShape): boolean => !shape.map && !isDivided(shape);
/** Places of a channel's map: 1 where the layer is dense. */
export const mapPositions = ({ map }: LayerShape): number => (map ? map.height * map.width : 1);
/** Rows there are of a layer on the stage: of merged pathways those of one. */
export const layerRows = (shape: LayerShape): number => (shape.merged ? shape.paths[0] : shape.rows);
/** Sizes of the groups its rows stand in; pathways that are merged share theirs. */
export const rowGroups = (shape: LayerShape): number[] => (shape.merged ? [shape.paths[0]] : shape.paths);

/** Mean of a layer's values over the places of each channel; the values themselves where it is dense. */
export function rowMeans(shape: LayerShape, values: ArrayLike<number>): Float64Array {
  const each = mapPositions(shape);
  if (each === 1) return Float64Array.from(values);
  const out = new Float64Array(shape.rows);
  for (let i = 0; i < shape.rows * each; i++) out[Math.floor(i / each)] += values[i] / each;
  return out;
}

/** Pathway of a unit, and its place in it. */
export function pathOf(shape: LayerShape, unit: number): { path: number; index: number } {
  let from = 0;
  for (let path = 0; path < shape.paths.length; path++) {
    if (unit < from + shape.paths[path]) return { path, index: unit - from };
    from += shape.paths[path];
  }
  return { path: 0, index: unit };
}

/** First unit of a pathway. */
export const pathStart = ({ paths }: LayerShape, path: number): number =>
  paths.slice(0, path).reduce((sum, width) => sum + width, 0);

/** Whether layer `layer` is read by a convolution: channel by channel, through kernels. */
export const kernelAfter = ({ hidden }: NetworkSpec, layer: number): boolean =>
  layer + 1 < hidden.length && hidden[layer + 1].convolution !== undefined;

/** Columns of the next weights that read unit (or channel) `unit` of hidden layer `layer`: `count` of them from `at`. */
export function columnsReading(
  spec: NetworkSpec,
  layer: number,
  unit: number,
): { at: number; count: number } {
  const shape = layerShapes(spec)[layer];
  if (shape.map) {
    const count = kernelAfter(spec, layer) ? 9 : mapPositions(shape);
    return { at: unit * count, count };
  }
  return { at: shape.merged ? unit % mergedWidth(spec.hidden[layer]) : unit, count: 1 };
}

/** How strongly one unit (or channel) is read: by which row of the next weights most, and how much. */
export interface StrongestReader {
  to: number;
  /** The weight with its sign, or the norm of several. */
  value: number;
  several: boolean;
}

/** The row of the next weights that reads a unit most (largest magnitude, or norm where several weights do). */
export function strongestReader(
  spec: NetworkSpec,
  weights: readonly Float32Array[],
  layer: number,
  unit: number,
  rows: number,
): StrongestReader | null {
  const { at, count } = columnsReading(spec, layer, unit);
  const w = weights[layer + 1];
  const cols = w.length / rows;
  let best: StrongestReader | null = null;
  for (let r = 0; r < rows; r++) {
    let square = 0;
    for (let k = 0; k < count; k++) square += w[r * cols + at + k] ** 2;
    if (!best || square > best.value * best.value)
      best = { to: r, value: count === 1 ? w[r * cols + at] : Math.sqrt(square), several: count > 1 };
  }
  return best;
}
