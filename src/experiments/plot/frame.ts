import { type LaidAxis } from './axis';
import { element, escaped, widthOf } from './text';
import type { Axis, Mark } from './types';

/** Colours of a plot. Any CSS colour will do, a variable too where the plot stands in a page. */
export interface Palette {
  ink: string;
  quiet: string;
  grid: string;
  paper: string;
  /** Of series, in order; used again from the start where there are more. */
  series: readonly string[];
  /** Of heat maps: lowest and highest, and ink on either. */
  heat: readonly [low: string, high: string];
}

/** For files and the Markdown report; series colours after Okabe and Ito, told apart without colour by their markers as well. */
export const LIGHT: Palette = {
  ink: '#1f2328',
  quiet: '#59636e',
  grid: '#e3e6ea',
  paper: '#ffffff',
  series: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56b4e9', '#4d4d4d'],
  heat: ['#f2f6fa', '#0072b2'],
};

/** Width and height of a plot, in its own units (px at scale 1). */
export const SIZE = { width: 680, height: 420 } as const;
/** The page's type, and what stands in for it where a file is looked at elsewhere. */
export const FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const TEXT = 12;

/** The rectangle data are drawn in. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A line of legend, maybe several: markup, and how high it is. */
export function legend(labels: readonly string[], palette: Palette): { markup: string; height: number } {
  if (labels.length < 2) return { markup: '', height: 0 };
  let [x, y]: [number, number] = [SIZE.width, 0];
  const parts = labels.map((label, i) => {
    const width = widthOf(label, TEXT) + 30;
    if (x + width > SIZE.width - 12) [x, y] = [64, y + 18];
    const own = `${marker(i, x, y + 2, palette)}${text(label, x + 10, y + 6, palette.ink)}`;
    x += width;
    return own;
  });
  return { markup: parts.join(''), height: y + 10 };
}

/** The mark of a series at a place: circle, square, diamond, triangle in turn, so that colour is not needed. */
export function marker(series: number, x: number, y: number, palette: Palette): string {
  const fill = palette.series[series % palette.series.length];
  const r = 4;
  const shape = (points: readonly (readonly [number, number])[]): string =>
    element('path', {
      d: `M${points.map(([dx, dy]) => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`).join('L')}Z`,
      fill,
    });
  switch (series % 4) {
    case 0:
      return element('circle', { cx: x, cy: y, r, fill });
    case 1:
      return element('rect', { x: x - r, y: y - r, width: 2 * r, height: 2 * r, fill });
    case 2:
      return shape([
        [0, -5.5],
        [5.5, 0],
        [0, 5.5],
        [-5.5, 0],
      ]);
    default:
      return shape([
        [0, -5],
        [5, 4],
        [-5, 4],
      ]);
  }
}

export function text(
  content: string,
  x: number,
  y: number,
  fill: string,
  more: Readonly<Record<string, string | number | undefined>> = {},
): string {
  return element('text', { x, y, fill, 'font-size': TEXT, ...more }, escaped(content));
}

/** Grid, ticks and names of both axes. */
export function axes(
  area: Area,
  { x, y }: { x: LaidAxis; y: LaidAxis },
  labels: { x: Axis; y: Axis },
  palette: Palette,
): string {
  const { left, top, width, height } = area;
  const bottom = top + height;
  const horizontal = y.ticks.map(({ share, label }) => {
    const at = bottom - share * height;
    return (
      element('line', { x1: left, x2: left + width, y1: at, y2: at, stroke: palette.grid }) +
      text(label, left - 8, at + 4, palette.quiet, { 'text-anchor': 'end' })
    );
  });
  const room = width / Math.max(1, x.ticks.length);
  const slanted = x.ticks.some(({ label }) => widthOf(label, TEXT) > room - 6);
  const vertical = x.ticks.map(({ share, label }) => {
    const at = left + share * width;
    const tick = element('line', { x1: at, x2: at, y1: bottom, y2: bottom + 4, stroke: palette.quiet });
    const place = slanted
      ? { 'text-anchor': 'end', transform: `rotate(-24 ${at.toFixed(1)} ${(bottom + 16).toFixed(1)})` }
      : { 'text-anchor': 'middle' };
    return tick + text(label, at, bottom + 17, palette.quiet, place);
  });
  const gap = x.gap === null ? '' : broken(left + x.gap * width, bottom, palette);
  const base = element('line', { x1: left, x2: left + width, y1: bottom, y2: bottom, stroke: palette.quiet });
  const names = [
    text(labels.x.label, left + width / 2, SIZE.height - 8, palette.ink, { 'text-anchor': 'middle' }),
    text(labels.y.label, 0, 0, palette.ink, {
      'text-anchor': 'middle',
      transform: `translate(16 ${(top + height / 2).toFixed(1)}) rotate(-90)`,
    }),
  ];
  return [...horizontal, base, gap, ...vertical, ...names].join('');
}

/** Two strokes where an axis is broken. */
function broken(x: number, y: number, palette: Palette): string {
  return [-3, 3]
    .map((d) =>
      element('line', { x1: x + d - 3, x2: x + d + 3, y1: y + 5, y2: y - 5, stroke: palette.quiet }),
    )
    .join('');
}

/** Dashed lines at published values, named at their end. */
export function marks(
  all: readonly Mark[],
  area: Area,
  { x, y }: { x: LaidAxis; y: LaidAxis },
  palette: Palette,
): string {
  const { left, top, width, height } = area;
  const dashes = { stroke: palette.ink, 'stroke-dasharray': '5 4', opacity: '0.65' };
  return all
    .map(({ axis, value, label }) => {
      const share = (axis === 'x' ? x : y).share(value);
      if (share === null) return '';
      if (axis === 'x') {
        const at = left + share * width;
        const line = element('line', { x1: at, x2: at, y1: top, y2: top + height, ...dashes });
        return line + text(label, at + 4, top + 12, palette.ink, { 'font-size': 11 });
      }
      const at = top + (1 - share) * height;
      const line = element('line', { x1: left, x2: left + width, y1: at, y2: at, ...dashes });
      const above = { 'font-size': 11, 'text-anchor': 'end' };
      return line + text(label, left + width - 4, at - 4, palette.ink, above);
    })
    .join('');
}
