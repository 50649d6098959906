import { formatNumber } from '../format';
import { textWidth, wrapText } from '../text';
import { plotScale, type PlotScale } from './axes';
import type { HeatPlot, LinesPlot, PlotData, PointsPlot, ScatterPlot } from './types';

/** Plots with two axes. */
export type AxisPlot = PointsPlot | LinesPlot | ScatterPlot;

/** A place in a drawing, in pixels from its top left corner. */
export interface PlotPosition {
  x: number;
  y: number;
}

/** What a plot is laid out for, in pixels: the drawing's width, the height of the rectangle data are drawn in, and the type size. */
export interface PlotBox {
  width: number;
  dataHeight: number;
  text: number;
}

/** The rectangle data are drawn in. */
export interface PlotRectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A name in the legend, with the place of its mark; the text begins beside it, one line under the other. */
export interface LegendEntry extends PlotPosition {
  lines: readonly string[];
}

/** A plot with axes, laid out: all that is needed to draw it, and to find what is drawn where. */
export interface AxisLayout {
  width: number;
  height: number;
  text: number;
  area: PlotRectangle;
  legend: readonly LegendEntry[];
  /** The name of the y axis above it, a line each, and the height of the first line's foot. */
  yName: { lines: readonly string[]; y: number };
  xName: { lines: readonly string[]; y: number };
  x: PlotScale;
  y: PlotScale;
  /** Labels of the x axis, a text of one or more lines each. */
  xLabels: readonly (readonly string[])[];
  /** Labels of the x axis slope where they would not fit side by side. */
  slanted: boolean;
  /** Where a pair of values is drawn; null where an axis has no place for one. */
  at: (x: number | string, y: number) => PlotPosition | null;
}

/** A heat map laid out: rows of one height, columns as wide as their names and numbers need. */
export interface HeatLayout {
  width: number;
  height: number;
  text: number;
  area: PlotRectangle;
  /** Where each column begins and how wide its cells are. */
  columns: readonly { left: number; width: number }[];
  rowHeight: number;
  /** What rows, columns and colours are, a line each. */
  about: readonly string[];
  /** Names of the columns above them, a text of one or more lines each. */
  columnLines: readonly (readonly string[])[];
  /** Lowest and highest value; their middle is taken where there is only one. */
  range: readonly [number, number];
}

/** Room right of the last tick for half its label. */
const RIGHT = 16;
/** How far sloping labels lean: −24°. */
export const SLANT_DEGREES = -24;
const SLANT = { across: 0.914, down: 0.407 };
/** A label of the x axis may take so many lines before all of them slope. */
const MOST_LINES = 3;

const lineHeight = (text: number): number => Math.round(1.34 * text);

/** Values that decide the range of an axis: data with their limits and runs, and published values. */
function valuesAlong(plot: AxisPlot, axis: 'x' | 'y'): number[] {
  const found: (number | string | null)[] = plot.marks
    .filter((mark) => mark.axis === axis)
    .map(({ value }) => value);
  switch (plot.kind) {
    case 'points':
      for (const { points } of plot.series)
        for (const { x, mean, runs } of points)
          found.push(
            ...(axis === 'x' ? [x] : [mean.value, mean.low, mean.high, ...runs.map((run) => run.value)]),
          );
      break;
    case 'lines':
      for (const line of plot.lines)
        found.push(...(axis === 'x' ? line.x : [...line.y, ...(line.low ?? []), ...(line.high ?? [])]));
      break;
    case 'scatter':
      for (const { points } of plot.sets) found.push(...points.map((point) => point[axis]));
  }
  // Limits of an interval may be below 0, where a logarithmic axis has no place for them.
  const positive = axis === 'y' && plot.y.scale === 'log';
  return found.filter(
    (value): value is number =>
      typeof value === 'number' && Number.isFinite(value) && !(positive && value <= 0),
  );
}

/** Labels of the series, lines or sets of a plot. */
function seriesLabels(plot: PlotData): string[] {
  switch (plot.kind) {
    case 'points':
      return plot.series.map(({ label }) => label);
    case 'lines':
      return plot.lines.map(({ label }) => label);
    case 'scatter':
      return plot.sets.map(({ label }) => label);
    case 'heat':
      return [];
  }
}

/** Names side by side as far as there is room, then in a further row; and how high all of them are. */
function layOutLegend(
  labels: readonly string[],
  { width, text }: Pick<PlotBox, 'width' | 'text'>,
): { entries: LegendEntry[]; height: number } {
  if (labels.length < 2) return { entries: [], height: 0 };
  const row = lineHeight(text) + 2;
  const [before, after] = [18, 16];
  const entries: LegendEntry[] = [];
  let [x, y, deepest] = [0, 0, 1];
  for (const label of labels) {
    const lines = wrapText(label, text, width - before);
    const own = before + Math.max(0, ...lines.map((line) => textWidth(line, text)));
    if (x > 0 && x + own > width) [x, y, deepest] = [0, y + deepest * row, 1];
    entries.push({ x: x + 5, y: y + row / 2, lines });
    deepest = Math.max(deepest, lines.length);
    x += own + after;
  }
  return { entries, height: y + deepest * row + 4 };
}

