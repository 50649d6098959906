import type { LineBundle, LineChartProps } from './lineChartProps';
import { groupedInteger } from '../../../drawing/format';
import { finiteExtent, minMax, type LinePoint, type SeriesRows, sampleRows } from './decimate';
import type { DrawnBundle, DrawnLine } from '../ChartPlot';
import { type AxisScale, fittedAxis } from '../../../drawing/scale';
import type { ChartLine } from './chartLine';

export interface ChartDrawing {
  /** The sources as shown: mapped where the log axis shows another quantity. */
  sources: ChartLine[];
  lines: DrawnLine[];
  bundles: DrawnBundle[];
  y: AxisScale;
  empty: boolean;
  /** Labelled lines that a log axis cannot show at present. */
  zeros: string[];
}

interface Room {
  log: boolean;
  /** Last step on the x axis. */
  end: number;
  width: number;
  height: number;
  type: number;
}

/** On a log axis a mark further below the data than this factor is named at the foot instead of stretching the axis. */
const NEAR = 3;

const through = (rows: SeriesRows, map: (value: number) => number) => (row: number) => map(rows.valueAt(row));
const positive = (value: number): number => (value > 0 ? value : NaN);

/** What a chart draws: decimated lines and the axis that holds them. */
export function chartDrawing(
  props: Pick<
    LineChartProps,
    'sources' | 'bundles' | 'references' | 'logView' | 'fit' | 'fitFrom' | 'least' | 'numbers'
  >,
  { log, end, width, height, type }: Room,
): ChartDrawing {
  const { logView, references = [], bundles = [] } = props;
  const sources = !log
    ? props.sources
    : props.sources.map((line) => ({
        ...line,
        valueAt: logView ? through(line, logView.map) : line.valueAt,
        topAt: undefined,
      }));
  const draw = (rows: SeriesRows, smooth = false): LinePoint[] => {
    const shown = log ? { ...rows, valueAt: through(rows, positive) } : rows;
    return (smooth ? sampleRows : minMax)(shown, 0, end, width);
  };
  const points = sources.map((line) =>
    draw(line.topAt ? { ...line, valueAt: line.topAt } : line, line.smooth),
  );
  const lines = sources.map(({ id, colour, look, topAt }, i): DrawnLine => {
    const line = { id, colour, look, points: points[i] };
    if (!topAt) return line;
    const below = i > 0 && sources[i - 1].topAt ? points[i - 1] : null;
    return { ...line, foot: points[i].map(({ x }, k) => (below ? heightAt(below, x, k) : 0)) };
  });
  const drawnBundles = bundles.map(({ rows, ...face }: LineBundle) => ({
    ...face,
    lines: rows.map((r) => draw(r, true)),
  }));
  const seen = [...points, ...drawnBundles.flatMap((bundle) => bundle.lines)];
  const early = log ? 0 : (props.fitFrom ?? 0);
  const range = finiteExtent([...seen.map((line) => (early ? line.filter((p) => p.x >= early) : line))]);
  const near = references
    .map(({ value }) => value)
    .filter((value) => !log || !range || value > range[0] / NEAR);
  // A mark that is off the axis is named at its foot, and needs room there.
  if (range && near.length < references.length) range[0] /= 1.5;
  if (range && !log) widen(range, props.least ?? 0);
  const wide = range && near.length ? finiteExtent([[...range, ...near].map((y) => ({ x: end, y }))]) : range;
  return {
    sources,
    lines,
    bundles: drawnBundles,
    y: fittedAxis(wide, {
      log,
      fit: props.fit ?? 'zero',
      count: Math.max(2, Math.round(height / (34 * type))),
      format: props.numbers,
    }),
    empty: !seen.some((line) => line.length),
    zeros: log
      ? sources.flatMap((s) => (s.label !== null && s.n > 0 && s.valueAt(s.n - 1) <= 0 ? [s.label] : []))
      : [],
  };
}

/** The height of a drawn line at x; `at` is where its point is found where both lines have the same. Null where it has none. */
function heightAt(points: readonly LinePoint[], x: number, at: number): number | null {
  const point = points[at]?.x === x ? points[at] : points.find((one) => one.x === x);
  return point?.y ?? null;
}

/** Makes a range at least `least` wide, about its middle. */
function widen(range: [number, number], least: number): void {
  const lack = least - (range[1] - range[0]);
  if (lack <= 0) return;
  range[0] -= lack / 2;
  range[1] += lack / 2;
}

/** The chart in a sentence: last value, smallest and largest of each labelled line. */
export function chartSummary(
  { sources, lines }: Pick<ChartDrawing, 'sources' | 'lines'>,
  format: (value: number) => string,
  step: number,
): string {
  const parts = sources.flatMap((line, i) => {
    const range = finiteExtent([line.topAt ? [] : lines[i].points]);
    if (line.label === null || !line.n) return [];
    const last = format(line.valueAt(line.n - 1));
    const within = range ? `, between ${format(range[0])} and ${format(range[1])}` : '';
    return `${line.label} ${last}${within}`;
  });
  return `At step ${groupedInteger(step)}: ${parts.join('; ')}.`;
}
