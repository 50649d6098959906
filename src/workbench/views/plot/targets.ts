import { formatInterval, formatNumber } from '../../../drawing/format';
import {
  type AxisLayout,
  type AxisPlot,
  type HeatLayout,
  type PlotPosition,
  runOffset,
  seriesOffset,
} from '../../../drawing/plot/layout';
import type { LaidOutPlot } from '../../../drawing/plot/PlotPicture';
import type { HeatPlot, PlotAxis } from '../../../drawing/plot/types';

/** Something of a plot that can be pointed at or reached by keys: where its middle is, what it says, which runs are behind it. */
export interface PlotTarget extends PlotPosition {
  /** Targets of one series follow each other with ← and →; ↑ and ↓ change series. */
  group: number;
  text: string;
  trials: readonly string[];
  /** The size of a cell of a heat map; absent for points. */
  cell?: { width: number; height: number };
}

/** Most targets of a line: a reader cannot tell more apart. */
const MOST_OF_LINE = 40;

const onAxis = (value: number | string, axis: PlotAxis): string =>
  typeof value === 'string' || axis.scale === 'category'
    ? String(value)
    : `${axis.label} ${formatNumber(value, axis.format)}`;
const formatOf = (axis: PlotAxis) => (axis.scale === 'category' ? 'number' : axis.format);

/** All targets of a laid out plot. */
export function targetsOf(laidOut: LaidOutPlot): PlotTarget[] {
  return laidOut.kind === 'heat'
    ? cellsOf(laidOut.plot, laidOut.layout)
    : pointsOf(laidOut.plot, laidOut.layout);
}

/** The cells of a heat map, row by row. */
function cellsOf(
  { rows, columns, values, format }: HeatPlot,
  { area, columns: places, rowHeight }: HeatLayout,
): PlotTarget[] {
  return rows.names.flatMap((row, r) =>
    columns.names.map((column, c) => ({
      x: places[c].left + places[c].width / 2,
      y: area.top + (r + 0.5) * rowHeight,
      group: r,
      text: `${row}, ${column}: ${formatNumber(values[r]?.[c] ?? null, format)}`,
      trials: [],
      cell: { width: places[c].width, height: rowHeight },
    })),
  );
}

/** The points of a plot with axes: means before their runs, a line's points thinned to what a reader can tell apart. */
function pointsOf(plot: AxisPlot, layout: AxisLayout): PlotTarget[] {
  const { at } = layout;
  switch (plot.kind) {
    case 'points':
      return plot.series.flatMap(({ label, points }, group) => {
        const shift = seriesOffset(plot, group, layout);
        return points.flatMap(({ x, mean, runs }): PlotTarget[] => {
          const where = `${label}, ${onAxis(x, plot.x)}`;
          const format = formatOf(plot.y);
          const middle = at(x, mean.value);
          const own = runs.flatMap(({ value, trial }, i): PlotTarget[] => {
            const place = at(x, value);
            return place
              ? [
                  {
                    ...place,
                    x: place.x + shift + runOffset(i),
                    group,
                    trials: [trial],
                    text: `${where}: ${formatNumber(value, format)}, one run`,
                  },
                ]
              : [];
          });
          if (!middle) return own;
          const text = `${where}: ${formatInterval(mean, format)}, n = ${mean.n}`;
          return [
            { ...middle, x: middle.x + shift, group, text, trials: runs.map(({ trial }) => trial) },
            ...own,
          ];
        });
      });
    case 'lines':
      return plot.lines.flatMap((line, group) => {
        const every = Math.max(1, Math.ceil(line.x.length / MOST_OF_LINE));
        return line.x.flatMap((x, i): PlotTarget[] => {
          const y = line.y[i];
          const place = y === null || (i % every !== 0 && i < line.x.length - 1) ? null : at(x, y);
          if (!place || y === null) return [];
          const text = `${line.label}, ${onAxis(x, plot.x)}: ${formatNumber(y, formatOf(plot.y))}`;
          return [{ ...place, group, text, trials: line.trial === undefined ? [] : [line.trial] }];
        });
      });
    case 'scatter':
      return plot.sets.flatMap(({ label, points }, group) =>
        points.flatMap(({ x, y, trial }): PlotTarget[] => {
          const place = at(x, y);
          const text = `${label}: ${onAxis(x, plot.x)}, ${onAxis(y, plot.y)}`;
          return place ? [{ ...place, group, text, trials: trial === undefined ? [] : [trial] }] : [];
        }),
      );
  }
}

/** The target an arrow key leads to from one; itself where there is none that way. */
export function nextTarget(targets: readonly PlotTarget[], from: number, key: string): number {
  const here = targets[from];
  const nearest = (
    wanted: (one: PlotTarget, i: number) => boolean,
    distance: (one: PlotTarget) => number,
  ): number => {
    let [best, least] = [from, Infinity];
    targets.forEach((one, i) => {
      if (i === from || !wanted(one, i) || distance(one) >= least) return;
      [best, least] = [i, distance(one)];
    });
    return best;
  };
  switch (key) {
    case 'ArrowRight':
      return nearest(
        (one, i) => one.group === here.group && i > from,
        (one) => targets.indexOf(one),
      );
    case 'ArrowLeft':
      return nearest(
        (one, i) => one.group === here.group && i < from,
        (one) => -targets.indexOf(one),
      );
    case 'ArrowDown':
      return nearest(
        (one) => one.group > here.group,
        (one) => 1e4 * one.group + Math.abs(one.x - here.x),
      );
    case 'ArrowUp':
      return nearest(
        (one) => one.group < here.group,
        (one) => -1e4 * one.group + Math.abs(one.x - here.x),
      );
    case 'Home':
      return 0;
    case 'End':
      return targets.length - 1;
    default:
      return from;
  }
}
