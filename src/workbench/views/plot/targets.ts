import { written, writtenInterval } from '../../../experiments/format';
import type { Axis } from '../../../experiments/plot/types';
import { aside, type Charted, type Geometry, type Place, shiftOf } from './geometry';

/** Something of a plot that can be pointed at or reached by keys: where it is, what it says, which runs are behind it. */
export interface Target extends Place {
  /** Targets of one series follow each other with ← and →; ↑ and ↓ change series. */
  group: number;
  text: string;
  trials: readonly string[];
}

/** Most targets of a line: a reader cannot tell more apart. */
const MOST_OF_LINE = 40;

const onAxis = (value: number | string, axis: Axis): string =>
  typeof value === 'string' || axis.scale === 'category'
    ? String(value)
    : `${axis.label} ${written(value, axis.format)}`;
const formatOf = (axis: Axis) => (axis.scale === 'category' ? 'number' : axis.format);

/** All targets of a plot with axes. */
export function targetsOf(plot: Charted, geometry: Geometry): Target[] {
  const { at } = geometry;
  switch (plot.kind) {
    case 'points':
      return plot.series.flatMap(({ label, points }, group) => {
        const shift = shiftOf(plot, group, geometry);
        return points.flatMap(({ x, mean, runs }): Target[] => {
          const where = `${label}, ${onAxis(x, plot.x)}`;
          const format = formatOf(plot.y);
          const middle = at(x, mean.value);
          const own = runs.flatMap(({ value, trial }, i): Target[] => {
            const place = at(x, value);
            return place
              ? [
                  {
                    ...place,
                    x: place.x + shift + aside(i),
                    group,
                    trials: [trial],
                    text: `${where}: ${written(value, format)}, one run`,
                  },
                ]
              : [];
          });
          if (!middle) return own;
          const text = `${where}: ${writtenInterval(mean, format)}, n = ${mean.n}`;
          return [
            { ...middle, x: middle.x + shift, group, text, trials: runs.map(({ trial }) => trial) },
            ...own,
          ];
        });
      });
    case 'lines':
      return plot.lines.flatMap((line, group) => {
        const every = Math.max(1, Math.ceil(line.x.length / MOST_OF_LINE));
        return line.x.flatMap((x, i): Target[] => {
          const y = line.y[i];
          const place = y === null || (i % every !== 0 && i < line.x.length - 1) ? null : at(x, y);
          if (!place || y === null) return [];
          const text = `${line.label}, ${onAxis(x, plot.x)}: ${written(y, formatOf(plot.y))}`;
          return [{ ...place, group, text, trials: line.trial === undefined ? [] : [line.trial] }];
        });
      });
    case 'scatter':
      return plot.sets.flatMap(({ label, points }, group) =>
        points.flatMap(({ x, y, trial }): Target[] => {
          const place = at(x, y);
          const text = `${label}: ${onAxis(x, plot.x)}, ${onAxis(y, plot.y)}`;
          return place ? [{ ...place, group, text, trials: trial === undefined ? [] : [trial] }] : [];
        }),
      );
  }
}

/** The target an arrow key leads to from one; itself where there is none that way. */
export function stepFrom(targets: readonly Target[], from: number, key: string): number {
  const here = targets[from];
  const nearest = (
    wanted: (one: Target, i: number) => boolean,
    distance: (one: Target) => number,
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
