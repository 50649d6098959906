import { memo } from 'react';
import type { SweepPoint } from '../../../../worker/protocol';
import chart from '../../../charts/Chart.module.css';
import { roundedNumber, significant } from '../../../../drawing/format';
import styles from '../Compare.module.css';
import { contour } from './contour';
import { type SweepGrid, logShare, positiveRange } from './grid';
import { type MapFrame, mapPixel } from './mapFrame';
import { measurable } from '../sweep';
import type { OwnNetwork } from '../useOwnNetwork';

interface MapPictureProps {
  frame: MapFrame;
  grid: SweepGrid;
  points: SweepPoint[];
  /** Accuracy of the contour. */
  level: number | null;
  own: OwnNetwork;
  /** The copy under the cursor. */
  cell: number | null;
}

/** Sequential in one hue: the more energy, the more of its colour. Opacity, so that an exported picture keeps it. */
const strength = (share: number): number => 0.1 + 0.88 * share;

/** The heat map, its axes, the contour, and your network as a dot. */
export const MapPicture = memo(function MapPicture(props: MapPictureProps) {
  const { frame, grid, points, level, own, cell } = props;
  const { left, top, side, type } = frame;
  const [columns, rows] = [grid.os.length, grid.lambdas.length];
  const [w, h] = [side / columns, side / rows];
  const range = positiveRange(points.filter(measurable).map((point) => point.energy));
  const at = (k: number) => ({
    x: left + (k % columns) * w,
    y: top + side - (Math.floor(k / columns) + 1) * h,
  });
  const field = points.map((point) => (measurable(point) ? point.accuracy : NaN));
  const lines = level === null || !points.length ? [] : contour(field, columns, level);
  const paths = lines.map((dots) =>
    dots.map(([x, y]) => mapPixel(frame, (x + 0.5) / columns, (y + 0.5) / rows)),
  );
  const d = paths
    .map((dots) => `M${dots.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`)
    .join('');
  const name = paths
    .flat()
    .reduce<{ x: number; y: number } | null>((a, b) => (!a || b.x > a.x ? b : a), null);
  const dot = mapPixel(frame, own.x.share, own.y.share);
  return (
    <svg className={styles.picture} width={frame.width} height={frame.height} aria-hidden="true">
      {points.map((point, k) => {
        const { x, y } = at(k);
        return measurable(point) && range ? (
          <rect
            key={k}
            {...{ x: x + 0.5, y: y + 0.5, width: w - 1, height: h - 1 }}
            fill="var(--energy)"
            fillOpacity={strength(logShare(point.energy, range))}
          />
        ) : (
          <g key={k} stroke="var(--error)" fill="none">
            <rect {...{ x: x + 1, y: y + 1, width: w - 2, height: h - 2 }} stroke="var(--hairline)" />
            <path d={`M${x + w / 2 - 5} ${y + h / 2 - 5}l10 10m0 -10l-10 10`} strokeWidth={1.75} />
          </g>
        );
      })}
      {!points.length && <Lattice {...{ frame, columns, rows }} />}
      {cell !== null && cell < points.length && (
        <rect
          {...{ x: at(cell).x + 1, y: at(cell).y + 1, width: w - 2, height: h - 2 }}
          fill="none"
          stroke="var(--ink)"
          strokeWidth={2}
        />
      )}
      {d && (
        <g fill="none" strokeLinecap="round" strokeLinejoin="round">
          <path d={d} stroke="var(--ground)" strokeWidth={5} />
          <path d={d} stroke="var(--accuracy)" strokeWidth={2 * type} />
        </g>
      )}
      {name && (
        <g className={styles.contourName}>
          <text x={name.x - 4} y={name.y - 8 * type} textAnchor="end">
            −1 point
          </text>
        </g>
      )}
      <Axes frame={frame} grid={grid} />
      {range && <Legend frame={frame} range={range} />}
      <circle cx={dot.x} cy={dot.y} r={8 * type} fill="var(--ground)" stroke="var(--ink)" strokeWidth={2} />
      <circle cx={dot.x} cy={dot.y} r={3 * type} fill="var(--ink)" />
      <g className={chart.cursor}>
        <text
          x={dot.x + (own.x.share > 0.7 ? -13 : 13) * type}
          y={dot.y + (own.y.share < 0.08 ? -9 : 4) * type}
          textAnchor={own.x.share > 0.7 ? 'end' : 'start'}
        >
          {own.y.inside ? 'yours' : own.lambda === 0 ? 'yours, λ 0' : `yours, λ ${roundedNumber(own.lambda)}`}
        </text>
      </g>
    </svg>
  );
});

/** The empty map: its squares in hairlines. */
function Lattice({ frame, columns, rows }: { frame: MapFrame; columns: number; rows: number }) {
  const { left, top, side } = frame;
  const across = Array.from({ length: rows + 1 }, (_, k) => `M${left} ${top + (k / rows) * side}h${side}`);
  const down = Array.from(
    { length: columns + 1 },
    (_, k) => `M${left + (k / columns) * side} ${top}v${side}`,
  );
  return <path d={[...across, ...down].join('')} stroke="var(--hairline)" />;
}

/** The values of λ and o at their rows and columns, and what the two ends of o mean. */
function Axes({ frame, grid }: { frame: MapFrame; grid: SweepGrid }) {
  const { left, top, side, type } = frame;
  const foot = top + side;
  return (
    <g className={styles.axes}>
      <text x={left - 6 * type} y={top - 6 * type} textAnchor="end">
        λ
      </text>
      {grid.lambdas.map((lambda, k) => (
        <text
          key={lambda}
          x={left - 6 * type}
          y={foot - ((k + 0.5) / grid.lambdas.length) * side + 4 * type}
          textAnchor="end"
        >
          {roundedNumber(lambda)}
        </text>
      ))}
      {grid.os.map((o, k) => (
        <text key={o} x={left + ((k + 0.5) / grid.os.length) * side} y={foot + 14 * type} textAnchor="middle">
          {roundedNumber(o)}
        </text>
      ))}
      <text x={left + side / grid.os.length / 2} y={foot + 29 * type} textAnchor="middle">
        shell
      </text>
      <text x={left + side / 2} y={foot + 29 * type} textAnchor="middle">
        o
      </text>
      <text x={left + side - side / grid.os.length / 2} y={foot + 29 * type} textAnchor="middle">
        linear
      </text>
    </g>
  );
}

const PIECES = 48;

/** The colours with their energies, log. */
function Legend({ frame, range }: { frame: MapFrame; range: [number, number] }) {
  const { legend, left, side, type } = frame;
  const height = 8 * type;
  const marks = [0, 0.5, 1].filter((share) => range[1] > range[0] || share === 1);
  return (
    <g className={styles.axes}>
      {Array.from({ length: PIECES }, (_, k) => (
        <rect
          key={k}
          x={left + (side * k) / PIECES}
          width={side / PIECES}
          shapeRendering="crispEdges"
          y={legend}
          height={height}
          fill="var(--energy)"
          fillOpacity={strength(k / (PIECES - 1))}
        />
      ))}
      <text x={left - 6 * type} y={legend + 8 * type} textAnchor="end">
        E
      </text>
      {marks.map((share) => (
        <text
          key={share}
          x={left + share * side}
          y={legend + height + 13 * type}
          textAnchor={share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}
        >
          {significant(range[0] * (range[1] / range[0]) ** share, 2)}
        </text>
      ))}
    </g>
  );
}
