import { fitAxis, frameExtent, slotMiddle } from './unitAxis';
import { shapesIn, type StageLayout, type StageLayoutOptions, type StageRectangle } from './layout';
import { rowGroups, isDivided, layerRows } from './shape';
import { besidePaths, staircase } from './staircase';

const GAP = 24;
const CAPTION = 16;
/** Kernels and maps stand level with their bars from this many pixels a channel. */
const INLINE = 20;

/** Where everything stands on a stage of these sizes. */
export function layoutStage(frame: StageLayoutOptions): StageLayout {
  if (frame.kind === 'phone') return phone(frame);
  return frame.kind === 'sheet' ? staircase(frame, 0, 0, 84) : wide(frame);
}

function wide(frame: StageLayoutOptions): StageLayout {
  const { width, height, type, focus } = frame;
  const shape = shapesIn(frame)[focus];
  const top = CAPTION * type + 4;
  const gapY = 8;
  const room = height - top - 24 * type - 5 * gapY;
  const tile = Math.max(24, Math.min(72, Math.floor(room / 6)));
  const input = width < 620 ? 84 : 112;
  const across = width < 620 || (shape.merged && width < 760) ? 1 : 2;
  const gap = width < 760 ? 16 : GAP;
  const tilesX = input + gap;
  const tilesW = across * tile + (across - 1) * gapY;
  const down = across === 2 ? 6 : Math.min(6, Math.floor((height - top) / (tile + gapY)));
  const layout = staircase(frame, tilesX + tilesW + gap, 0, Math.round(88 * Math.min(1.3, type)));
  const place = { ...layout, input: { x: 0, y: top, w: input, h: input } };
  if (shape.map) return withMaps(place, tilesX, tilesW);
  const tiles = Array.from({ length: across * down }, (_, k) => ({
    x: tilesX + (k % across) * (tile + gapY),
    y: top + Math.floor(k / across) * (tile + gapY),
    w: tile,
    h: tile,
  }));
  return { ...place, tiles };
}

/** Kernels and maps of a convolution in focus: level with their bars, or six pairs with leaders where rows are thin. */
function withMaps(layout: StageLayout, x: number, room: number): StageLayout {
  const { rows, type, height } = layout;
  const inline = rows.pitch >= INLINE;
  const y0 = layout.bars.y;
  const pitch = inline ? rows.pitch : Math.min(76, Math.floor((height - y0 - 24 * type) / 6));
  const kernel = Math.floor(Math.min(48, 0.36 * room, pitch - 4));
  const map = Math.floor(Math.min(room - kernel - 8, pitch - 4));
  const middle = (k: number): number => (inline ? slotMiddle(rows, k) : y0 + (k + 0.5) * pitch);
  const square = (left: number, side: number) => (_: unknown, k: number) => ({
    x: left,
    y: Math.round(middle(k) - side / 2),
    w: side,
    h: side,
  });
  const count = { length: inline ? rows.n : Math.min(6, rows.n) };
  return {
    ...layout,
    inline,
    tiles: Array.from(count, square(x, kernel)),
    maps: Array.from(count, square(x + kernel + 8, map)),
  };
}

/** 390 × 340: input 84 with the verdict beneath, bars of the focus layer, nine tiles in 3 × 3. */
function phone(frame: StageLayoutOptions): StageLayout {
  const { width, height, dpr, type, size, kept, focus } = frame;
  const shapes = shapesIn(frame);
  const shape = shapes[focus];
  const divided = isDivided(shape);
  const label = divided ? 28 * type : 0;
  const top = 24 * type;
  const tile = Math.max(32, Math.min(56, Math.floor((width - 84 - 12 - 72 - 12 - 9) / 3)));
  const tilesX = width - 3 * tile - 9;
  const first = top + label;
  const bars = { x: 84 + 12, y: first, w: tilesX - 84 - 24, h: 0 };
  const rows = fitAxis(
    layerRows(shape),
    divided ? 0 : Math.max(kept[focus] ?? 0, size[focus + 1]),
    // Below them stands what they show, in up to three lines.
    height - first - (divided ? 40 : 56) * type,
    first,
    dpr,
    shape.map ? 24 : undefined,
    { sizes: rowGroups(shape), gap: 30 * type },
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
  const nine = Array.from({ length: 9 }, (_, k) => ({
    x: tilesX + (k % 3) * (tile + 4),
    y: top + Math.floor(k / 3) * (tile + 4),
    w: tile,
    h: tile,
  }));
  // Six kernels, each with its map: two pairs to a row.
  const kernel = Math.floor(tile / 2) - 2;
  const pair = 1.5 * tile + 4;
  const six = (left: number, side: number): StageRectangle[] =>
    Array.from({ length: Math.min(6, shape.rows) }, (_, k) => ({
      x: tilesX + (k % 2) * (pair + 4) + left,
      y: top + Math.floor(k / 2) * (tile + 4) + (tile - side) / 2,
      w: side,
      h: side,
    }));
  return {
    kind: 'phone',
    width,
    height,
    type,
    focus,
    shapes,
    input: { x: 0, y: top, w: 84, h: 84 },
    tiles: shape.map ? six(0, kernel) : nine,
    maps: shape.map ? six(kernel + 4, tile) : [],
    inline: false,
    before: [],
    bars,
    rows,
    paths: besidePaths(
      shape,
      bars,
      rows,
      (bars.w - 4 * (shape.paths.length - 1)) / shape.paths.length,
      28 * type,
    ),
    formula: null,
    matrix: null,
    inner: rows,
    columns: null,
    cells: false,
    next: null,
    nextPaths: [],
    after: [],
    output: null,
    stairs: null,
    classes,
  };
}
