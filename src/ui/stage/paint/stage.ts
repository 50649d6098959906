import { slotMiddle, slotStart } from '../axis';
import type { Layout } from '../layout';
import type { StageModel } from '../model';
import { rasterise, rasterTile } from '../raster';
import { type BarRow, paintBars, paintEmptyFrame } from './bars';
import { blit } from './blit';
import type { Palette } from './palette';

/** Draws the whole stage from one model. */
export function paintStage(
  ctx: CanvasRenderingContext2D,
  layout: Layout,
  model: StageModel,
  palette: Palette,
): void {
  ctx.clearRect(0, 0, layout.width, layout.height);
  paintLeaders(ctx, layout, model, palette);
  paintTiles(ctx, layout, model, palette);
  paintLayers(ctx, layout, model, palette);
  paintMatrices(ctx, layout, model, palette);
  if (layout.stairs) paintStairs(ctx, layout, palette);
  paintClasses(ctx, layout, model, palette);
}

/** The bars of one hidden layer, in the mode of the stage. */
function rowOf(model: StageModel, layer: number, row: Pick<BarRow, 'box' | 'axis' | 'way'>): BarRow {
  const { bars } = model;
  const sigma = bars.mode === 'sigma';
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
  layout: Layout,
  model: StageModel,
  palette: Palette,
): void {
  const { bars, rows, columns, next, focus } = layout;
  paintBars(ctx, rowOf(model, focus, { box: bars, axis: rows, way: 'down' }), palette);
  paintEmptyFrame(ctx, rows, 'down', bars.x, bars.w, palette);
  if (next && columns) {
    paintBars(ctx, rowOf(model, focus + 1, { box: next, axis: columns, way: 'across' }), palette);
    paintEmptyFrame(ctx, columns, 'across', next.y, next.h, palette);
  }
  for (const { layer, box, axis } of layout.before)
    paintBars(ctx, rowOf(model, layer, { box, axis, way: 'down' }), palette);
  for (const { layer, box, axis } of layout.after)
    paintBars(ctx, rowOf(model, layer, { box, axis, way: 'across' }), palette);
}

function paintMatrices(
  ctx: CanvasRenderingContext2D,
  layout: Layout,
  model: StageModel,
  palette: Palette,
): void {
  const { matrix, rows, columns, output, stairs, classes, focus } = layout;
  const { weights } = model.snapshot;
  const { size } = model;
  const edge = (x: number, y: number, w: number, h: number): void => {
    ctx.strokeStyle = palette.hairline;
    ctx.lineWidth = 1;
    ctx.strokeRect(x - 0.5, y - 0.5, w + 1, h + 1);
  };
  if (matrix && columns) {
    const w = stairs ? reversedRows(weights[focus + 1], size[focus + 1]) : weights[focus + 1];
    const raster = rasterise(w, size[focus + 1], true, rows, columns, model.matrixEnd, palette.signed);
    blit(ctx, 'matrix', raster, matrix, true);
    edge(matrix.x, matrix.y, matrix.w, matrix.h);
    if (model.grownFrom !== null) {
      const top = slotStart(rows, model.grownFrom);
      ctx.strokeStyle = palette.ink2;
      ctx.setLineDash([3, 2]);
      ctx.strokeRect(matrix.x - 1.5, top - 0.5, matrix.w + 3, matrix.y + matrix.h - top + 1);
      ctx.setLineDash([]);
    }
    paintEmptyFrame(ctx, rows, 'down', matrix.x, matrix.w, palette);
    paintEmptyFrame(ctx, columns, 'across', matrix.y, matrix.h, palette);
  }
  if (output && classes) {
    const depth = size.length - 2;
    const raster = rasterise(
      weights[depth],
      size[depth],
      false,
      classes.axis,
      output.across,
      model.outputEnd,
      palette.signed,
    );
    blit(ctx, 'output', raster, output.box, true);
    edge(output.box.x, output.box.y, output.box.w, output.box.h);
    paintEmptyFrame(ctx, output.across, 'across', output.box.y, output.box.h, palette);
  }
}

/** Rows [outputs, inputs] from last to first: so that the classes' columns step down without crossing. */
export function reversedRows(weights: Float32Array, inputs: number): Float32Array {
  const out = new Float32Array(weights.length);
  const rows = weights.length / inputs;
  for (let r = 0; r < rows; r++)
    out.set(weights.subarray(r * inputs, (r + 1) * inputs), (rows - 1 - r) * inputs);
  return out;
}

function paintTiles(
  ctx: CanvasRenderingContext2D,
  { tiles, type }: Layout,
  model: StageModel,
  palette: Palette,
): void {
  const { units, patterns, end } = model.tiles;
  const side = Math.max(1, Math.round(Math.sqrt(patterns.at(0)?.length ?? 1)));
  ctx.font = `500 ${10 * type}px ${palette.font}`;
  ctx.textBaseline = 'top';
  tiles.forEach((box, k) => {
    ctx.strokeStyle = palette.hairline;
    ctx.lineWidth = 1;
    if (k < units.length) blit(ctx, `tile-${k}`, rasterTile(patterns[k], side, end, palette.signed), box);
    else ctx.setLineDash([2, 3]);
    ctx.strokeRect(box.x - 0.5, box.y - 0.5, box.w + 1, box.h + 1);
    ctx.setLineDash([]);
    if (k >= units.length) return;
    const label = String(units[k] + 1);
    const width = ctx.measureText(label).width + 6;
    ctx.fillStyle = palette.ground;
    ctx.fillRect(box.x, box.y, width, 12 * type);
    ctx.fillStyle = palette.ink2;
    ctx.fillText(label, box.x + 3, box.y + 1.5 * type);
  });
}

/** From each tile to its unit's row: a right tile from its middle, a left one along the gap beneath it. */
export function traceLeader(ctx: CanvasRenderingContext2D, layout: Layout, k: number, unit: number): void {
  const { tiles, bars, rows } = layout;
  const box = tiles[k];
  const edge = Math.max(...tiles.map((t) => t.x + t.w));
  const right = box.x + box.w >= edge - 0.5;
  const y = right ? box.y + box.h / 2 : box.y + box.h + 4;
  const end = bars.x - 3;
  const middle = (edge + end) / 2;
  ctx.beginPath();
  ctx.moveTo(right ? edge + 2 : box.x + box.w - 6, y);
  ctx.lineTo(edge + 2, y);
  ctx.bezierCurveTo(middle + 2, y, middle - 2, slotMiddle(rows, unit), end, slotMiddle(rows, unit));
  ctx.stroke();
}

function paintLeaders(
  ctx: CanvasRenderingContext2D,
  layout: Layout,
  model: StageModel,
  palette: Palette,
): void {
  if (layout.kind !== 'wide' || layout.before.length > 0) return;
  ctx.strokeStyle = palette.ink2;
  ctx.globalAlpha = 0.28;
  ctx.lineWidth = 1;
  model.tiles.units.slice(0, layout.tiles.length).forEach((unit, k) => traceLeader(ctx, layout, k, unit));
  ctx.globalAlpha = 1;
}

/** Each class's column goes down to its row and over to its bar. */
function paintStairs(ctx: CanvasRenderingContext2D, layout: Layout, palette: Palette): void {
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
  layout: Layout,
  model: StageModel,
  palette: Palette,
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
