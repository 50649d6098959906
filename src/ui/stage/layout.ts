import { type Axis, extent, fitAxis, frameExtent } from './axis';

/** Where everything on the stage stands, in CSS pixels. Pure: same sizes in, same places out. */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Strip {
  layer: number;
  box: Box;
  axis: Axis;
}

/** What is asked of a layout. */
export interface Frame {
  width: number;
  height: number;
  dpr: number;
  /** Type scale (Present mode 1.35). */
  type: number;
  /** wide: the whole staircase; phone: input, bars and nine tiles; sheet: the matrices alone (opened on the phone). */
  kind: 'wide' | 'phone' | 'sheet';
  /** Widths from input to output, and the room kept for each hidden layer until "Fit". */
  size: readonly number[];
  kept: readonly number[];
  focus: number;
}

export interface Layout extends Pick<Frame, 'kind' | 'width' | 'height' | 'type' | 'focus'> {
  input: Box | null;
  tiles: Box[];
  /** Layers before the focus layer: upright strips. */
  before: Strip[];
  bars: Box;
  rows: Axis;
  /** W of the next layer, transposed: the rows of the bars across, its units as columns. */
  matrix: Box | null;
  columns: Axis | null;
  /** The next layer's bars on top of the matrix; null where the next layer is the output. */
  next: Box | null;
  /** Layers beyond the next: lying strips beneath the matrix. */
  after: Strip[];
  /** The output matrix hanging beneath, columns aligned with the last hidden layer drawn; null where `stairs`. */
  output: { box: Box; across: Axis } | null;
  /** The focus layer is the last: its matrix's columns are the classes, in reverse, and step down to their rows. */
  stairs: Box | null;
  classes: { box: Box; axis: Axis } | null;
}

export const STRIP = 24;
const GAP = 24;
const CLASS_PITCH = { wide: { min: 13, max: 18 }, sheet: { min: 24, max: 28 } } as const;
const CAPTION = 16;
/** Captions and the next layer's bars above the rows. */
const HEAD = 48;

export function layoutStage(frame: Frame): Layout {
  if (frame.kind === 'phone') return phone(frame);
  return frame.kind === 'sheet' ? staircase(frame, 0, 0, 84) : wide(frame);
}

function wide(frame: Frame): Layout {
  const { width, height, type } = frame;
  const top = CAPTION * type + 4;
  const gapY = 8;
  const room = height - top - 24 * type - 5 * gapY;
  const tile = Math.max(24, Math.min(72, Math.floor(room / 6)));
  const input = width < 620 ? 84 : 112;
  const across = width < 620 ? 1 : 2;
  const gap = width < 760 ? 16 : GAP;
  const tilesX = input + gap;
  const tilesW = across * tile + (across - 1) * gapY;
  const down = across === 2 ? 6 : Math.min(6, Math.floor((height - top) / (tile + gapY)));
  const tiles = Array.from({ length: across * down }, (_, k) => ({
    x: tilesX + (k % across) * (tile + gapY),
    y: top + Math.floor(k / across) * (tile + gapY),
    w: tile,
    h: tile,
  }));
  const layout = staircase(frame, tilesX + tilesW + gap, 0, Math.round(88 * Math.min(1.3, type)));
  return { ...layout, input: { x: 0, y: top, w: input, h: input }, tiles };
}

