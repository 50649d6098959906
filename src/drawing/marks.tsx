import { tenth } from './text';

/** The outline of a mark as a path: circle, square, diamond, triangle in turn, so that series are told apart without colour. */
function markPath(series: number, x: number, y: number, r: number): string {
  const corners = (...points: readonly (readonly [number, number])[]): string =>
    `M${points.map(([dx, dy]) => `${tenth(x + dx * r)} ${tenth(y + dy * r)}`).join('L')}Z`;
  switch (series % 4) {
    case 0:
      return `M${tenth(x - r)} ${tenth(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    case 1:
      return corners([-1, -1], [1, -1], [1, 1], [-1, 1]);
    case 2:
      return corners([0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]);
    default:
      return corners([0, -1.2], [1.2, 1], [-1.2, 1]);
  }
}

interface SeriesMarkProps {
  /** Its place among the series, from 0. */
  series: number;
  x: number;
  y: number;
  fill: string;
  small?: boolean;
}

/** The mark of a series, centred at a place. */
export function SeriesMark({ series, x, y, fill, small = false }: SeriesMarkProps) {
  return <path d={markPath(series, x, y, small ? 2.5 : 4.5)} fill={fill} />;
}
