/** A command of an outline as font readers give it; y grows downwards. */
export type OutlineCommand =
  | { type: 'M'; x: number; y: number }
  | { type: 'L'; x: number; y: number }
  | { type: 'Q'; x1: number; y1: number; x: number; y: number }
  | { type: 'C'; x1: number; y1: number; x2: number; y2: number; x: number; y: number }
  | { type: 'Z' };

export type Point = readonly [x: number, y: number];

/** Pieces a curve is cut into: at 28 pixels far below what a byte can tell. */
const PIECES = 16;
/** Scan lines per row of pixels; along a scan line coverage is exact. */
const LINES = 16;

/** Closed polygons of an outline, curves cut into straight pieces. */
export function flatten(commands: readonly OutlineCommand[]): Point[][] {
  const polygons: Point[][] = [];
  let polygon: Point[] = [];
  for (const command of commands) {
    if (command.type === 'Z') continue;
    const { x, y } = command;
    if (command.type === 'M') polygons.push((polygon = [[x, y]]));
    else if (command.type === 'L') polygon.push([x, y]);
    else {
      const [fromX, fromY] = polygon[polygon.length - 1];
      // A quadratic curve is the cubic one whose handles lie two thirds of the way to its own.
      const cubic =
        command.type === 'C'
          ? command
          : {
              x1: fromX + (2 / 3) * (command.x1 - fromX),
              y1: fromY + (2 / 3) * (command.y1 - fromY),
              x2: x + (2 / 3) * (command.x1 - x),
              y2: y + (2 / 3) * (command.y1 - y),
            };
      for (let piece = 1; piece <= PIECES; piece++) {
        const t = piece / PIECES;
        const u = 1 - t;
        const blend = (p0: number, p1: number, p2: number, p3: number): number =>
          u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
        polygon.push([blend(fromX, cubic.x1, cubic.x2, x), blend(fromY, cubic.y1, cubic.y2, y)]);
      }
    }
  }
  return polygons;
}

/**
 * Coverage of side × side pixels by polygons under the non-zero winding rule, as bytes (255 = covered). Nothing but
 * + − × ÷ on doubles, so that every machine draws the same bytes.
 */
export function rasterise(polygons: readonly (readonly Point[])[], side: number): Uint8Array {
  const coverage = new Float64Array(side * side);
  for (let line = 0; line < side * LINES; line++) {
    const y = (line + 0.5) / LINES;
    const crossings: { x: number; winding: number }[] = [];
    for (const polygon of polygons) {
      polygon.forEach(([x0, y0], i) => {
        const [x1, y1] = polygon[(i + 1) % polygon.length];
        if (y0 <= y === y1 <= y) return;
        crossings.push({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), winding: y0 <= y ? 1 : -1 });
      });
    }
    crossings.sort((a, b) => a.x - b.x);
    let winding = 0;
    crossings.forEach(({ x, winding: turn }, i) => {
      winding += turn;
      if (winding !== 0) cover(coverage, Math.floor(line / LINES) * side, side, x, crossings[i + 1].x);
    });
  }
  return Uint8Array.from(coverage, (value) => Math.round((255 * Math.min(LINES, value)) / LINES));
}

/** Adds the stretch from … to of one scan line to the row of pixels that begins at `row`. */
function cover(coverage: Float64Array, row: number, side: number, from: number, to: number): void {
  const end = Math.min(side, to);
  for (let x = Math.max(0, Math.floor(from)); x < end; x++) {
    coverage[row + x] += Math.max(0, Math.min(x + 1, end) - Math.max(x, from));
  }
}
