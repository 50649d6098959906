import { formatNumber } from '../format';
import { plotScale, type PlotScale } from './axis';
import {
  type PlotRectangle,
  axesMarkup,
  PLOT_FONT,
  legendMarkup,
  LIGHT_COLOURS,
  markerMarkup,
  publishedMarkup,
  type PlotColours,
  PLOT_SIZE,
  textMarkup,
} from './frame';
import { svgElement, escapeMarkup, svgCoordinate, textWidth } from './text';
import type { HeatPlot, LinesPlot, PlotData, PointsPlot, ScatterPlot } from './types';

type Charted = PointsPlot | LinesPlot | ScatterPlot;

/** A plot as a picture: the markup of one <svg>, made without a document. */
export function plotMarkup(plot: PlotData, palette: PlotColours = LIGHT_COLOURS): string {
  const content = plot.kind === 'heat' ? heat(plot, palette) : chart(plot, palette);
  const { width, height } = PLOT_SIZE;
  return svgElement(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      'font-family': PLOT_FONT,
      role: 'img',
      'aria-label': `${plot.title}. ${plot.about}`,
    },
    `<title>${escapeMarkup(plot.title)}</title>${svgElement('rect', { width, height, fill: palette.paper })}${content}`,
  );
}

/** All values along an axis that decide its range: data and their limits, runs, published values. */
function valuesAlong(plot: Charted, axis: 'x' | 'y'): number[] {
  const data = ((): (number | string | null)[] => {
    switch (plot.kind) {
      case 'points':
        return plot.series.flatMap(({ points }) =>
          points.flatMap(({ x, mean, runs }) =>
            axis === 'x' ? [x] : [mean.value, mean.low, mean.high, ...runs.map(({ value }) => value)],
          ),
        );
      case 'lines':
        return plot.lines.flatMap((line) =>
          axis === 'x' ? [...line.x] : [...line.y, ...(line.low ?? []), ...(line.high ?? [])],
        );
      case 'scatter':
        return plot.sets.flatMap(({ points }) => points.map((point) => point[axis]));
    }
  })();
  const published = plot.marks.filter((mark) => mark.axis === axis).map(({ value }) => value);
  const positive = plot[axis].scale === 'log' && axis === 'y';
  // Limits of an interval may be below 0, where a log axis has no place for them.
  return [...data, ...published].filter(
    (value): value is number =>
      typeof value === 'number' && Number.isFinite(value) && !(positive && value <= 0),
  );
}

interface Drawn {
  area: PlotRectangle;
  palette: PlotColours;
  at: (x: number | string, y: number) => { x: number; y: number } | null;
}

function chart(plot: Charted, palette: PlotColours): string {
  const named = (plot.kind === 'points' ? plot.series : plot.kind === 'lines' ? plot.lines : plot.sets).map(
    ({ label }) => label,
  );
  const key = legendMarkup(named, palette);
  const laid = {
    x: plotScale(plot.x, valuesAlong(plot, 'x'), 8),
    y: plotScale(plot.y, valuesAlong(plot, 'y'), 6),
  };
  const area = areaOf(laid, key.height);
  const at: Drawn['at'] = (x, y) => {
    const [a, b] = [laid.x.share(x), laid.y.share(y)];
    return a === null || b === null
      ? null
      : { x: area.left + a * area.width, y: area.top + (1 - b) * area.height };
  };
  const drawn: Drawn = { area, palette, at };
  const data =
    plot.kind === 'points'
      ? points(plot, drawn)
      : plot.kind === 'lines'
        ? lines(plot, drawn)
        : scatter(plot, drawn);
  return (
    axesMarkup(area, laid, plot, palette) +
    publishedMarkup(plot.marks, area, laid, palette) +
    data +
    key.markup
  );
}

function areaOf({ x, y }: { x: PlotScale; y: PlotScale }, above: number): PlotRectangle {
  const widest = Math.max(0, ...y.ticks.map(({ label }) => textWidth(label, 12)));
  const left = 36 + Math.min(80, widest);
  const width = PLOT_SIZE.width - left - 16;
  const room = width / Math.max(1, x.ticks.length);
  const longest = Math.max(0, ...x.ticks.map(({ label }) => textWidth(label, 12)));
  // Slanted names reach down by the sine of their angle.
  const below = longest > room - 6 ? 34 + 0.42 * Math.min(longest, 220) : 44;
  const top = 16 + above;
  return { left, top, width, height: PLOT_SIZE.height - top - below };
}

const colour = (palette: PlotColours, i: number): string => palette.series[i % palette.series.length];

function points({ series, x: axis }: PointsPlot, { area, palette, at }: Drawn): string {
  const category = axis.scale === 'category';
  const room = category ? area.width / Math.max(1, axis.categories.length) : 40;
  return series
    .map(({ points: all }, s) => {
      // Series of one place stand side by side, so that their intervals can be told apart.
      const shift = (s - (series.length - 1) / 2) * Math.min(12, (0.6 * room) / series.length);
      const stroke = colour(palette, s);
      const parts = all.map(({ x, mean, runs }) => {
        const dots = runs.map(({ value }, i) => {
          const place = at(x, value);
          const aside = shift + 3 * (((i * 7) % 5) / 2 - 1);
          return place
            ? svgElement('circle', { cx: place.x + aside, cy: place.y, r: 2, fill: stroke, opacity: '0.45' })
            : '';
        });
        const [middle, low, high] = [mean.value, mean.low, mean.high].map((value) =>
          Number.isFinite(value) ? at(x, value) : null,
        );
        if (!middle) return dots.join('');
        const foot = area.top + area.height;
        const bar = high
          ? svgElement('line', {
              x1: middle.x + shift,
              x2: middle.x + shift,
              y1: low?.y ?? foot,
              y2: high.y,
              stroke,
              'stroke-width': '1.6',
            })
          : '';
        return dots.join('') + bar + markerMarkup(s, middle.x + shift, middle.y, palette);
      });
      const places = category ? [] : all.flatMap(({ x, mean }) => at(x, mean.value) ?? []);
      const line = places.map(({ x, y }) => `${svgCoordinate(x + shift)},${svgCoordinate(y)}`).join(' ');
      const joined =
        places.length > 1
          ? svgElement('polyline', { points: line, fill: 'none', stroke, opacity: '0.6' })
          : '';
      return joined + parts.join('');
    })
    .join('');
}

