import { significant } from '../../../drawing/format';
import { type UnitAxis, slotMiddle, slotStart } from '../geometry/unitAxis';
import type { StageRectangle, StageLayout, LayerStrip } from '../geometry/layout';
import type { StageModel } from '../model/model';
import { hasSigma, mapPositions } from '../geometry/shape';
import { type BarRow, paintBars, paintEmptyFrame } from './bars';
import { paintMatrices } from './matrix';
import type { StagePalette } from './palette';
import { paintLeaders, paintMap, paintTiles } from './tiles';

/** Draws the whole stage from one model; `nameOf` names inputs that have no place in a picture. */
export function paintStage(
  ctx: CanvasRenderingContext2D,
  layout: StageLayout,
  model: StageModel,
  palette: StagePalette,
  nameOf: (k: number) => string,
): void {
  ctx.clearRect(0, 0, layout.width, layout.height);
  paintLeaders(ctx, layout, model, palette);
  paintTiles(ctx, layout, model, palette, nameOf);
  paintLayers(ctx, layout, model, palette);
  paintMatrices(ctx, layout, model, palette);
  if (layout.stairs) paintStairs(ctx, layout, palette);
  paintClasses(ctx, layout, model, palette);
}

/** The bars of one hidden layer, in the mode of the stage. */
function rowOf(model: StageModel, layer: number, row: Pick<BarRow, 'box' | 'axis' | 'way'>): BarRow {
  const { bars } = model;
  const sigma = bars.mode === 'sigma' && hasSigma(model.shapes[layer]);
  return {
    ...row,
    values: bars.values[layer],
    outline: sigma ? model.sigma[layer] : null,
    end: model.barEnds[layer],
    signed: bars.mode === 'image',
    theta: sigma ? model.theta : null,
    reference: sigma ? 1 : null,
    grownFrom: sigma && layer === model.focus ? model.grownFrom : null,
  };
}

function paintLayers(
  ctx: CanvasRenderingContext2D,
  layout: StageLayout,
  model: StageModel,
  palette: StagePalette,
): void {
  const { bars, rows, columns, next, focus } = layout;
  const shape = model.shapes[focus];
  const main = rowOf(model, focus, { box: bars, axis: rows, way: 'down' });
  if (shape.merged)
    for (const { path, box } of layout.paths) {
      const from = path * rows.n;
      paintBars(
        ctx,
        { ...main, box, values: main.values?.subarray(from, from + rows.n) ?? null, grownFrom: null },
        palette,
      );
    }
  else {
    paintBars(ctx, main, palette);
    if (!rows.groups) paintEmptyFrame(ctx, rows, 'down', bars.x, bars.w, palette);
  }
  if (shape.map) paintEnergies(ctx, layout, model, palette);
  if (next && columns) {
    paintBars(ctx, rowOf(model, focus + 1, { box: next, axis: columns, way: 'across' }), palette);
    if (!columns.groups) paintEmptyFrame(ctx, columns, 'across', next.y, next.h, palette);
  }
  for (const strip of layout.before) paintStrip(ctx, strip, 'down', model, palette);
  for (const strip of layout.after) paintStrip(ctx, strip, 'across', model, palette);
}

/** Pixels of a slot from which a strip has room for maps. */
const MAPS_FROM = 10;

/** A layer out of focus: its bars, or the maps of its channels; of merged pathways the largest of each row. */
function paintStrip(
  ctx: CanvasRenderingContext2D,
  { layer, box, axis }: LayerStrip,
  way: BarRow['way'],
  model: StageModel,
  palette: StagePalette,
): void {
  const shape = model.shapes[layer];
  if (shape.map && model.reading && axis.pitch >= MAPS_FROM) {
    const end = model.reading.h[layer].reduce((most, v) => Math.max(most, Math.abs(v)), 0) || 1;
    for (let c = 0; c < shape.rows; c++)
      paintMap(ctx, `strip-${layer}-${c}`, cell(box, axis, way, c), model, layer, c, end, palette);
    return;
  }
  const row = rowOf(model, layer, { box, axis, way });
  if (!shape.merged || !row.values) return paintBars(ctx, row, palette);
  const n = shape.paths.length;
  const share = (way === 'down' ? box.w : box.h) / n;
  for (let p = 0; p < n; p++) {
    const values = row.values.subarray(p * axis.n, (p + 1) * axis.n);
    const part =
      way === 'down'
        ? { ...box, x: box.x + p * share, w: share - 1 }
        : { ...box, y: box.y + p * share, h: share - 1 };
    paintBars(ctx, { ...row, box: part, values }, palette);
  }
}

