import { barsApart, type UnitAxis, blocksOf, axisLength, frameExtent, slotStart } from '../geometry/unitAxis';
import { binAxis } from '../model/bars';
import type { StageRectangle } from '../geometry/layout';
import type { StagePalette } from './palette';

/** One row of bars: `down` lies to the right of an upright axis, `across` stands on a lying one. */
export interface BarRow {
  box: StageRectangle;
  axis: UnitAxis;
  way: 'down' | 'across';
  values: Float64Array | null;
  outline: Float64Array | null;
  /** Length of the box in units. */
  end: number;
  signed: boolean;
  theta: number | null;
  /** Reference hairline (σ = 1). */
  reference: number | null;
  /** First unit of a growth, drawn hollow while it has no length. */
  grownFrom: number | null;
}

const SOLID = 0.62;
/** Below θ. */
const FAINT = 0.28;
/** Pixels of the hollow bar that stands for a new unit until its own is longer. */
const HOLLOW = 10;

/** Bars of channels have more room than a bar needs. */
const THICKEST = 14;

/** Pixels of a slot that are bar; the rest is the gap to the next, or a lighter pixel between bars too thin for one. */
function barThickness(axis: UnitAxis, dpr: number): number {
  if (!barsApart(axis, dpr)) return axis.pitch * dpr >= 2 ? axis.pitch - 1 / dpr : axis.pitch;
  if (axis.pitch < 3) return axis.pitch - 1 / dpr;
  return Math.min(THICKEST, axis.pitch >= 6 ? axis.pitch - 2 : axis.pitch - 1);
}

export function paintBars(ctx: CanvasRenderingContext2D, row: BarRow, palette: StagePalette): void {
  const { box, axis, way, end, signed } = row;
  const dpr = ctx.getTransform().a;
  const down = way === 'down';
  const room = down ? box.w : box.h;
  const zero = signed ? room / 2 : 0;
  const unit = (signed ? room / 2 : room) / end;
  const rect = (from: number, length: number, at: number, thick: number): void => {
    const a = length < 0 ? from + length : from;
    const size = Math.abs(length);
    if (down) ctx.fillRect(box.x + a, at, size, thick);
    else ctx.fillRect(at, box.y + box.h - a - size, thick, size);
  };
  /** A line at one value along the whole axis. */
  const rule = (value: number, colour: string, dash: number[]): void => {
    const p = zero + value * unit;
    if (p > room + 0.5) return;
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1;
    ctx.setLineDash(dash);
    ctx.beginPath();
    for (const { axis: own } of blocksOf(axis)) {
      const end = own.start + (axis.groups ? axisLength(own) : frameExtent(axis));
      if (down) {
        const x = Math.round(box.x + p) + 0.5;
        ctx.moveTo(x, own.start);
        ctx.lineTo(x, end);
      } else {
        const y = Math.round(box.y + box.h - p) - 0.5;
        ctx.moveTo(own.start, y);
        ctx.lineTo(end, y);
      }
    }
    ctx.stroke();
    ctx.setLineDash([]);
  };

  rule(0, palette.hairline, []);
  if (row.reference !== null) rule(row.reference, palette.hairline, []);
  const thick = barThickness(axis, dpr);
  const joined = !barsApart(axis, dpr) && thick < axis.pitch;
  const snap = (p: number): number => Math.round(p * dpr) / dpr;
  for (const block of row.values ? binAxis(row.values, axis) : []) {
    ctx.fillStyle = palette.ink;
    const inset = thick === THICKEST ? (axis.pitch - thick) / 2 : 0;
    block.values.forEach((value, slot) => {
      const from = block.axis.start + slot * axis.pitch + inset;
      const at = snap(from);
      const length = Math.max(-room, Math.min(room, value * unit));
      const alpha = row.theta !== null && value < row.theta ? FAINT : SOLID;
      const bar = snap(from + thick) - at;
      ctx.globalAlpha = alpha;
      rect(zero, length, at, bar);
      if (joined) {
        ctx.globalAlpha = 0.55 * alpha;
        rect(zero, length, at + bar, snap(block.axis.start + (slot + 1) * axis.pitch) - at - bar);
      }
    });
    ctx.globalAlpha = 1;
    if (row.grownFrom !== null) hollow(row, block.values, thick, palette);
  }
  for (const block of row.outline ? binAxis(row.outline, axis) : []) skyline(block.values, block.axis.start);
  if (row.theta !== null && row.theta > 0) rule(row.theta, palette.ink2, [2, 3]);

  function skyline(sigma: Float64Array, start: number): void {
    ctx.strokeStyle = palette.ink;
    ctx.lineWidth = axis.pitch < 2 ? 1 : 1.5;
    ctx.beginPath();
    sigma.forEach((value, slot) => {
      const p = Math.min(room, value * unit);
      const a = start + slot * axis.pitch;
      const b = a + axis.pitch;
      const step: [number, number][] = down
        ? [
            [box.x + p, a],
            [box.x + p, b],
          ]
        : [
            [a, box.y + box.h - p],
            [b, box.y + box.h - p],
          ];
      if (slot === 0) ctx.moveTo(...(down ? ([box.x, a] as const) : ([a, box.y + box.h] as const)));
      for (const point of step) ctx.lineTo(...point);
    });
    const after = start + sigma.length * axis.pitch;
    ctx.lineTo(...(down ? ([box.x, after] as const) : ([after, box.y + box.h] as const)));
    ctx.stroke();
  }

  function hollow(of: BarRow, values: Float64Array, width: number, colours: StagePalette): void {
    ctx.strokeStyle = colours.ink;
    ctx.lineWidth = 1;
    const frame = (at: number, size: number): void => {
      if (down) ctx.strokeRect(box.x + 0.5, at + 0.5, HOLLOW, size - 1);
      else ctx.strokeRect(at + 0.5, box.y + box.h - HOLLOW - 0.5, size - 1, HOLLOW);
    };
    // Thin rows share one frame, or their edges would fill them.
    if (width < 4) {
      const first = slotStart(axis, of.grownFrom ?? 0);
      frame(first, axis.start + axisLength(axis) - first);
      return;
    }
    for (let i = of.grownFrom ?? 0; i < axis.n; i += axis.perSlot) {
      if (values[Math.floor(i / axis.perSlot)] * unit < HOLLOW) frame(slotStart(axis, i), width);
    }
  }
}

/** The dashed frame of units that are gone, until "Fit". */
export function paintEmptyFrame(
  ctx: CanvasRenderingContext2D,
  axis: UnitAxis,
  way: 'down' | 'across',
  from: number,
  size: number,
  palette: StagePalette,
): void {
  const gone = frameExtent(axis) - axisLength(axis);
  if (gone < 1) return;
  const a = axis.start + axisLength(axis);
  ctx.strokeStyle = palette.ink2;
  ctx.globalAlpha = 0.5;
  ctx.lineWidth = 1;
  ctx.setLineDash([3, 3]);
  if (way === 'down') ctx.strokeRect(from + 0.5, a + 0.5, size - 1, gone - 1);
  else ctx.strokeRect(a + 0.5, from + 0.5, gone - 1, size - 1);
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}
