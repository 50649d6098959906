import { weightParts, weightShapes } from '../../../network/merge';
import type { NetworkSpec } from '../../../network/spec';
import {
  type UnitAxis,
  type AxisBlock,
  blocksOf,
  axisLength,
  slotMiddle,
  slotStart,
} from '../geometry/unitAxis';
import type { StageLayout } from '../geometry/layout';
import type { StageModel } from '../model/model';
import { rasterise, rasterTile } from '../samples/raster';
import { paintEmptyFrame } from './bars';
import { drawRaster } from './blit';
import type { StagePalette } from './palette';

/** Whether there are weights from the units of one block to those of another: separate pathways have none. */
export function hasWeightsBetween(
  spec: NetworkSpec,
  l: number,
  from: Pick<AxisBlock, 'first'>,
  to: Pick<AxisBlock, 'first'>,
): boolean {
  return weightParts(spec, l).some(
    (part) =>
      to.first >= part.row &&
      to.first < part.row + part.rows &&
      from.first >= part.col &&
      from.first < part.col + part.cols,
  );
}

function edge(
  ctx: CanvasRenderingContext2D,
  palette: StagePalette,
  x: number,
  y: number,
  w: number,
  h: number,
): void {
  ctx.strokeStyle = palette.hairline;
  ctx.lineWidth = 1;
  ctx.strokeRect(x - 0.5, y - 0.5, w + 1, h + 1);
}

/** A weight matrix block by block; blocks that are not there stay empty ground without an edge. */
function paintBlocks(
  ctx: CanvasRenderingContext2D,
  model: StageModel,
  layer: number,
  down: UnitAxis,
  across: UnitAxis,
  how: { transposed: boolean; end: number; name: string; reversed?: boolean },
  palette: StagePalette,
): void {
  const { spec, weights } = model.snapshot;
  const { cols } = weightShapes(spec)[layer];
  const w = how.reversed ? reversedRows(weights[layer], cols) : weights[layer];
  blocksOf(down).forEach((rows, i) => {
    blocksOf(across).forEach((columns, j) => {
      const [from, to] = how.transposed ? [rows, columns] : [columns, rows];
      if (!hasWeightsBetween(spec, layer, from, to)) return;
      const first = { down: rows.first, across: columns.first };
      const raster = rasterise(
        w,
        cols,
        how.transposed,
        rows.axis,
        columns.axis,
        how.end,
        palette.signed,
        first,
      );
      const box = {
        x: columns.axis.start,
        y: rows.axis.start,
        w: axisLength(columns.axis),
        h: axisLength(rows.axis),
      };
      drawRaster(ctx, `${how.name}${i}${j}`, raster, box, true);
      edge(ctx, palette, box.x, box.y, box.w, box.h);
    });
  });
}

/** Kernels from each channel (down) to each of the next (across), as small pictures of 3 × 3. */
function paintCells(
  ctx: CanvasRenderingContext2D,
  layout: StageLayout,
  { snapshot, matrixEnd, focus }: StageModel,
  palette: StagePalette,
): void {
  const { rows, columns } = layout;
  if (!columns) return;
  const w = snapshot.weights[focus + 1];
  const side = Math.max(1, Math.min(columns.pitch, rows.pitch) - (columns.pitch > 6 ? 2 : 1));
  for (let from = 0; from < rows.n; from++)
    for (let to = 0; to < columns.n; to++) {
      const at = (to * rows.n + from) * 9;
      const raster = rasterTile(w.subarray(at, at + 9), 3, matrixEnd, palette.signed);
      const x = slotMiddle(columns, to) - side / 2;
      const y = slotMiddle(rows, from) - side / 2;
      drawRaster(ctx, 'cell', raster, { x, y, w: side, h: side }, true);
      if (side >= 9) edge(ctx, palette, x, y, side, side);
    }
}

/** W of the next layer beside the bars, and the output's beneath. */
export function paintMatrices(
  ctx: CanvasRenderingContext2D,
  layout: StageLayout,
  model: StageModel,
  palette: StagePalette,
): void {
  const { matrix, rows, inner, columns, output, stairs, classes, focus } = layout;
  if (matrix && columns) {
    if (layout.cells) paintCells(ctx, layout, model, palette);
    else
      paintBlocks(
        ctx,
        model,
        focus + 1,
        inner,
        columns,
        { transposed: true, end: model.matrixEnd, name: 'matrix', reversed: stairs !== null },
        palette,
      );
    if (model.grownFrom !== null) {
      const top = slotStart(rows, model.grownFrom);
      ctx.strokeStyle = palette.ink2;
      ctx.setLineDash([3, 2]);
      ctx.strokeRect(matrix.x - 1.5, top - 0.5, matrix.w + 3, matrix.y + matrix.h - top + 1);
      ctx.setLineDash([]);
    }
    if (!rows.groups) paintEmptyFrame(ctx, rows, 'down', matrix.x, matrix.w, palette);
    if (!columns.groups) paintEmptyFrame(ctx, columns, 'across', matrix.y, matrix.h, palette);
  }
  if (output && classes) {
    const how = { transposed: false, end: model.outputEnd, name: 'output' };
    paintBlocks(ctx, model, model.size.length - 2, classes.axis, output.across, how, palette);
    if (!output.across.groups)
      paintEmptyFrame(ctx, output.across, 'across', output.box.y, output.box.h, palette);
  }
}

/** Rows [outputs, inputs] from last to first: so that the classes' columns step down without crossing. */
function reversedRows(weights: Float32Array, inputs: number): Float32Array {
  const out = new Float32Array(weights.length);
  const rows = weights.length / inputs;
  for (let r = 0; r < rows; r++)
    out.set(weights.subarray(r * inputs, (r + 1) * inputs), (rows - 1 - r) * inputs);
  return out;
}