/** Lays out a plot with two axes in a box; its height follows from what stands around the data. */
export function layOutAxes(plot: AxisPlot, box: PlotBox): AxisLayout {
  const { width: full, dataHeight: height, text } = box;
  const row = lineHeight(text);
  const legend = layOutLegend(seriesLabels(plot), box);
  const yLines = wrapText(plot.y.label, text, full);
  const top = legend.height + yLines.length * row + 8;

  const y = plotScale(plot.y, valuesAlong(plot, 'y'), Math.max(2, Math.floor(height / (4.5 * text))));
  const yRoom = Math.max(0, ...y.ticks.map(({ label }) => textWidth(label, text)));
  let left = 10 + Math.min(0.25 * full, yRoom);
  const x = plotScale(
    plot.x,
    valuesAlong(plot, 'x'),
    Math.max(2, Math.floor((full - left - RIGHT) / (5.5 * text))),
  );
  const room = (full - left - RIGHT) / Math.max(1, x.ticks.length) - 6;
  const wrapped = x.ticks.map(({ label }) =>
    plot.x.scale === 'category' ? wrapText(label, text, room) : [label],
  );
  const slanted = wrapped.some(
    (lines) => lines.length > MOST_LINES || lines.some((line) => textWidth(line, text) > room),
  );
  const xLabels = slanted ? x.ticks.map(({ label }) => [label]) : wrapped;
  if (slanted) {
    // Sloping labels end at their tick: what stands left of it needs room there.
    const width = full - left - RIGHT;
    const beyond = x.ticks.map(
      ({ share, label }) => SLANT.across * textWidth(label, text) - share * width - left,
    );
    left += Math.min(0.3 * full, Math.max(0, ...beyond) * 1.1);
  }
  const width = Math.max(1, full - left - RIGHT);
  const below = slanted
    ? 10 + row + SLANT.down * Math.max(0, ...x.ticks.map(({ label }) => textWidth(label, text)))
    : 8 + row * Math.max(1, ...xLabels.map((lines) => lines.length));
  const xLines = wrapText(plot.x.label, text, full);
  const foot = top + height + below;
  return {
    width: full,
    height: Math.ceil(foot + xLines.length * row + 6),
    text,
    area: { left, top, width, height },
    legend: legend.entries,
    yName: { lines: yLines, y: legend.height + text },
    xName: { lines: xLines, y: foot + text },
    ...{ x, y, xLabels, slanted },
    at: (a, b) => {
      const [across, up] = [x.share(a), y.share(b)];
      return across === null || up === null ? null : { x: left + across * width, y: top + (1 - up) * height };
    },
  };
}

/** Lays out a heat map. It is as wide as its numbers need: the page lets it scroll where that is wider than the box. */
export function layOutHeat(plot: HeatPlot, box: PlotBox): HeatLayout {
  const { rows, columns, values, format, label } = plot;
  const { text } = box;
  const row = lineHeight(text);
  const widest = (texts: readonly string[]): number =>
    Math.max(0, ...texts.map((one) => textWidth(one, text)));
  const left = 10 + widest(rows.names);
  const numbers = widest(values.flat().map((value) => formatNumber(value, format)));
  const least = columns.names.map((name) => Math.max(numbers + 16, widest(name.split(' ')) + 10));
  const spare = box.width - left - least.reduce((sum, one) => sum + one, 0);
  // Where there is room to spare narrow columns take some of it, up to a width at which cells still look like cells.
  const more = Math.max(0, spare / Math.max(1, least.length));
  const widths = least.map((one) => Math.max(one, Math.min(one + more, 8 * text)));
  const laid = widths.map((width, c) => ({
    left: left + widths.slice(0, c).reduce((sum, before) => sum + before, 0),
    width,
  }));
  const across = widths.reduce((sum, one) => sum + one, 0);
  const rowHeight = Math.round(2.75 * text);
  const width = Math.max(box.width, Math.ceil(left + across));
  const about = wrapText(`Rows: ${rows.label}; columns: ${columns.label}. ${label}`, text, box.width);
  const columnLines = columns.names.map((name, c) => wrapText(name, text, widths[c] - 6));
  const top = (about.length + Math.max(1, ...columnLines.map((lines) => lines.length))) * row + 14;
  const known = values.flat().filter((value): value is number => value !== null && Number.isFinite(value));
  const area = {
    left,
    top,
    width: across,
    height: rows.names.length * rowHeight,
  };
  return {
    width,
    height: top + area.height + 4,
    text,
    area,
    columns: laid,
    rowHeight,
    about,
    columnLines,
    range: known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 0],
  };
}

/** The place of a cell's value among all, 0 for the lowest and 1 for the highest; a half where all are equal, 0 for none. */
export function heatShare(value: number | null, [low, high]: HeatLayout['range']): number {
  if (value === null || !Number.isFinite(value)) return 0;
  return high > low ? (value - low) / (high - low) : 0.5;
}

/** Sideways shift of a series among those that share a place, in pixels: so their intervals can be told apart. */
export function seriesOffset(plot: AxisPlot, series: number, { area }: Pick<AxisLayout, 'area'>): number {
  if (plot.kind !== 'points') return 0;
  const { length } = plot.series;
  const room = plot.x.scale === 'category' ? area.width / Math.max(1, plot.x.categories.length) : 36;
  return (series - (length - 1) / 2) * Math.min(12, (0.6 * room) / length);
}

/** Sideways shift of a run beside its mean, in pixels: equal values of several runs are told apart. */
export const runOffset = (run: number): number => 7 + 3 * ((run * 7) % 5) * 0.5;