/** A square for one channel of a strip. */
function cell(box: StageRectangle, axis: UnitAxis, way: BarRow['way'], channel: number): StageRectangle {
  const at = slotStart(axis, channel);
  const side = Math.min(axis.pitch, way === 'down' ? box.w : box.h) - 1;
  return way === 'down' ? { x: box.x, y: at, w: side, h: side } : { x: at, y: box.y, w: side, h: side };
}

/** Under the bar of each channel the energy of its map: mean h² over its places, for the image under study. */
function paintEnergies(
  ctx: CanvasRenderingContext2D,
  { bars, rows, maps, inline, type }: StageLayout,
  { reading, shapes, focus }: StageModel,
  palette: StagePalette,
): void {
  if (!reading || !inline || rows.pitch < 34 * type) return;
  const each = mapPositions(shapes[focus]);
  ctx.font = `${10 * type}px ${palette.font}`;
  ctx.textBaseline = 'top';
  for (let c = 0; c < rows.n; c++) {
    const values = reading.h[focus].subarray(c * each, (c + 1) * each);
    const mean = values.reduce((sum, h) => sum + h * h, 0) / each;
    // From its map across to its bar.
    const map = maps.at(c);
    if (map) {
      ctx.fillStyle = palette.hairline;
      ctx.fillRect(map.x + map.w + 2, Math.round(slotMiddle(rows, c)), bars.x - map.x - map.w - 4, 1);
    }
    ctx.fillStyle = palette.energy;
    ctx.fillText(`h² ${significant(mean, 2)}`, bars.x + 2, slotMiddle(rows, c) + 9);
  }
}

/** Each class's column goes down to its row and over to its bar. */
function paintStairs(ctx: CanvasRenderingContext2D, layout: StageLayout, palette: StagePalette): void {
  const { columns, classes, matrix } = layout;
  if (!columns || !classes || !matrix) return;
  ctx.strokeStyle = palette.hairline;
  ctx.lineWidth = 1;
  for (let c = 0; c < classes.axis.n; c++) {
    const x = Math.round(slotMiddle(columns, classes.axis.n - 1 - c)) + 0.5;
    const y = Math.round(slotMiddle(classes.axis, c)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(x, matrix.y + matrix.h + 1);
    ctx.lineTo(x, y);
    ctx.lineTo(classes.box.x - 4, y);
    ctx.stroke();
  }
}

/** Logits of the studied image as signed bars under the class names, with hairlines where they stood before the path. */
function paintClasses(
  ctx: CanvasRenderingContext2D,
  layout: StageLayout,
  model: StageModel,
  palette: StagePalette,
): void {
  const { classes, type } = layout;
  if (!classes) return;
  const { box, axis } = classes;
  const left = box.x + 16 * type;
  const width = box.x + box.w - left;
  const zero = left + width / 2;
  const thick = axis.pitch < 15 ? 2 : Math.min(4, Math.round(axis.pitch * 0.2));
  const text = (axis.pitch < 20 * type ? 12.5 : 15) * type;
  const { reading, originals, logitEnd } = model;
  const unit = width / 2 / logitEnd;
  const clamp = (v: number): number => Math.max(-width / 2, Math.min(width / 2, v * unit));
  for (let c = 0; c < axis.n; c++) {
    const y = axis.start + c * axis.pitch + Math.min(axis.pitch - thick - 1, Math.round(text));
    ctx.fillStyle = palette.hairline;
    ctx.fillRect(left, y + thick - 1, width, 1);
    ctx.fillRect(Math.round(zero), y, 1, thick);
    if (!reading) continue;
    const length = clamp(reading.logits[c]);
    ctx.fillStyle = palette.accuracy;
    ctx.globalAlpha = c === reading.top ? 1 : 0.5;
    ctx.fillRect(Math.min(zero, zero + length), y, Math.abs(length), thick);
    ctx.globalAlpha = 1;
    if (!originals) continue;
    ctx.fillStyle = palette.ink;
    ctx.fillRect(Math.round(zero + clamp(originals[c])), y - 2, 1, thick + 3);
  }
}
