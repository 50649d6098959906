import { type UnitAxis, blocksOf, axisLength, fitAxis, frameExtent, innerAxis } from './unitAxis';
import {
  type StageRectangle,
  type StageLayoutOptions,
  type StageLayout,
  type PathPlace,
  shapesIn,
  LAYER_STRIP_SIZE,
} from './layout';
import { rowGroups, isDivided, type LayerShape, mapPositions, layerRows } from './shape';

const CLASS_PITCH = { wide: { min: 13, max: 18 }, sheet: { min: 24, max: 28 } } as const;
/** Captions and the next layer's bars above the rows. */
const HEAD = 48;
/** Name and energy of a pathway, in two lines. */
const LABEL = 32;
/** Pixels a channel may take, down and across. */
const CHANNEL = { down: 72, across: 26 } as const;
const COLUMN_GAP = 10;

/** Pathways of the focus layer: one group of rows after another, or side by side where their units share the rows. */
export function besidePaths(
  shape: LayerShape,
  bars: StageRectangle,
  rows: UnitAxis,
  column: number,
  label: number,
): PathPlace[] {
  if (!isDivided(shape)) return [];
  if (!shape.merged)
    return blocksOf(rows).map(({ axis }, path) => ({
      path,
      box: { x: bars.x, y: axis.start, w: bars.w, h: axisLength(axis) },
      label: { x: bars.x, y: axis.start - label, w: bars.w },
    }));
  const n = shape.paths.length;
  const between = n > 1 ? (bars.w - n * column) / (n - 1) : 0;
  return shape.paths.map((_, path) => {
    const x = bars.x + path * (column + between);
    return {
      path,
      box: { x, y: bars.y, w: column, h: bars.h },
      label: { x, y: bars.y - label, w: column + between },
    };
  });
}

/** Width of the bars of one of several pathways side by side. */
function columnWidth({ kind, width }: StageLayoutOptions, paths: number): number {
  if (kind === 'sheet') return paths === 2 ? 56 : 36;
  if (paths === 2 && width >= 680) return 72;
  return width >= 776 ? 58 : width >= 680 ? 48 : width >= 620 ? 40 : 28;
}

