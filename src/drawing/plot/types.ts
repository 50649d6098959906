import type { NumberFormat } from '../format';

/** A mean, difference or slope with its interval (95 % unless said otherwise); limits are NaN where n is too small for one. */
export interface EstimateInterval {
  value: number;
  low: number;
  high: number;
  n: number;
}

/** An axis. `log` axes hold positive values and, at their foot apart from the rest, 0; `category` axes name their places in order. */
export type PlotAxis =
  | { scale: 'linear' | 'log'; label: string; format: NumberFormat }
  | { scale: 'category'; label: string; categories: readonly string[] };

/** A published value drawn in: a line across the plot at a value of one axis. */
export interface PublishedMark {
  axis: 'x' | 'y';
  value: number;
  label: string;
}

/** One run's value: `trial` finds its result, and so its link to the lab. */
export interface RunValue {
  value: number;
  trial: string;
}

/** A mean with its interval at one place of the x axis, and the runs behind it. */
export interface PlotPoint {
  x: number | string;
  mean: EstimateInterval;
  runs: readonly RunValue[];
}

interface Described {
  id: string;
  title: string;
  /** What a bar, band or dot is, and n. */
  about: string;
}

/** Means with intervals over a factor; points of a series are joined where the x axis is one of numbers. */
export interface PointsPlot extends Described {
  kind: 'points';
  x: PlotAxis;
  y: PlotAxis;
  series: readonly { label: string; points: readonly PlotPoint[] }[];
  marks: readonly PublishedMark[];
}

/** Lines over steps (or anything that goes on), each with a band where `low` and `high` are given. */
export interface LinesPlot extends Described {
  kind: 'lines';
  x: PlotAxis;
  y: PlotAxis;
  lines: readonly {
    label: string;
    x: readonly number[];
    y: readonly (number | null)[];
    low?: readonly (number | null)[];
    high?: readonly (number | null)[];
    trial?: string;
  }[];
  marks: readonly PublishedMark[];
}

/** A table of numbers as colours, each written in its cell; null where there is none. */
export interface HeatPlot extends Described {
  kind: 'heat';
  rows: { label: string; names: readonly string[] };
  columns: { label: string; names: readonly string[] };
  values: readonly (readonly (number | null)[])[];
  format: NumberFormat;
  /** What the colours stand for. */
  label: string;
}

/** Points of two numbers, with straight lines (on log axes: power laws y = factor·x^slope). */
export interface ScatterPlot extends Described {
  kind: 'scatter';
  x: PlotAxis;
  y: PlotAxis;
  sets: readonly { label: string; points: readonly { x: number; y: number; trial?: string }[] }[];
  /** On two log axes y = exp(intercept)·x^slope, else y = intercept + slope·x. */
  fits: readonly { label: string; slope: number; intercept: number }[];
  marks: readonly PublishedMark[];
}

/** A plot as data: drawn by svg.ts, and by the page in its own frame. */
export type PlotData = PointsPlot | LinesPlot | HeatPlot | ScatterPlot;

/** The table behind a plot. Cells of a column with a format are numbers (null: none), others words. */
export interface PlotTable {
  id: string;
  title: string;
  columns: readonly { label: string; format?: NumberFormat }[];
  rows: readonly (readonly (string | number | null)[])[];
}
