import type { LinesPlot, PointsPlot, ScatterPlot } from '../../../experiments/plot/types';
import styles from './Plot.module.css';
import { runOffset, type AxisPlot, type PlotGeometry, type PlotPosition, seriesOffset } from './geometry';

/** Colours are seven; marks four: together they tell more series apart than a plot should have. */
export const seriesColour = (series: number): string => `var(--series-${(series % 7) + 1})`;

/** The mark of a series: circle, square, diamond, triangle in turn. */
export function SeriesMarker({ series, x, y, small }: PlotPosition & { series: number; small?: boolean }) {
  const r = small ? 2.5 : 4.5;
  const shapes = [
    `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
    `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`,
    `M${x} ${y - 1.3 * r}L${x + 1.3 * r} ${y}L${x} ${y + 1.3 * r}L${x - 1.3 * r} ${y}Z`,
    `M${x} ${y - 1.2 * r}L${x + 1.2 * r} ${y + r}L${x - 1.2 * r} ${y + r}Z`,
  ];
  return <path d={shapes[series % 4]} fill={seriesColour(series)} />;
}

/** Grid, ticks, the break before 0, and published values. */
export function PlotFrame({ plot, geometry }: { plot: AxisPlot; geometry: PlotGeometry }) {
  const { left, top, width, height, x, y, slanted } = geometry;
  const bottom = top + height;
  return (
    <>
      {y.ticks.map(({ share, label }) => {
        const at = bottom - share * height;
        return (
          <g key={label}>
            <line className={styles.grid} x1={left} x2={left + width} y1={at} y2={at} />
            <text className={styles.tick} x={left - 6} y={at + 4} textAnchor="end">
              {label}
            </text>
          </g>
        );
      })}
      <line className={styles.base} x1={left} x2={left + width} y1={bottom} y2={bottom} />
      {x.gap !== null && (
        <path
          className={styles.base}
          d={`M${left + x.gap * width - 6} ${bottom + 5}l6 -10m0 10l6 -10`}
          fill="none"
        />
      )}
      {x.ticks.map(({ share, label }) => {
        const at = left + share * width;
        return (
          <g key={label}>
            <line className={styles.base} x1={at} x2={at} y1={bottom} y2={bottom + 4} />
            <text
              className={styles.tick}
              x={at}
              y={bottom + 17}
              textAnchor={slanted ? 'end' : 'middle'}
              transform={slanted ? `rotate(-26 ${at} ${bottom + 14})` : undefined}
            >
              {label}
            </text>
          </g>
        );
      })}
      {plot.marks.map(({ axis, value, label }) => {
        const share = (axis === 'x' ? x : y).share(value);
        if (share === null) return null;
        const along = axis === 'x' ? left + share * width : bottom - share * height;
        return (
          <g key={`${axis} ${label}`} className={styles.published}>
            {axis === 'x' ? (
              <line x1={along} x2={along} y1={top} y2={bottom} />
            ) : (
              <line x1={left} x2={left + width} y1={along} y2={along} />
            )}
            <text
              x={axis === 'x' ? along + 4 : left + width - 2}
              y={axis === 'x' ? top + 12 : along - 4}
              textAnchor={axis === 'x' ? 'start' : 'end'}
            >
              {label}
            </text>
          </g>
        );
      })}
    </>
  );
}

/** What a plot shows, inside its frame. */
export function PlotMarks({ plot, geometry }: { plot: AxisPlot; geometry: PlotGeometry }) {
  switch (plot.kind) {
    case 'points':
      return <Points plot={plot} geometry={geometry} />;
    case 'lines':
      return <Lines plot={plot} geometry={geometry} />;
    case 'scatter':
      return <Scatter plot={plot} geometry={geometry} />;
  }
}

const listed = (places: readonly PlotPosition[]): string =>
  places.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');

function Points({ plot, geometry }: { plot: PointsPlot; geometry: PlotGeometry }) {
  const { at, top, height } = geometry;
  return plot.series.map(({ label, points }, s) => {
    const shift = seriesOffset(plot, s, geometry);
    const path = plot.x.scale === 'category' ? [] : points.flatMap(({ x, mean }) => at(x, mean.value) ?? []);
    return (
      <g key={label} style={{ stroke: seriesColour(s), fill: seriesColour(s) }}>
        {path.length > 1 && (
          <polyline
            className={styles.joined}
            points={listed(path.map(({ x, y }) => ({ x: x + shift, y })))}
          />
        )}
        {points.map(({ x, mean, runs }) => {
          const [middle, low, high] = [mean.value, mean.low, mean.high].map((value) =>
            Number.isFinite(value) ? at(x, value) : null,
          );
          return (
            <g key={x}>
              {runs.map(({ value, trial }, i) => {
                const place = at(x, value);
                return (
                  place && (
                    <circle
                      key={trial}
                      className={styles.run}
                      cx={place.x + shift + runOffset(i)}
                      cy={place.y}
                      r={2.2}
                    />
                  )
                );
              })}
              {middle && high && (
                <path
                  className={styles.bar}
                  d={`M${middle.x + shift - 4} ${high.y}h8m-4 0V${low?.y ?? top + height}${low ? 'm-4 0h8' : ''}`}
                />
              )}
              {middle && (
                <g stroke="none">
                  <SeriesMarker series={s} x={middle.x + shift} y={middle.y} />
                </g>
              )}
            </g>
          );
        })}
      </g>
    );
  });
}

/** Pieces of a line without the places that are missing. */
function pieces(
  xs: readonly number[],
  ys: readonly (number | null)[],
  at: PlotGeometry['at'],
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

function Lines({ plot, geometry }: { plot: LinesPlot; geometry: PlotGeometry }) {
  return plot.lines.map(({ label, x, y, low, high, trial }, s) => {
    const [lows, highs] = [pieces(x, low ?? [], geometry.at), pieces(x, high ?? [], geometry.at)];
    return (
      <g key={trial ?? label} style={{ stroke: seriesColour(s), fill: seriesColour(s) }}>
        {low && high && lows.length === 1 && highs.length === 1 && (
          <polygon className={styles.band} points={listed([...lows[0], ...[...highs[0]].reverse()])} />
        )}
        {pieces(x, y, geometry.at).map((piece) =>
          piece.length === 1 ? (
            <SeriesMarker key={piece[0].x} series={s} x={piece[0].x} y={piece[0].y} small />
          ) : (
            <polyline key={piece[0].x} className={styles.line} points={listed(piece)} />
          ),
        )}
      </g>
    );
  });
}

function Scatter({ plot, geometry }: { plot: ScatterPlot; geometry: PlotGeometry }) {
  const { at, left, top } = geometry;
  const xs = plot.sets
    .flatMap(({ points }) => points.map(({ x }) => x))
    .filter((x) => plot.x.scale !== 'log' || x > 0);
  const power = plot.x.scale === 'log' && plot.y.scale === 'log';
  return (
    <>
      {plot.sets.map(({ label, points }, s) => (
        <g key={label} className={styles.cloud}>
          {points.map(({ x, y, trial }, i) => {
            const place = at(x, y);
            return (
              place && (
                <SeriesMarker key={`${trial ?? ''} ${i}`} series={s} {...place} small={points.length > 60} />
              )
            );
          })}
        </g>
      ))}
      {plot.fits.map(({ label, slope, intercept }, i) => {
        const [a, b] = [Math.min(...xs), Math.max(...xs)].map((x) =>
          at(x, power ? Math.exp(intercept) * x ** slope : intercept + slope * x),
        );
        return (
          a &&
          b && (
            <g key={label}>
              <line
                className={styles.fit}
                style={{ stroke: seriesColour(i) }}
                x1={a.x}
                y1={a.y}
                x2={b.x}
                y2={b.y}
              />
              <text
                className={styles.tick}
                x={left + 8}
                y={top + 14 + 16 * i}
                style={{ fill: seriesColour(i) }}
              >
                {label}
              </text>
            </g>
          )
        );
      })}
    </>
  );
}
