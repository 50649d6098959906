import type { ReactNode } from 'react';
import { useLab } from '../../../store/lab';
import styles from '../../charts/Chart.module.css';
import type { TableData } from '../../charts/figure/ChartTable';
import { Figure } from '../../charts/figure/Figure';
import { plotAreaOf } from '../../charts/plotArea';
import { spreadLabels } from '../../charts/labels';
import { ChartPlot } from '../../charts/ChartPlot';
import { type AxisScale, logAxis, reversedAxis, toShare } from '../../../drawing/scale';
import type { LineStyle } from '../../charts/steps/chartLine';
import { useElementSize } from '../../kit/useElementSize';
import { significant } from '../../../drawing/format';

export interface LogLine {
  id: string;
  /** Written at its left end, where σ is smallest. */
  label: string;
  colour: string;
  look: LineStyle;
  x: readonly number[];
  y: readonly number[];
}
export interface LogDot {
  x: number;
  y: number;
  /** Under the pointer. */
  title: string;
}

interface LogLogChartProps {
  name: string;
  title: string;
  about: string;
  value?: ReactNode;
  lines: LogLine[];
  dots: LogDot[];
  table: () => TableData;
  csv: () => string[];
  empty: string;
  caption: string;
}

const positive = (value: number): boolean => Number.isFinite(value) && value > 0;
/** Ends of a log axis with a little air. */
function ends(values: number[], air: number): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return low < high ? [low / air, high * air] : [low / 3, high * 3];
}

/** Curves or dots over two log axes: σ across, error up; lines are named at their left ends. */
export function LogLogChart({
  name,
  title,
  about,
  value,
  lines,
  dots,
  empty,
  caption,
  ...data
}: LogLogChartProps) {
  const type = useLab((state) => state.ui.present) ? 1.35 : 1;
  const [box, size] = useElementSize<HTMLDivElement>();
  const base = size && plotAreaOf(size.width, size.height, type, 14);
  const gutter = lines.length
    ? Math.round(7 * type * Math.max(...lines.map(({ label }) => label.length)))
    : 0;
  const frame = base && {
    ...base,
    right: base.right + gutter,
    plotWidth: Math.max(1, base.plotWidth - gutter),
  };
  const points = [
    ...lines.flatMap((line) => line.x.map((x, i) => ({ x, y: line.y[i] }))),
    ...dots.map(({ x, y }) => ({ x, y })),
  ].filter(({ x, y }) => positive(x) && positive(y));
  const any = points.length > 0;
  /** An empty chart has a grid without numbers. */
  const shown = (axis: AxisScale): AxisScale =>
    any ? axis : { ...axis, ticks: axis.ticks.map((tick) => ({ ...tick, label: '' })) };
  const [x0, x1] = any
    ? ends(
        points.map(({ x }) => x),
        1.15,
      )
    : [1e-6, 1];
  const [y0, y1] = any
    ? ends(
        points.map(({ y }) => y),
        1.5,
      )
    : [1e-6, 100];
  // Large σ stands at the left, so that shrinking it goes to the right, where the lines are named.
  const x = shown(
    reversedAxis(
      logAxis(x0, x1, { count: Math.max(2, Math.round((frame?.plotWidth ?? 200) / (44 * type))) }),
    ),
  );
  const y = shown(
    logAxis(y0, y1, { count: Math.max(2, Math.round((frame?.plotHeight ?? 150) / (30 * type))) }),
  );
  const [across, up] = [toShare(x), toShare(y)];
  const drawn = lines.map((line) => ({
    id: line.id,
    colour: line.colour,
    look: line.look,
    points: line.x
      .map((at, i) => ({ x: at, y: positive(line.y[i]) ? line.y[i] : null }))
      .filter(({ x: at }) => positive(at))
      .sort((a, b) => b.x - a.x),
  }));
  const named = drawn.flatMap((line, i) => {
    const end = line.points.findLast((point) => point.y !== null);
    return end?.y != null && frame
      ? [
          {
            label: lines[i].label,
            colour: line.colour,
            y: frame.top + (1 - up(end.y)) * frame.plotHeight,
          },
        ]
      : [];
  });
  const places = frame
    ? spreadLabels(
        named.map((label) => label.y),
        14 * type,
        frame.top,
        frame.top + frame.plotHeight,
      )
    : [];
  return (
    <Figure
      box={box}
      name={name}
      title={title}
      value={value}
      about={about}
      format={significant}
      {...data}
      series={() => false}
      caption={caption}
    >
      {frame && (
        <>
          <ChartPlot frame={frame} x={x} y={y} lines={drawn}>
            {named.map((label, i) => (
              <text
                key={label.label}
                x={frame.left + frame.plotWidth + 6}
                y={places[i] + 4 * type}
                fill={label.colour}
                fontSize="0.786rem"
                fontWeight={500}
              >
                {label.label}
              </text>
            ))}
            {dots
              .filter((dot) => positive(dot.x) && positive(dot.y))
              .map((dot) => (
                <circle
                  key={dot.title}
                  cx={frame.left + across(dot.x) * frame.plotWidth}
                  cy={frame.top + (1 - up(dot.y)) * frame.plotHeight}
                  r={3 * type}
                  fill="var(--sigma)"
                  fillOpacity={0.6}
                >
                  <title>{dot.title}</title>
                </circle>
              ))}
          </ChartPlot>
          {!any && <p className={styles.empty}>{empty}</p>}
        </>
      )}
    </Figure>
  );
}
