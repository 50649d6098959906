import { memo, type ReactNode } from 'react';
import sameData from 'react-fast-compare';
import { Area, CartesianGrid, ComposedChart, Label, Line, ReferenceLine, XAxis, YAxis } from 'recharts';
import { type AxisScale, toShare } from '../../drawing/scale';
import styles from './Chart.module.css';
import type { PlotArea } from './plotArea';
import type { LinePoint } from './steps/decimate';
import type { LineStyle } from './steps/chartLine';
import { clusterColour, clusterGlyph, type PinCluster } from './timeline/pins';

/** One line ready to be drawn. */
export interface DrawnLine {
  id: string;
  colour: string;
  look: LineStyle;
  points: LinePoint[];
  /** Of a line in a stack: the lower edge of the filled area at each point; undefined for plain lines. */
  foot?: (number | null)[];
}

/** A bundle of lines drawn as one path, e.g. all σ of a layer: one element instead of hundreds. */
export interface DrawnBundle {
  id: string;
  colour: string;
  opacity: number;
  strong: boolean;
  lines: LinePoint[][];
}

/** A dotted horizontal line at a value; where that lies below the axis its name, with an arrow, stands at the foot. */
export interface ReferenceValue {
  value: number;
  label: string;
}

interface PlotProps {
  frame: PlotArea;
  x: AxisScale;
  y: AxisScale;
  lines?: DrawnLine[];
  bundles?: DrawnBundle[];
  pins?: PinCluster[];
  references?: ReferenceValue[];
  /** More to draw in the plot's coordinates, under the lines: Recharts' own marks or SVG. */
  children?: ReactNode;
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

function bundlePath(lines: LinePoint[][], frame: PlotArea, x: AxisScale, y: AxisScale): string {
  const [across, up] = [toShare(x), toShare(y)];
  const parts: string[] = [];
  for (const points of lines) {
    let pen = 'M';
    for (const point of points) {
      if (point.y === null || (y.log && point.y <= 0)) {
        pen = 'M';
        continue;
      }
      const px = frame.left + across(point.x) * frame.plotWidth;
      const py = frame.top + (1 - up(point.y)) * frame.plotHeight;
      parts.push(`${pen}${px.toFixed(1)} ${py.toFixed(1)}`);
      pen = 'L';
    }
  }
  return parts.join('');
}

/** What Recharts is told of an axis: its ends, ticks and how they are written. Ours decide, so that all marks share them. */
function axisProps({ log, domain: [from, to], ticks }: AxisScale) {
  const labels = new Map(ticks.map(({ value, label }) => [value, label]));
  return {
    type: 'number',
    scale: log ? 'log' : 'linear',
    domain: [Math.min(from, to), Math.max(from, to)],
    reversed: from > to,
    ticks: ticks.map(({ value }) => value),
    tickFormatter: (value: number) => labels.get(value) ?? '',
    interval: 0,
    tickLine: false,
    allowDataOverflow: true,
  } as const;
}

/** Pins of the timeline in the plot: a line at each step (once a pixel, however many there are), a sign over each cluster. */
function Pins({ pins, frame, x }: { pins: PinCluster[]; frame: PlotArea; x: AxisScale }) {
  const { left, top, plotWidth, plotHeight, type } = frame;
  const across = toShare(x);
  return pins.map((cluster) => (
    <g key={cluster.pins[0].id} className={styles.pin} style={{ color: clusterColour(cluster) }}>
      {[...new Set(cluster.pins.map((pin) => Math.round(across(pin.step) * plotWidth)))].map((at) => (
        <line key={at} x1={left + at} x2={left + at} y1={top} y2={top + plotHeight} />
      ))}
      <text x={left + cluster.x} y={top - 5 * type} textAnchor="middle">
        {clusterGlyph(cluster)}
      </text>
    </g>
  ));
}

/**
 * Axes, grid, pins and lines of a chart, drawn by Recharts. It is drawn again when what it shows is other data than before, which is
 * compared value by value; the cursor lies in a layer of its own and costs no redraw.
 */
export const ChartPlot = memo(function ChartPlot(props: PlotProps) {
  const { frame, x, y, lines = [], bundles = [], pins = [], references = [], children } = props;
  const { left, right, top, bottom, type } = frame;
  return (
    <ComposedChart
      width={frame.width}
      height={frame.height}
      margin={{ left: 0, right, top, bottom: 0 }}
      className={styles.recharts}
      // The plot's own slider (CursorSlider) is the one tab stop: it says values, which this layer's does not.
      accessibilityLayer={false}
    >
      <CartesianGrid
        vertical={false}
        horizontalValues={y.ticks.map(({ value }) => value)}
        stroke="var(--hairline)"
      />
      <XAxis
        {...axisProps(x)}
        dataKey="x"
        height={bottom}
        tickMargin={Math.round(5 * type)}
        axisLine={{ stroke: 'var(--edge)' }}
      />
      <YAxis {...axisProps(y)} width={left} tickMargin={Math.round(4 * type)} axisLine={false} />
      <Pins pins={pins} frame={frame} x={x} />
      {children}
      {lines.map(
        ({ id, colour, points, foot }) =>
          foot && (
            <Area
              key={id}
              data={points.map((point, i) => ({ x: point.x, between: [foot[i], point.y] }))}
              dataKey="between"
              type="linear"
              stroke="none"
              fill={colour}
              fillOpacity={0.3}
              activeDot={false}
              isAnimationActive={false}
              legendType="none"
            />
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
        const below = value < y.domain[0];
        return (
          <ReferenceLine
            key={value}
            y={below ? y.domain[0] : value}
            stroke={below ? 'none' : 'var(--ink-2)'}
            strokeDasharray="2 3"
            ifOverflow="hidden"
          >
            <Label
              value={label && below ? `${label} ↓` : label}
              position={below ? 'insideBottomRight' : 'insideBottomLeft'}
              offset={4}
              fontSize="0.786rem"
              fill="var(--ink-2)"
              stroke="var(--ground)"
              strokeWidth={3}
              strokeLinejoin="round"
              paintOrder="stroke"
            />
          </ReferenceLine>
        );
      })}
      {lines.map(
        ({ id, colour, look, points, foot }) =>
          // One point is not a line: its dot is the overlay's.
          points.length > 1 && (
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
          ),
      )}
    </ComposedChart>
  );
}, sameData);