function lines({ lines: all }: LinesPlot, { palette, at }: Drawn): string {
  const path = (xs: readonly number[], ys: readonly (number | null)[]): { x: number; y: number }[][] => {
    const pieces: { x: number; y: number }[][] = [[]];
    xs.forEach((x, i) => {
      const y = ys[i];
      const place = y === null ? null : at(x, y);
      if (place) pieces.at(-1)?.push(place);
      else pieces.push([]);
    });
    return pieces.filter((piece) => piece.length > 0);
  };
  const written = (piece: readonly { x: number; y: number }[]): string =>
    piece.map(({ x, y }) => `${svgCoordinate(x)},${svgCoordinate(y)}`).join(' ');
  return all
    .map((line, i) => {
      const stroke = colour(palette, i);
      const [lows, highs] = [path(line.x, line.low ?? []), path(line.x, line.high ?? [])];
      const band =
        line.low && line.high && lows.length === 1 && highs.length === 1
          ? svgElement('polygon', {
              points: written([...lows[0], ...highs[0].reverse()]),
              fill: stroke,
              opacity: '0.15',
            })
          : '';
      const drawn = path(line.x, line.y).map((piece) =>
        piece.length === 1
          ? markerMarkup(i, piece[0].x, piece[0].y, palette)
          : svgElement('polyline', { points: written(piece), fill: 'none', stroke, 'stroke-width': '1.8' }),
      );
      return band + drawn.join('');
    })
    .join('');
}

function scatter({ sets, fits, x: xAxis, y: yAxis }: ScatterPlot, { area, palette, at }: Drawn): string {
  const dots = sets.map(({ points: all }, s) =>
    all
      .flatMap(({ x, y }) => at(x, y) ?? [])
      .map(({ x, y }) => svgElement('g', { opacity: '0.75' }, markerMarkup(s, x, y, palette)))
      .join(''),
  );
  const xs = sets
    .flatMap(({ points: all }) => all.map(({ x }) => x))
    .filter((x) => xAxis.scale !== 'log' || x > 0);
  const power = xAxis.scale === 'log' && yAxis.scale === 'log';
  const drawn = fits.map(({ label, slope, intercept }, i) => {
    const ends = [Math.min(...xs), Math.max(...xs)].map((x) =>
      at(x, power ? Math.exp(intercept) * x ** slope : intercept + slope * x),
    );
    const [a, b] = ends;
    if (!a || !b) return '';
    const line = svgElement('line', {
      x1: a.x,
      y1: a.y,
      x2: b.x,
      y2: b.y,
      stroke: colour(palette, i),
      'stroke-dasharray': '2 3',
    });
    return line + textMarkup(label, area.left + 8, area.top + 14 + 16 * i, colour(palette, i));
  });
  return dots.join('') + drawn.join('');
}

function heat({ rows, columns, values, format, label }: HeatPlot, palette: PlotColours): string {
  const left = 24 + Math.min(220, Math.max(0, ...rows.names.map((name) => textWidth(name, 12))));
  const area: PlotRectangle = {
    left,
    top: 40,
    width: PLOT_SIZE.width - left - 16,
    height: PLOT_SIZE.height - 104,
  };
  const [wide, high] = [
    area.width / Math.max(1, columns.names.length),
    area.height / Math.max(1, rows.names.length),
  ];
  const known = values.flat().filter((value): value is number => value !== null && Number.isFinite(value));
  const [lowest, highest] = [Math.min(...known), Math.max(...known)];
  const cells = values.flatMap((row, r) =>
    row.map((value, c) => {
      const share = value === null || highest === lowest ? 0.5 : (value - lowest) / (highest - lowest);
      const [x, y] = [area.left + c * wide, area.top + r * high];
      const box = { x: x + 1, y: y + 1, width: Math.max(0, wide - 2), height: Math.max(0, high - 2) };
      const paper = svgElement('rect', { ...box, fill: value === null ? palette.grid : palette.heat[0] });
      const tint =
        value === null
          ? ''
          : svgElement('rect', { ...box, fill: palette.heat[1], opacity: (0.85 * share).toFixed(3) });
      const ink = share > 0.6 && value !== null ? palette.heat[0] : palette.ink;
      return (
        paper +
        tint +
        textMarkup(formatNumber(value, format), x + wide / 2, y + high / 2 + 4, ink, {
          'text-anchor': 'middle',
        })
      );
    }),
  );
  const names = [
    ...rows.names.map((name, r) =>
      textMarkup(name, area.left - 8, area.top + (r + 0.5) * high + 4, palette.ink, { 'text-anchor': 'end' }),
    ),
    ...columns.names.map((name, c) =>
      textMarkup(name, area.left + (c + 0.5) * wide, area.top + area.height + 18, palette.ink, {
        'text-anchor': 'middle',
      }),
    ),
    textMarkup(columns.label, area.left + area.width / 2, PLOT_SIZE.height - 22, palette.quiet, {
      'text-anchor': 'middle',
    }),
    textMarkup(`${rows.label}: rows. ${label}`, area.left, 24, palette.quiet),
  ];
  return cells.join('') + names.join('');
}
