import { plotScale, type PlotScale } from '../../../experiments/plot/axis';
import type { LinesPlot, PlotData, PointsPlot, ScatterPlot } from '../../../experiments/plot/types';

/** Plots with two axes. */
export type AxisPlot = PointsPlot | LinesPlot | ScatterPlot;

export interface PlotPosition {
  x: number;
  y: number;
}

/** A plot laid out in a box of CSS pixels. */
export interface PlotGeometry {
  left: number;
  top: number;
  width: number;
  height: number;
  x: PlotScale;
  y: PlotScale;
  /** Tick labels of the x axis slope where they would not fit side by side. */
  slanted: boolean;
  /** Where a pair of values is drawn; null where an axis has no place for one. */
  at: (x: number | string, y: number) => PlotPosition | null;
}

const CHARACTER = 6.6;
/** Room for the first and last letters of tick labels. */
const EDGE = 14;

/** Values that decide the range of an axis: data with their limits and runs, and published values. */
export function valuesAlong(plot: AxisPlot, axis: 'x' | 'y'): number[] {
  const found: (number | string | null)[] = plot.marks
    .filter((mark) => mark.axis === axis)
    .map(({ value }) => value);
  switch (plot.kind) {
    case 'points':
      for (const { points } of plot.series)
        for (const { x, mean, runs } of points)
          found.push(
            ...(axis === 'x' ? [x] : [mean.value, mean.low, mean.high, ...runs.map((r) => r.value)]),
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

/** Lays a plot out in a box. */
export function layOutPlot(plot: AxisPlot, box: { width: number; height: number }): PlotGeometry {
  const x = plotScale(plot.x, valuesAlong(plot, 'x'), Math.max(2, Math.floor(box.width / 80)));
  const y = plotScale(plot.y, valuesAlong(plot, 'y'), Math.max(2, Math.floor(box.height / 56)));
  const widest = (labels: readonly { label: string }[]): number =>
    Math.max(0, ...labels.map(({ label }) => label.length * CHARACTER));
  const left = 12 + Math.min(88, widest(y.ticks));
  const width = box.width - left - EDGE;
  const slanted = widest(x.ticks) > width / Math.max(1, x.ticks.length) - 6;
  const below = slanted ? 16 + Math.min(96, 0.45 * widest(x.ticks)) : 24;
  const top = 10;
  const height = box.height - top - below;
  return {
    ...{ left, top, width, height, x, y, slanted },
    at: (a, b) => {
      const [across, up] = [x.share(a), y.share(b)];
      return across === null || up === null ? null : { x: left + across * width, y: top + (1 - up) * height };
    },
  };
}

/** Labels of the series, lines or sets of a plot. */
export function seriesLabels(plot: PlotData): string[] {
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

/** Sideways shift of a series among those that share a place, in pixels. */
export function seriesOffset(plot: AxisPlot, series: number, { width }: Pick<PlotGeometry, 'width'>): number {
  if (plot.kind !== 'points') return 0;
  const { length } = plot.series;
  const room = plot.x.scale === 'category' ? width / Math.max(1, plot.x.categories.length) : 36;
  return (series - (length - 1) / 2) * Math.min(12, (0.6 * room) / length);
}

/** Sideways shift of a run beside its mean, so that equal ones are told apart. */
export const runOffset = (run: number): number => 7 + 3 * ((run * 7) % 5) * 0.5;
