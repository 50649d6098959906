import { slotMiddle, slotStart } from '../geometry/unitAxis';
import { type StageLayout } from '../geometry/layout';
import type { StageHover, HighlightedPath } from '../model/highlight';
import type { StagePalette } from './palette';
import { traceLeader } from './tiles';

/** Lights the path of what is pointed at, on a canvas of its own above the stage. */
export function paintHighlight(
  ctx: CanvasRenderingContext2D,
  layout: StageLayout,
  hover: StageHover | null,
  lit: HighlightedPath | null,
  units: readonly (number | null)[],
  palette: StagePalette,
): void {
  ctx.clearRect(0, 0, layout.width, layout.height);
  if (!lit || !hover) return;
  const { bars, rows, matrix, columns, next, output, stairs, classes } = layout;
  const frame = (x: number, y: number, w: number, h: number): void => {
    ctx.strokeStyle = palette.ground;
    ctx.lineWidth = 3.5;
    ctx.strokeRect(x - 0.5, y - 0.5, w + 1, h + 1);
    ctx.strokeStyle = palette.ink;
    ctx.lineWidth = 1.5;
    ctx.strokeRect(x - 0.5, y - 0.5, w + 1, h + 1);
  };
  const line = (points: [number, number][]): void => {
    ctx.strokeStyle = palette.ink;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    points.forEach((p, i) => (i === 0 ? ctx.moveTo(...p) : ctx.lineTo(...p)));
    ctx.stroke();
  };

  if (lit.unit !== null) {
    // Pathways that are merged share the rows.
    const shared = layout.shapes[layout.focus].merged;
    const row = shared ? lit.unit % rows.n : lit.unit;
    const own = shared ? layout.paths[Math.floor(lit.unit / rows.n)].box : bars;
    const y = slotStart(rows, row);
    const right = matrix ? matrix.x + matrix.w : bars.x + bars.w;
    frame(own.x, y, right - own.x, rows.pitch);
    const tile = units.indexOf(lit.unit);
    if (tile >= 0 && tile < layout.tiles.length) {
      if (layout.kind === 'wide' && layout.before.length === 0 && !layout.inline) {
        ctx.strokeStyle = palette.ink;
        ctx.lineWidth = 1.5;
        traceLeader(ctx, layout, tile, row);
      }
      for (const { x, y: top, w, h } of [layout.tiles[tile], layout.maps.at(tile)].filter((b) => !!b))
        frame(x, top, w, h);
    }
  }
  if (stairs && columns && classes && matrix && lit.output !== null) {
    const column = columns.n - 1 - lit.output;
    const x = slotMiddle(columns, column);
    const y = slotMiddle(classes.axis, lit.output);
    frame(slotStart(columns, column), matrix.y, columns.pitch, matrix.h);
    line([
      [x, matrix.y + matrix.h + 2],
      [x, y],
      [classes.box.x - 4, y],
    ]);
  }
  const foot = output && lit.next !== null && layout.after.length === 0;
  if (columns && next && matrix && lit.next !== null && !stairs) {
    const bottom = foot ? output.box.y + output.box.h : matrix.y + matrix.h;
    frame(slotStart(columns, lit.next), next.y, columns.pitch, bottom - next.y);
  }
  if (output && classes && lit.output !== null) {
    const y = slotStart(classes.axis, lit.output);
    frame(output.box.x, y, classes.box.x + classes.box.w - output.box.x - 2, classes.axis.pitch);
  }
  if (hover.kind === 'unit') {
    const strip = [...layout.before, ...layout.after].find((s) => s.layer === hover.layer);
    if (!strip) return;
    const at = slotStart(strip.axis, hover.unit % strip.axis.n);
    if (layout.before.includes(strip)) frame(strip.box.x, at, strip.box.w, strip.axis.pitch);
    else frame(at, strip.box.y, strip.axis.pitch, strip.box.h);
  }
}
