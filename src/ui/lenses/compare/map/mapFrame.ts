/** The square of the map within its box, and the room around it. */
export interface MapFrame {
  width: number;
  height: number;
  left: number;
  top: number;
  side: number;
  /** Top of the legend's bar. */
  legend: number;
  type: number;
}

/** The largest square that leaves room for the axes at its left and foot and for the legend beneath. */
export function mapFrame(width: number, height: number, type: number): MapFrame {
  const left = Math.round(50 * type);
  const right = Math.round(14 * type);
  const top = Math.round(18 * type);
  const bottom = Math.round(74 * type);
  const side = Math.max(40, Math.min(width - left - right, height - top - bottom));
  return { width, height, left, top, side, legend: top + side + Math.round(44 * type), type };
}

/** A share of the axes (0, 0 at the lower left) in pixels. */
export const mapPixel = ({ left, top, side }: MapFrame, x: number, y: number): { x: number; y: number } => ({
  x: left + x * side,
  y: top + (1 - y) * side,
});
