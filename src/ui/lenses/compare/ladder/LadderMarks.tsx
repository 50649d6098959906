import { type AxisScale, toShare } from '../../../../drawing/scale';
import styles from '../../../charts/Chart.module.css';
import type { PlotArea } from '../../../charts/plotArea';

interface LadderMarksProps {
  frame: PlotArea;
  x: AxisScale;
  y: AxisScale;
  /** Where the axis is broken between λ = 0 and the rest, in the units of `x`; null without a 0. */
  breakAt: number | null;
  /** The copies: their place along `x`, and their height, null where it cannot be drawn (0 on a log axis). */
  copies: { lambda: number; x: number; y: number | null; diverged: boolean }[];
  /** Earlier heights of the copy with λ = 0, to which no line leads. */
  earlier: { step: number; x: number; y: number }[];
  yours: { x: number; y: number } | null;
  linear?: { value: number; label: string };
  colour: string;
}

/** Dots of the copies, crosses of those that diverged, the ring of your network, and the break before λ = 0. */
export function LadderMarks(props: LadderMarksProps) {
  const { frame, x, y, breakAt, copies, earlier, yours, linear, colour } = props;
  const { left, top, plotWidth, plotHeight, type } = frame;
  const foot = top + plotHeight;
  const [across, up] = [toShare(x), toShare(y)];
  const px = (place: number): number => left + across(place) * plotWidth;
  const py = (value: number): number => top + (1 - up(value)) * plotHeight;
  const slash = breakAt === null ? null : px(breakAt);
  const ring = yours && { x: px(yours.x), y: py(yours.y) };
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
        {earlier.map((point) => (
          <circle key={point.step} cx={px(point.x)} cy={py(point.y)} r={1.75 * type} />
        ))}
      </g>
      {copies.map(({ lambda, x: place, y: value, diverged }) => {
        const at = px(place);
        if (diverged) return <Cross key={lambda} x={at} y={top + 5 * type} type={type} />;
        // Exactly 0 on a log axis: an open dot at its foot.
        if (value === null)
          return (
            <circle key={lambda} cx={at} cy={foot} r={3.5 * type} fill="var(--ground)" stroke={colour} />
          );
        return <circle key={lambda} cx={at} cy={py(value)} r={3.5 * type} fill={colour} />;
      })}
      {linear && (
        <g className={styles.reference}>
          <text x={left + plotWidth} y={py(linear.value) - 5 * type} textAnchor="end">
            {linear.label}
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
