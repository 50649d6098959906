export type ContourPoint = [number, number];

/**
 * Where a field on a grid passes through `level`, by marching squares with linear interpolation. Coordinates are columns
 * and rows of the grid (0 … columns − 1); squares with a corner that is not a number are left open. In a saddle the mean of
 * the corners decides which pair is joined. Segments are joined into lines.
 */
export function contour(field: readonly number[], columns: number, level: number): ContourPoint[][] {
  const rows = field.length / columns;
  const segments: [ContourPoint, ContourPoint][] = [];
  for (let r = 0; r + 1 < rows; r++)
    for (let c = 0; c + 1 < columns; c++) {
      // Corners in turn: (c, r), (c + 1, r), (c + 1, r + 1), (c, r + 1).
      const at: ContourPoint[] = [
        [c, r],
        [c + 1, r],
        [c + 1, r + 1],
        [c, r + 1],
      ];
      const value = at.map(([x, y]) => field[y * columns + x]);
      if (value.some((v) => !Number.isFinite(v))) continue;
      const above = value.map((v) => v >= level);
      const cuts = at.flatMap((a, i): { edge: number; dot: ContourPoint }[] => {
        const j = (i + 1) % 4;
        if (above[i] === above[j]) return [];
        const t = (level - value[i]) / (value[j] - value[i]);
        return [{ edge: i, dot: [a[0] + t * (at[j][0] - a[0]), a[1] + t * (at[j][1] - a[1])] }];
      });
      if (cuts.length === 2) segments.push([cuts[0].dot, cuts[1].dot]);
      if (cuts.length === 4) {
        const middle = (value[0] + value[1] + value[2] + value[3]) / 4 >= level;
        // The corners that differ from the middle are cut off, each by its own segment.
        const first = above[0] === middle ? 0 : 3;
        segments.push([cuts[first].dot, cuts[(first + 1) % 4].dot]);
        segments.push([cuts[(first + 2) % 4].dot, cuts[(first + 3) % 4].dot]);
      }
    }
  return joined(segments);
}

const same = (a: ContourPoint, b: ContourPoint): boolean => Math.hypot(a[0] - b[0], a[1] - b[1]) < 1e-9;

/** Segments that touch become one line. */
function joined(segments: [ContourPoint, ContourPoint][]): ContourPoint[][] {
  const lines: ContourPoint[][] = [];
  const rest: ContourPoint[][] = segments.filter(([a, b]) => !same(a, b));
  for (let line = rest.pop(); line; line = rest.pop()) {
    for (let i = 0; i < rest.length;) {
      const [a, b] = rest[i];
      const end = line[line.length - 1];
      const begin = line[0];
      if (same(end, a)) line = [...line, b];
      else if (same(end, b)) line = [...line, a];
      else if (same(begin, a)) line = [b, ...line];
      else if (same(begin, b)) line = [a, ...line];
      else {
        i++;
        continue;
      }
      rest.splice(i, 1);
      i = 0;
    }
    lines.push(line);
  }
  return lines;
}
