import { slotMiddle } from '../geometry/unitAxis';
import { type StageLayout, tileUnits } from '../geometry/layout';
import type { StageModel } from '../model/model';
import { rasterTile } from '../samples/raster';
import { isDivided, pathOf, mapPositions } from '../geometry/shape';
import { drawRaster } from './blit';
import type { StagePalette } from './palette';
import { paintPattern } from './pattern';

/** What units read, as pictures with their numbers; of a convolution its kernels, and beside them the maps they make. */
export function paintTiles(
  ctx: CanvasRenderingContext2D,
  layout: StageLayout,
  model: StageModel,
  palette: StagePalette,
  nameOf: (k: number) => string,
): void {
  const { tiles, maps, type, inline } = layout;
  const { patterns, form, end, groups } = model.tiles;
  const shape = model.shapes[model.focus];
  const units = tileUnits(layout, groups);
  const label = (box: { x: number; y: number }, text: string): void => {
    ctx.font = `500 ${10 * type}px ${palette.font}`;
    ctx.textBaseline = 'top';
    ctx.fillStyle = palette.ground;
    ctx.fillRect(box.x, box.y, ctx.measureText(text).width + 6, 12 * type);
    ctx.fillStyle = palette.ink2;
    ctx.fillText(text, box.x + 3, box.y + 1.5 * type);
  };
  /** Of pathways the place in its own, behind its initial. */
  const numberOf = (unit: number): string => {
    if (!isDivided(shape)) return String(unit + 1);
    const { path, index } = pathOf(shape, unit);
    return `${model.paths[model.focus][path].charAt(0)} ${index + 1}`;
  };
  tiles.forEach((box, k) => {
    const unit = units[k];
    const pattern = unit === null ? undefined : patterns.get(unit);
    ctx.strokeStyle = palette.hairline;
    ctx.lineWidth = 1;
    if (pattern) paintPattern(ctx, `tile-${k}`, box, pattern, form, end, palette, nameOf);
    else ctx.setLineDash([2, 3]);
    ctx.strokeStyle = palette.hairline;
    ctx.lineWidth = 1;
    ctx.strokeRect(box.x - 0.5, box.y - 0.5, box.w + 1, box.h + 1);
    ctx.setLineDash([]);
    if (unit !== null && pattern && !inline && !shape.map) label(box, numberOf(unit));
  });
  maps.forEach((box, k) => {
    const unit = units[k];
    if (unit === null) return;
    paintMap(ctx, `map-${k}`, box, model, model.focus, unit, model.mapEnd, palette);
    ctx.strokeStyle = palette.hairline;
    ctx.lineWidth = 1;
    ctx.strokeRect(box.x - 0.5, box.y - 0.5, box.w + 1, box.h + 1);
    if (!inline || box.w > 30) label(box, String(unit + 1));
  });
}

/** The map of one channel for the image under study. */
export function paintMap(
  ctx: CanvasRenderingContext2D,
  name: string,
  box: { x: number; y: number; w: number; h: number },
  { reading, shapes }: StageModel,
  layer: number,
  channel: number,
  end: number,
  palette: StagePalette,
): void {
  const { map } = shapes[layer];
  if (!reading || !map) return;
  const size = mapPositions(shapes[layer]);
  const values = reading.h[layer].subarray(channel * size, (channel + 1) * size);
  const scale = Math.min(box.w / map.width, box.h / map.height);
  const [w, h] = [map.width * scale, map.height * scale];
  const place = { x: box.x + (box.w - w) / 2, y: box.y + (box.h - h) / 2, w, h };
  drawRaster(ctx, name, rasterTile(values, map.width, end, palette.signed), place, true);
}

/** From each tile to its unit's row: a right tile from its middle, a left one along the gap beneath it. */
export function traceLeader(
  ctx: CanvasRenderingContext2D,
  layout: StageLayout,
  k: number,
  row: number,
): void {
  const { bars, rows } = layout;
  const boxes = layout.maps.length > 0 ? layout.maps : layout.tiles;
  const box = boxes[k];
  const edge = Math.max(...boxes.map((t) => t.x + t.w));
  const right = box.x + box.w >= edge - 0.5;
  const y = right ? box.y + box.h / 2 : box.y + box.h + 4;
  const end = bars.x - 3;
  const middle = (edge + end) / 2;
  ctx.beginPath();
  ctx.moveTo(right ? edge + 2 : box.x + box.w - 6, y);
  ctx.lineTo(edge + 2, y);
  ctx.bezierCurveTo(middle + 2, y, middle - 2, slotMiddle(rows, row), end, slotMiddle(rows, row));
  ctx.stroke();
}

export function paintLeaders(
  ctx: CanvasRenderingContext2D,
  layout: StageLayout,
  model: StageModel,
  palette: StagePalette,
): void {
  if (layout.kind !== 'wide' || layout.before.length > 0 || layout.inline) return;
  ctx.strokeStyle = palette.ink2;
  ctx.globalAlpha = 0.28;
  ctx.lineWidth = 1;
  const { n } = layout.rows;
  tileUnits(layout, model.tiles.groups).forEach((unit, k) => {
    // Pathways that share the rows share them by place.
    if (unit !== null) traceLeader(ctx, layout, k, unit % n);
  });
  ctx.globalAlpha = 1;
}
