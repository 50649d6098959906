import { type PlotScale } from './axis';
import { svgElement, escapeMarkup, textWidth } from './text';
import type { PlotAxis, PublishedMark } from './types';

/** Colours of a plot. Any CSS colour will do, a variable too where the plot stands in a page. */
export interface PlotColours {
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
export const LIGHT_COLOURS: PlotColours = {
  ink: '#1f2328',
  quiet: '#59636e',
  grid: '#e3e6ea',
  paper: '#ffffff',
  series: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56b4e9', '#4d4d4d'],
  heat: ['#f2f6fa', '#0072b2'],
};

/** Width and height of a plot, in its own units (px at scale 1). */
export const PLOT_SIZE = { width: 680, height: 420 } as const;
/** The page's type, and what stands in for it where a file is looked at elsewhere. */
export const PLOT_FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const TEXT = 12;

/** The rectangle data are drawn in. */
export interface PlotRectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A line of legend, maybe several: markup, and how high it is. */
export function legendMarkup(
  labels: readonly string[],
  palette: PlotColours,
): { markup: string; height: number } {
  if (labels.length < 2) return { markup: '', height: 0 };
  let [x, y]: [number, number] = [PLOT_SIZE.width, 0];
  const parts = labels.map((label, i) => {
    const width = textWidth(label, TEXT) + 30;
    if (x + width > PLOT_SIZE.width - 12) [x, y] = [64, y + 18];
    const own = `${markerMarkup(i, x, y + 2, palette)}${textMarkup(label, x + 10, y + 6, palette.ink)}`;
    x += width;
    return own;
  });
  return { markup: parts.join(''), height: y + 10 };
}

/** The mark of a series at a place: circle, square, diamond, triangle in turn, so that colour is not needed. */
export function markerMarkup(series: number, x: number, y: number, palette: PlotColours): string {
  const fill = palette.series[series % palette.series.length];
  const r = 4;
  const shape = (points: readonly (readonly [number, number])[]): string =>
    svgElement('path', {
      d: `M${points.map(([dx, dy]) => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`).join('L')}Z`,
      fill,
    });
  switch (series % 4) {
    case 0:
      return svgElement('circle', { cx: x, cy: y, r, fill });
    case 1:
      return svgElement('rect', { x: x - r, y: y - r, width: 2 * r, height: 2 * r, fill });
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

export function textMarkup(
  content: string,
  x: number,
  y: number,
  fill: string,
  more: Readonly<Record<string, string | number | undefined>> = {},
): string {
  return svgElement('text', { x, y, fill, 'font-size': TEXT, ...more }, escapeMarkup(content));
}

/** Grid, ticks and names of both axes. */
export function axesMarkup(
  area: PlotRectangle,
  { x, y }: { x: PlotScale; y: PlotScale },
  labels: { x: PlotAxis; y: PlotAxis },
  palette: PlotColours,
): string {
  const { left, top, width, height } = area;
  const bottom = top + height;
  const horizontal = y.ticks.map(({ share, label }) => {
    const at = bottom - share * height;
    return (
      svgElement('line', { x1: left, x2: left + width, y1: at, y2: at, stroke: palette.grid }) +
      textMarkup(label, left - 8, at + 4, palette.quiet, { 'text-anchor': 'end' })
    );
  });
  const room = width / Math.max(1, x.ticks.length);
  const slanted = x.ticks.some(({ label }) => textWidth(label, TEXT) > room - 6);
  const vertical = x.ticks.map(({ share, label }) => {
    const at = left + share * width;
    const tick = svgElement('line', { x1: at, x2: at, y1: bottom, y2: bottom + 4, stroke: palette.quiet });
    const place = slanted
      ? { 'text-anchor': 'end', transform: `rotate(-24 ${at.toFixed(1)} ${(bottom + 16).toFixed(1)})` }
      : { 'text-anchor': 'middle' };
    return tick + textMarkup(label, at, bottom + 17, palette.quiet, place);
  });
  const gap = x.gap === null ? '' : broken(left + x.gap * width, bottom, palette);
  const base = svgElement('line', {
    x1: left,
    x2: left + width,
    y1: bottom,
    y2: bottom,
    stroke: palette.quiet,
  });
  const names = [
    textMarkup(labels.x.label, left + width / 2, PLOT_SIZE.height - 8, palette.ink, {
      'text-anchor': 'middle',
    }),
    textMarkup(labels.y.label, 0, 0, palette.ink, {
      'text-anchor': 'middle',
      transform: `translate(16 ${(top + height / 2).toFixed(1)}) rotate(-90)`,
    }),
  ];
  return [...horizontal, base, gap, ...vertical, ...names].join('');
}

/** Two strokes where an axis is broken. */
function broken(x: number, y: number, palette: PlotColours): string {
  return [-3, 3]
    .map((d) =>
      svgElement('line', { x1: x + d - 3, x2: x + d + 3, y1: y + 5, y2: y - 5, stroke: palette.quiet }),
    )
    .join('');
}

/** Dashed lines at published values, named at their end. */
export function publishedMarkup(
  all: readonly PublishedMark[],
  area: PlotRectangle,
  { x, y }: { x: PlotScale; y: PlotScale },
  palette: PlotColours,
): string {
  const { left, top, width, height } = area;
  const dashes = { stroke: palette.ink, 'stroke-dasharray': '5 4', opacity: '0.65' };
  return all
    .map(({ axis, value, label }) => {
      const share = (axis === 'x' ? x : y).share(value);
      if (share === null) return '';
      if (axis === 'x') {
        const at = left + share * width;
        const line = svgElement('line', { x1: at, x2: at, y1: top, y2: top + height, ...dashes });
        return line + textMarkup(label, at + 4, top + 12, palette.ink, { 'font-size': 11 });
      }
      const at = top + (1 - share) * height;
      const line = svgElement('line', { x1: left, x2: left + width, y1: at, y2: at, ...dashes });
      const above = { 'font-size': 11, 'text-anchor': 'end' };
      return line + textMarkup(label, left + width - 4, at - 4, palette.ink, above);
    })
    .join('');
}
