import { type DrawingColours, seriesColour } from '../colours';
import { SeriesMark } from '../marks';
import { tenth } from '../text';
import { AxesFrame } from './AxesFrame';
import { type AxisLayout, type AxisPlot, type PlotPosition, runOffset, seriesOffset } from './layout';
import type { LinesPlot, PointsPlot, ScatterPlot } from './types';

interface PictureProps<Plot> {
  plot: Plot;
  layout: AxisLayout;
  colours: DrawingColours;
}

/** A plot with axes, as the content of an <svg> of the layout's size. */
export function AxisPicture({ plot, layout, colours }: PictureProps<AxisPlot>) {
  return (
    <>
      <AxesFrame plot={plot} layout={layout} colours={colours} />
      {plot.kind === 'points' ? (
        <PointsPicture plot={plot} layout={layout} colours={colours} />
      ) : plot.kind === 'lines' ? (
        <LinesPicture plot={plot} layout={layout} colours={colours} />
      ) : (
        <ScatterPicture plot={plot} layout={layout} colours={colours} />
      )}
    </>
  );
}

const listed = (places: readonly PlotPosition[]): string =>
  places.map(({ x, y }) => `${tenth(x)},${tenth(y)}`).join(' ');

/** Means with their intervals, the runs behind them as dots beside, joined where the x axis is one of numbers. */
function PointsPicture({ plot, layout, colours }: PictureProps<PointsPlot>) {
  const { at, area } = layout;
  const foot = area.top + area.height;
  return plot.series.map(({ label, points }, s) => {
    const shift = seriesOffset(plot, s, layout);
    const colour = seriesColour(colours, s);
    const path = plot.x.scale === 'category' ? [] : points.flatMap(({ x, mean }) => at(x, mean.value) ?? []);
    return (
      <g key={`${s} ${label}`}>
        {path.length > 1 && (
          <polyline
            points={listed(path.map(({ x, y }) => ({ x: x + shift, y })))}
            fill="none"
            stroke={colour}
            strokeWidth={1.75}
            strokeOpacity={0.55}
          />
        )}
        {points.map(({ x, mean, runs }) => {
          const [middle, low, high] = [mean.value, mean.low, mean.high].map((value) =>
            Number.isFinite(value) ? at(x, value) : null,
          );
          return (
            <g key={x}>
              {runs.map(({ value }, i) => {
                const place = at(x, value);
                return (
                  place && (
                    <circle
                      key={i}
                      cx={tenth(place.x + shift + runOffset(i))}
                      cy={tenth(place.y)}
                      r={2.2}
                      fill={colour}
                      fillOpacity={0.55}
                    />
                  )
                );
              })}
              {middle && high && (
                <path
                  d={`M${tenth(middle.x + shift - 4)} ${tenth(high.y)}h8m-4 0V${tenth(low?.y ?? foot)}${low ? 'm-4 0h8' : ''}`}
                  fill="none"
                  stroke={colour}
                  strokeWidth={1.75}
                />
              )}
              {middle && <SeriesMark series={s} x={middle.x + shift} y={middle.y} fill={colour} />}
            </g>
          );
        })}
      </g>
    );
  });
}

/** Pieces of a line between the places where it has no value. */
function pieces(
  xs: readonly number[],
  ys: readonly (number | null)[],
  at: AxisLayout['at'],
): PlotPosition[][] {
  const found: PlotPosition[][] = [[]];
  xs.forEach((x, i) => {
    const y = ys[i];
    const place = y === null ? null : at(x, y);
    if (place) found.at(-1)?.push(place);
    else found.push([]);
  });
  return found.filter((piece) => piece.length > 0);
}

/** Lines over steps, each with its band where it has limits throughout. */
function LinesPicture({ plot, layout, colours }: PictureProps<LinesPlot>) {
  const { at } = layout;
  return plot.lines.map(({ label, x, y, low, high }, s) => {
    const [lows, highs] = [pieces(x, low ?? [], at), pieces(x, high ?? [], at)];
    const colour = seriesColour(colours, s);
    return (
      <g key={`${s} ${label}`}>
        {low && high && lows.length === 1 && highs.length === 1 && (
          <polygon points={listed([...lows[0], ...highs[0].toReversed()])} fill={colour} fillOpacity={0.15} />
        )}
        {pieces(x, y, at).map((piece) =>
          piece.length === 1 ? (
            <SeriesMark key={piece[0].x} series={s} x={piece[0].x} y={piece[0].y} fill={colour} small />
          ) : (
            <polyline
              key={piece[0].x}
              points={listed(piece)}
              fill="none"
              stroke={colour}
              strokeWidth={1.75}
            />
          ),
        )}
      </g>
    );
  });
}

/** More points than this are drawn small. */
const MANY = 60;

/** Points of two numbers, with the lines fitted to them: power laws where both axes are logarithmic. */
function ScatterPicture({ plot, layout, colours }: PictureProps<ScatterPlot>) {
  const { at, area, text } = layout;
  const xs = plot.sets
    .flatMap(({ points }) => points.map(({ x }) => x))
    .filter((x) => plot.x.scale !== 'log' || x > 0);
  const power = plot.x.scale === 'log' && plot.y.scale === 'log';
  return (
    <>
      {plot.sets.map(({ label, points }, s) => (
        <g key={`${s} ${label}`} opacity={0.8}>
          {points.map(({ x, y }, i) => {
            const place = at(x, y);
            return (
              place && (
                <SeriesMark
                  key={i}
                  series={s}
                  {...place}
                  fill={seriesColour(colours, s)}
                  small={points.length > MANY}
                />
              )
            );
          })}
        </g>
      ))}
      {plot.fits.map(({ label, slope, intercept }, i) => {
        const [a, b] = [Math.min(...xs), Math.max(...xs)].map((x) =>
          at(x, power ? Math.exp(intercept) * x ** slope : intercept + slope * x),
        );
        if (!a || !b) return null;
        const colour = seriesColour(colours, i);
        return (
          <g key={`${i} ${label}`}>
            <line
              x1={tenth(a.x)}
              y1={tenth(a.y)}
              x2={tenth(b.x)}
              y2={tenth(b.y)}
              stroke={colour}
              strokeWidth={1.5}
              strokeDasharray="2 3"
            />
            <text
              x={tenth(area.left + 8)}
              y={tenth(area.top + (1.2 + 1.34 * i) * text)}
              fontSize={text}
              fill={colour}
            >
              {label}
            </text>
          </g>
        );
      })}
    </>
  );
}
