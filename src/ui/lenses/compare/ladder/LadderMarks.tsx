import styles from '../../../charts/Chart.module.css';
import type { PlotArea } from '../../../charts/plotArea';
import type { ChartScale } from '../../../charts/scale';
import type { SweepPoint, SweepState } from '../../../../worker/protocol';
import type { LambdaAxis } from './ladder';

interface LadderMarksProps {
  frame: PlotArea;
  axis: LambdaAxis;
  y: ChartScale;
  points: SweepPoint[];
  past: SweepState[];
  /** Its height, or null where it cannot be drawn (diverged, or 0 on a log axis). */
  shown: (point: SweepPoint) => number | null;
  measurable: (point: SweepPoint) => boolean;
  yours: { lambda: number; value: number } | null;
  linear?: number;
  colour: string;
  tick: (value: number) => string;
}

/** Dots of the copies, crosses of those that diverged, the ring of your network, and the break before λ = 0. */
export function LadderMarks(props: LadderMarksProps) {
  const { frame, axis, y, points, past, shown, measurable, yours, linear, colour, tick } = props;
  const { left, top, plotWidth, plotHeight, type } = frame;
  const foot = top + plotHeight;
  const px = (lambda: number): number => left + axis.scale.share(axis.at(lambda)) * plotWidth;
  const py = (value: number): number => top + (1 - y.share(value)) * plotHeight;
  const slash = axis.zero && left + axis.scale.share(axis.zero.until) * plotWidth;
  const ring = yours && { x: px(yours.lambda), y: py(yours.value) };
  const beyond = ring && ring.x > left + plotWidth * 0.8;
  return (
    <>
      {slash !== null && (
        <g>
          <path d={`M${slash - 3} ${foot}h6`} stroke="var(--ground)" strokeWidth={3} />
          <path
            d={`M${slash - 5} ${foot + 4}l4 -8M${slash + 1} ${foot + 4}l4 -8`}
            stroke="var(--edge)"
            strokeWidth={1}
          />
        </g>
      )}
      <g fill={colour} fillOpacity={0.22}>
        {past.map((moment) =>
          moment.points.map((point) => {
            const value = shown(point);
            // Where λ = 0 stands apart no line leads: its past is dots.
            return point.lambda === 0 && value !== null ? (
              <circle key={moment.step} cx={px(0)} cy={py(value)} r={1.75 * type} />
            ) : null;
          }),
        )}
      </g>
      {points.map((point) => {
        const value = shown(point);
        const x = px(point.lambda);
        if (!measurable(point)) return <Cross key={point.lambda} x={x} y={top + 5 * type} type={type} />;
        // Exactly 0 on a log axis: an open dot at its foot.
        if (value === null)
          return (
            <circle key={point.lambda} cx={x} cy={foot} r={3.5 * type} fill="var(--ground)" stroke={colour} />
          );
        return <circle key={point.lambda} cx={x} cy={py(value)} r={3.5 * type} fill={colour} />;
      })}
      {linear !== undefined && (
        <g className={styles.reference}>
          <text x={left + plotWidth} y={py(linear) - 5 * type} textAnchor="end">
            {`linear ${tick(Number(linear.toFixed(3)))}`}
          </text>
        </g>
      )}
      {ring && (
        <g className={styles.reference}>
          <circle
            cx={ring.x}
            cy={ring.y}
            r={7 * type}
            fill="none"
            stroke="var(--ink)"
            strokeWidth={1.5 * type}
          />
          <text
            x={ring.x + (beyond ? -11 : 11) * type}
            y={ring.y + (ring.y < top + 14 * type ? 12 : -7) * type}
            textAnchor={beyond ? 'end' : 'start'}
          >
            yours
          </text>
        </g>
      )}
    </>
  );
}

/** A copy whose loss stopped being a number: kept in its place, and named. */
function Cross({ x, y, type }: { x: number; y: number; type: number }) {
  const arm = 4 * type;
  return (
    <g fill="var(--error)" stroke="var(--error)">
      <path
        d={`M${x - arm} ${y - arm}l${2 * arm} ${2 * arm}M${x + arm} ${y - arm}l${-2 * arm} ${2 * arm}`}
        fill="none"
        strokeWidth={1.75 * type}
      />
      <text x={x} y={y + 15 * type} textAnchor="middle" stroke="none" fontSize="0.786rem">
        diverged
      </text>
    </g>
  );
}
