import { memo, type ReactNode } from 'react';
import { CartesianGrid, Line, LineChart as Recharts, XAxis, YAxis } from 'recharts';
import { groupedInteger } from '../format';
import styles from './Chart.module.css';
import type { LinePoint } from './decimate';
import type { PlotArea } from './plotArea';
import type { PinCluster } from './pins';
import { clusterColour, clusterGlyph } from './pins';
import type { ChartScale } from './scale';
import type { LineStyle } from './chartLine';

/** One line ready to be drawn. */
export interface DrawnLine {
  id: string;
  colour: string;
  look: LineStyle;
  points: LinePoint[];
  /** The foot of the filled area under a stacked line (null: the axis); undefined for plain lines. */
  foot?: LinePoint[] | null;
}

/** A bundle of lines drawn as one path, e.g. all σ of a layer: one element instead of hundreds. */
export interface DrawnBundle {
  id: string;
  colour: string;
  opacity: number;
  strong: boolean;
  lines: LinePoint[][];
}

/** A horizontal mark; below the axis its name, with an arrow, stands at the foot. */
export interface ReferenceLine {
  value: number;
  label: string;
}

interface PlotProps {
  frame: PlotArea;
  x: ChartScale;
  y: ChartScale;
  lines: DrawnLine[];
  bundles: DrawnBundle[];
  pins: PinCluster[];
  references: ReferenceLine[];
  tick: (value: number) => string;
  tickX?: (value: number) => string;
  /** More to draw in the plot's coordinates, under the lines. */
  children?: ReactNode;
  /** What has to change for the plot to be drawn again. */
  version: string;
}

const WIDTH: Record<LineStyle, string> = {
  strong: 'var(--line)',
  line: 'var(--line)',
  dotted: 'var(--line)',
  faint: '1px',
  control: 'var(--line)',
  twin: 'var(--line)',
  branch: '1px',
};
const DASH: Partial<Record<LineStyle, string>> = { control: '5 4', twin: '2 4', dotted: '0.1 4' };
const OPACITY: Partial<Record<LineStyle, number>> = { line: 0.6, faint: 0.22, branch: 0.6 };

function bundlePath(lines: LinePoint[][], frame: PlotArea, x: ChartScale, y: ChartScale): string {
  const parts: string[] = [];
  for (const points of lines) {
    let pen = 'M';
    for (const point of points) {
      if (point.y === null || (y.log && point.y <= 0)) {
        pen = 'M';
        continue;
      }
      const px = frame.left + x.share(point.x) * frame.plotWidth;
      const py = frame.top + (1 - y.share(point.y)) * frame.plotHeight;
      parts.push(`${pen}${px.toFixed(1)} ${py.toFixed(1)}`);
      pen = 'L';
    }
  }
  return parts.join('');
}

/** One point is not a line: its dot is the overlay's. */
const drawable = ({ points }: DrawnLine): boolean => points.length > 1;

/** The area between a line and the one it stands on (or the axis). */
function areaPath(
  points: LinePoint[],
  foot: LinePoint[] | null,
  frame: PlotArea,
  x: ChartScale,
  y: ChartScale,
): string {
  const at = ({ x: step, y: value }: LinePoint): string => {
    const px = frame.left + x.share(step) * frame.plotWidth;
    const py = frame.top + (1 - y.share(value ?? 0)) * frame.plotHeight;
    return `${px.toFixed(1)} ${py.toFixed(1)}`;
  };
  if (points.length < 2) return '';
  const below = foot ?? [points[0], points[points.length - 1]].map((p) => ({ x: p.x, y: 0 }));
  return `M${points.map(at).join('L')}L${below.toReversed().map(at).join('L')}Z`;
}

/** Axes, grid, pins and lines of a chart. Redrawn only when the history changed (`version`), never for the cursor. */
export const ChartPlot = memo(
  function Plot(props: PlotProps) {
    const { frame, x, y, lines, bundles, pins, references, tick, tickX = groupedInteger, children } = props;
    const { left, right, top, bottom, plotWidth, plotHeight, type } = frame;
    const place = (value: number): number => top + (1 - y.share(value)) * plotHeight;
    return (
      <Recharts
        width={frame.width}
        height={frame.height}
        margin={{ left: 0, right, top, bottom: 0 }}
        className={styles.recharts}
        // The plot's own slider (CursorSlider) is the one tab stop: it says values, which this layer's does not.
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} horizontalValues={y.ticks} stroke="var(--hairline)" />
        <XAxis
          type="number"
          dataKey="x"
          domain={x.domain}
          ticks={x.ticks}
          height={bottom}
          interval={0}
          tickLine={false}
          tickMargin={Math.round(5 * type)}
          tickFormatter={tickX}
          allowDataOverflow
          axisLine={{ stroke: 'var(--edge)' }}
        />
        <YAxis
          type="number"
          scale={y.log ? 'log' : 'linear'}
          domain={y.domain}
          ticks={y.ticks}
          width={left}
          interval={0}
          tickLine={false}
          tickMargin={Math.round(4 * type)}
          tickFormatter={tick}
          allowDataOverflow
          axisLine={false}
        />
        {pins.map((cluster) => (
          <g key={cluster.pins[0].id} className={styles.pin} style={{ color: clusterColour(cluster) }}>
            {[...new Set(cluster.pins.map((pin) => Math.round(x.share(pin.step) * plotWidth)))].map((at) => (
              <line key={at} x1={left + at} x2={left + at} y1={top} y2={top + plotHeight} />
            ))}
            <text x={left + cluster.x} y={top - 5 * type} textAnchor="middle">
              {clusterGlyph(cluster)}
            </text>
          </g>
        ))}
        {children}
        {lines.map(
          ({ id, colour, points, foot }) =>
            foot !== undefined && (
              <path key={id} d={areaPath(points, foot, frame, x, y)} fill={colour} fillOpacity={0.3} />
            ),
        )}
        {bundles.map(({ id, colour, opacity, strong, lines: members }) => (
          <path
            key={id}
            d={bundlePath(members, frame, x, y)}
            fill="none"
            stroke={colour}
            strokeOpacity={opacity}
            strokeWidth={strong ? 'var(--line)' : '1px'}
            strokeLinejoin="round"
          />
        ))}
        {references.map(({ value, label }) => {
          const off = value < y.domain[0];
          return (
            <g key={value} className={styles.reference}>
              {!off && <line x1={left} x2={left + plotWidth} y1={place(value)} y2={place(value)} />}
              <text
                x={off ? left + plotWidth - 4 : left + 4}
                y={place(value) - 5 * type}
                textAnchor={off ? 'end' : 'start'}
              >
                {label && off ? `${label} ↓` : label}
              </text>
            </g>
          );
        })}
        {lines.filter(drawable).map(({ id, colour, look, points, foot }) => (
          <Line
            key={id}
            data={points}
            dataKey="y"
            type="linear"
            stroke={colour}
            strokeWidth={foot === undefined ? WIDTH[look] : '1px'}
            strokeDasharray={DASH[look]}
            strokeOpacity={OPACITY[look] ?? 1}
            strokeLinecap="round"
            strokeLinejoin="round"
            dot={false}
            activeDot={false}
            connectNulls={false}
            isAnimationActive={false}
            legendType="none"
          />
        ))}
      </Recharts>
    );
  },
  (before, after) => before.version === after.version,
);
