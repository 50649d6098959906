import { denseShape, type LayerShape } from './shape';
import type { UnitAxis } from './unitAxis';

/**
 * A rectangle on the stage, in CSS pixels. (The layout is computed from sizes alone: the same sizes give the same
 * places.)
 */
export interface StageRectangle {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface LayerStrip {
  layer: number;
  box: StageRectangle;
  axis: UnitAxis;
}

/** What is asked of a layout. */
export interface StageLayoutOptions {
  width: number;
  height: number;
  dpr: number;
  /** Type scale (Present mode 1.35). */
  type: number;
  /** wide: the whole staircase; phone: input, bars and nine tiles; sheet: the matrices alone (opened on the phone). */
  kind: 'wide' | 'phone' | 'sheet';
  /**
   * Widths from input to output, with the room that is kept for the former width of each hidden layer until "Fit" is
   * pressed.
   */
  size: readonly number[];
  kept: readonly number[];
  focus: number;
  /** How the hidden layers are drawn; left out, all are dense. */
  shapes?: readonly LayerShape[];
}

/** Where a pathway of the focus layer stands: its bars, and its name with its energy above them. */
export interface PathPlace {
  path: number;
  box: StageRectangle;
  label: { x: number; y: number; w: number };
}

export interface StageLayout extends Pick<
  StageLayoutOptions,
  'kind' | 'width' | 'height' | 'type' | 'focus'
> {
  shapes: readonly LayerShape[];
  input: StageRectangle | null;
  /** What units read: patterns of dense layers, kernels of convolutions. */
  tiles: StageRectangle[];
  /** Beside each kernel the map it makes of the image under study; none where the focus layer is dense. */
  maps: StageRectangle[];
  /** Every channel has its kernel and its map level with its bar: no leaders. */
  inline: boolean;
  /** Layers before the focus layer, as vertical strips. */
  before: LayerStrip[];
  bars: StageRectangle;
  rows: UnitAxis;
  /** Pathways of the focus layer; none where it is not divided. */
  paths: PathPlace[];
  /** Where the merge of the pathways is written out. */
  formula: { x: number; y: number; w: number } | null;
  /** W of the next layer, transposed: the rows of the bars across, its units as columns. */
  matrix: StageRectangle | null;
  /** What the matrix reads, down its rows: the bars' axis, or with the places of each channel's map. */
  inner: UnitAxis;
  columns: UnitAxis | null;
  /** The matrix is made of kernels, one for each channel in and out. */
  cells: boolean;
  /** The next layer's bars on top of the matrix; null where the next layer is the output. */
  next: StageRectangle | null;
  /** Pathways of the next layer, above its bars. */
  nextPaths: { path: number; x: number; y: number; w: number }[];
  /** Layers after the next one, as horizontal strips below the matrix. */
  after: LayerStrip[];
  /** The output matrix hanging beneath, columns aligned with the last hidden layer drawn; null where `stairs`. */
  output: { box: StageRectangle; across: UnitAxis } | null;
  /** The focus layer is the last: its matrix's columns are the classes, in reverse, and step down to their rows. */
  stairs: StageRectangle | null;
  classes: { box: StageRectangle; axis: UnitAxis } | null;
}

/** Thickness of the strip that stands for a layer out of focus, in CSS pixels. */
export const LAYER_STRIP_SIZE = 24;

/** How the hidden layers of a layout are drawn. */
export const shapesIn = ({ shapes, size }: StageLayoutOptions): readonly LayerShape[] =>
  shapes ?? size.slice(1, -1).map(denseShape);

/**
 * The unit on each tile: with the tiles level with the bars the channels in turn, else the largest of each pathway, as many of
 * each as there is room for. `largest` holds them by pathway, largest first; null where there are no more.
 */
export function tileUnits(layout: StageLayout, largest: readonly (readonly number[])[]): (number | null)[] {
  const { tiles, inline } = layout;
  const each = Math.floor(tiles.length / largest.length);
  return tiles.map((_, k) => {
    if (inline) return k;
    const path = Math.min(largest.length - 1, Math.floor(k / Math.max(1, each)));
    return largest[path]?.[k - path * each] ?? null;
  });
}