/** Strips before, bars, matrix, and what hangs beneath, from x = left; `barsW` is the width of the bars of an undivided layer. */
export function staircase(frame: StageLayoutOptions, left: number, topY: number, barsW: number): StageLayout {
  const { width, height, dpr, type, size, kept, focus, kind } = frame;
  const shapes = shapesIn(frame);
  const shape = shapes[focus];
  const depth = size.length - 2;
  const outputs = size[depth + 1];
  const last = focus === depth - 1;
  const following = last ? null : shapes[focus + 1];
  const divided = isDivided(shape);
  const keptOf = (layer: number): number =>
    isDivided(shapes[layer]) ? 0 : Math.max(kept[layer] ?? 0, size[layer + 1]);
  const lines = (divided ? LABEL : 0) + (shape.merged ? 16 : 0);
  const head = Math.max(HEAD + lines, following && isDivided(following) ? 66 : 0);
  const y = topY + head * type;

  let x = left;
  const beforeBoxes = Array.from({ length: focus }, (_, layer) => {
    const strip = { layer, x };
    x += LAYER_STRIP_SIZE + 4;
    return strip;
  });
  if (focus > 0) x += 4;
  const barsX = x;
  const column = columnWidth(frame, shape.paths.length);
  const all = shape.paths.length;
  const barsWidth = shape.merged
    ? all * column + (all - 1) * (column < 40 ? 10 : 14)
    : shape.normalised
      ? Math.round(1.27 * barsW)
      : barsW;
  const classW = Math.round(Math.min(128, Math.max(96, 96 + (width - 776) / 2)) * Math.min(1.2, type));
  const matrixX = barsX + barsWidth + 8;
  const matrixRoom = Math.max(64, width - matrixX - 16 - classW);

  const afterCount = last ? 0 : depth - focus - 2;
  const classPitch = CLASS_PITCH[kind === 'sheet' ? 'sheet' : 'wide'];
  // Thirty rows of three tasks still leave room for the units above them.
  const classMin = Math.ceil((outputs > 12 && kind !== 'sheet' ? 10 : classPitch.min) * type);
  const beneath = 4 + afterCount * (LAYER_STRIP_SIZE + 4);
  const bottom = height - y;
  const room = Math.max(32, bottom - beneath - outputs * classMin);
  /** A layer along an axis, its pathways apart. */
  const along = (layer: number, space: number, start: number, gap: number, max?: number): UnitAxis =>
    fitAxis(layerRows(shapes[layer]), keptOf(layer), space, start, dpr, max, {
      sizes: rowGroups(shapes[layer]),
      gap,
    });
  const rows = along(focus, room, y, (LABEL + 4) * type, shape.map ? CHANNEL.down * type : undefined);
  const spare = Math.max(0, bottom - beneath - frameExtent(rows) - outputs * classMin);
  const pitch = Math.min(Math.ceil(classPitch.max * type), classMin + Math.floor(spare / outputs));

  // Pathways of the next layer stand side by side, whether they are merged or not.
  const columns = following
    ? fitAxis(
        following.rows,
        keptOf(focus + 1),
        matrixRoom,
        matrixX,
        dpr,
        following.map ? CHANNEL.across : 12,
        { sizes: following.paths, gap: COLUMN_GAP },
      )
    : fitAxis(outputs, outputs, matrixRoom, matrixX, dpr, 26);
  const matrix = { x: matrixX, y, w: axisLength(columns), h: axisLength(rows) };
  const cells = shape.map !== null && following?.map != null;

  let below = y + frameExtent(rows) + 4;
  const after = Array.from({ length: afterCount }, (_, k) => {
    const layer = focus + 2 + k;
    const box = { x: matrixX, y: below, w: matrixRoom, h: LAYER_STRIP_SIZE };
    below += LAYER_STRIP_SIZE + 4;
    const axis = along(layer, matrixRoom, matrixX, 6, shapes[layer].map ? LAYER_STRIP_SIZE : undefined);
    return { layer, box, axis };
  });
  const hangs = readAxis(
    after.length > 0 ? after[after.length - 1].axis : columns,
    shapes[depth - 1],
    after.length === 0,
    dpr,
  );
  const outputBox = { x: matrixX, y: below, w: axisLength(hangs), h: outputs * pitch };
  // What the columns leave of their room goes to the classes.
  const drawn = Math.max(frameExtent(columns), ...after.map((strip) => frameExtent(strip.axis)));
  const classX = Math.max(width - Math.round(1.6 * classW), matrixX + drawn + 16);
  const bars = { x: barsX, y, w: barsWidth, h: frameExtent(rows) };
  const nextH = 28 * type;
  return {
    kind,
    width,
    height,
    type,
    focus,
    shapes,
    input: null,
    tiles: [],
    maps: [],
    inline: false,
    before: beforeBoxes.map((strip) => ({
      layer: strip.layer,
      box: { x: strip.x, y, w: LAYER_STRIP_SIZE, h: room },
      axis: along(strip.layer, room, y, 6, shapes[strip.layer].map ? LAYER_STRIP_SIZE : undefined),
    })),
    bars,
    rows,
    paths: besidePaths(shape, bars, rows, column, LABEL * type),
    formula: shape.merged ? { x: barsX, y: y - (LABEL + 16) * type, w: barsWidth } : null,
    matrix,
    inner: cells ? rows : innerAxis(rows, mapPositions(shape), shape.map?.height ?? 1, dpr),
    columns,
    cells,
    next: last ? null : { x: matrixX, y: y - nextH - 4, w: axisLength(columns), h: nextH },
    nextPaths:
      following && isDivided(following)
        ? blocksOf(columns).map(({ axis }, path) => ({
            path,
            x: axis.start,
            y: y - nextH - 4 - 15 * type,
            w: axisLength(axis),
          }))
        : [],
    after,
    output: last ? null : { box: outputBox, across: hangs },
    stairs: last ? outputBox : null,
    classes: {
      box: { x: classX, y: below, w: width - classX, h: outputs * pitch },
      axis: { n: outputs, frame: outputs, perSlot: 1, pitch, start: below },
    },
  };
}

/**
 * What the output reads, along the layer drawn last: its units, the places of its maps, or where pathways are merged one value for
 * each unit of the first (on `columns` all pathways stand side by side).
 */
function readAxis(axis: UnitAxis, shape: LayerShape, columns: boolean, dpr: number): UnitAxis {
  if (shape.map) return innerAxis(axis, mapPositions(shape), shape.map.height, dpr);
  return shape.merged && columns ? blocksOf(axis)[0].axis : axis;
}