/** Strips before, bars, matrix, and what hangs beneath, from x = left. */
function staircase(frame: Frame, left: number, topY: number, barsW: number): Layout {
  const { width, height, dpr, type, size, kept, focus, kind } = frame;
  const depth = size.length - 2;
  const outputs = size[depth + 1];
  const last = focus === depth - 1;
  const keptOf = (layer: number): number => Math.max(kept[layer] ?? 0, size[layer + 1]);
  const y = topY + HEAD * type;

  let x = left;
  const beforeBoxes = Array.from({ length: focus }, (_, layer) => {
    const strip = { layer, x };
    x += STRIP + 4;
    return strip;
  });
  if (focus > 0) x += 4;
  const barsX = x;
  const classW = Math.round(Math.min(128, Math.max(96, 96 + (width - 776) / 2)) * Math.min(1.2, type));
  const matrixX = barsX + barsW + 8;
  const matrixRoom = Math.max(64, width - matrixX - 16 - classW);

  const afterCount = last ? 0 : depth - focus - 2;
  const classPitch = CLASS_PITCH[kind === 'sheet' ? 'sheet' : 'wide'];
  // Thirty rows of three tasks still leave room for the units above them.
  const classMin = Math.ceil((outputs > 12 && kind !== 'sheet' ? 10 : classPitch.min) * type);
  const beneath = 4 + afterCount * (STRIP + 4);
  const bottom = height - y;
  const room = Math.max(32, bottom - beneath - outputs * classMin);
  const rows = fitAxis(size[focus + 1], keptOf(focus), room, y, dpr);
  const spare = Math.max(0, bottom - beneath - frameExtent(rows) - outputs * classMin);
  const pitch = Math.min(Math.ceil(classPitch.max * type), classMin + Math.floor(spare / outputs));

  const columnUnits = last ? outputs : size[focus + 2];
  const columns = fitAxis(
    columnUnits,
    last ? outputs : keptOf(focus + 1),
    matrixRoom,
    matrixX,
    dpr,
    last ? 26 : 12,
  );
  const matrix = { x: matrixX, y, w: extent(columns), h: extent(rows) };

  let below = y + frameExtent(rows) + 4;
  const after = Array.from({ length: afterCount }, (_, k) => {
    const layer = focus + 2 + k;
    const box = { x: matrixX, y: below, w: matrixRoom, h: STRIP };
    below += STRIP + 4;
    return { layer, box, axis: fitAxis(size[layer + 1], keptOf(layer), matrixRoom, matrixX, dpr) };
  });
  const across = after.length > 0 ? after[after.length - 1].axis : columns;
  const outputBox = { x: matrixX, y: below, w: extent(across), h: outputs * pitch };
  // What the columns leave of their room goes to the classes.
  const drawn = Math.max(frameExtent(columns), ...after.map((strip) => frameExtent(strip.axis)));
  const classX = Math.max(width - Math.round(1.6 * classW), matrixX + drawn + 16);
  return {
    kind,
    width,
    height,
    type,
    focus,
    input: null,
    tiles: [],
    before: beforeBoxes.map((strip) => ({
      layer: strip.layer,
      box: { x: strip.x, y, w: STRIP, h: room },
      axis: fitAxis(size[strip.layer + 1], keptOf(strip.layer), room, y, dpr),
    })),
    bars: { x: barsX, y, w: barsW, h: frameExtent(rows) },
    rows,
    matrix,
    columns,
    next: last ? null : { x: matrixX, y: y - 28 * type - 4, w: extent(columns), h: 28 * type },
    after,
    output: last ? null : { box: outputBox, across },
    stairs: last ? outputBox : null,
    classes: {
      box: { x: classX, y: below, w: width - classX, h: outputs * pitch },
      axis: { n: outputs, frame: outputs, perSlot: 1, pitch, start: below },
    },
  };
}

/** 390 × 340: input 84 with the verdict beneath, bars of the focus layer, nine tiles in 3 × 3. */
function phone(frame: Frame): Layout {
  const { width, height, dpr, type, size, kept, focus } = frame;
  const top = 24 * type;
  const tile = Math.max(32, Math.min(56, Math.floor((width - 84 - 12 - 72 - 12 - 9) / 3)));
  const tilesX = width - 3 * tile - 9;
  const bars = { x: 84 + 12, y: top, w: tilesX - 84 - 24, h: 0 };
  const rows = fitAxis(
    size[focus + 1],
    Math.max(kept[focus] ?? 0, size[focus + 1]),
    height - top - 20 * type,
    top,
    dpr,
  );
  bars.h = frameExtent(rows);
  // A tall phone has room for the classes under the tiles and their two buttons.
  const outputs = size[size.length - 1];
  const below = top + 3 * (tile + 4) + 116 * type;
  const pitch = Math.min(28, Math.floor((height - 20 * type - below) / outputs));
  const classes =
    pitch >= 15 * type
      ? {
          box: { x: tilesX, y: below, w: width - tilesX, h: outputs * pitch },
          axis: { n: outputs, frame: outputs, perSlot: 1, pitch, start: below },
        }
      : null;
  return {
    kind: 'phone',
    width,
    height,
    type,
    focus,
    input: { x: 0, y: top, w: 84, h: 84 },
    tiles: Array.from({ length: 9 }, (_, k) => ({
      x: tilesX + (k % 3) * (tile + 4),
      y: top + Math.floor(k / 3) * (tile + 4),
      w: tile,
      h: tile,
    })),
    before: [],
    bars,
    rows,
    matrix: null,
    columns: null,
    next: null,
    after: [],
    output: null,
    stairs: null,
    classes,
  };
}
