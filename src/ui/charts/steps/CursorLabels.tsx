import { useLab } from '../../../store/lab';
import { groupedInteger } from '../../../drawing/format';
import styles from '../Chart.module.css';
import type { PlotArea } from '../plotArea';
import { spreadLabels } from '../labels';
import type { SeriesRows } from './decimate';
import { type AxisScale, toShare } from '../../../drawing/scale';
import { rowAt, type ChartLine } from './chartLine';

interface OverlayProps {
  frame: PlotArea;
  x: AxisScale;
  y: AxisScale;
  sources: ChartLine[];
  format: (value: number) => string;
}

/** The step the cursor of any chart points at, or null. */
export function useCursor(): number | null {
  return useLab((state) => state.ui.cursor);
}

/** A control that ended long before the cursor has nothing to say there. */
const reaches = (end: number, cursor: number, span: number): boolean =>
  cursor <= end + Math.max(30, 0.03 * span);

/** Where a line's drawing ends: its last finite value (a diverged loss, or a task that went, has none after it). */
function lastDrawn({ n, stepAt, valueAt }: SeriesRows): { step: number; value: number } | null {
  for (let row = n - 1; row >= 0; row--) {
    const value = valueAt(row);
    if (Number.isFinite(value)) return { step: stepAt(row), value };
  }
  return null;
}

/** Names and values at the lines' ends, or at the cursor while there is one; drawn apart so that the cursor costs no plot. */
export function CursorLabels({ frame, x, y, sources, format }: OverlayProps) {
  const cursor = useCursor();
  const { left, top, plotWidth, plotHeight, type } = frame;
  const [across, up] = [toShare(x), toShare(y)];
  const px = (step: number): number => left + across(step) * plotWidth;
  const py = (value: number): number => top + (1 - up(value)) * plotHeight;
  const right = left + plotWidth;

  const named = sources.flatMap((line) => {
    if (line.label === null || !line.n) return [];
    const end = line.stepAt(line.n - 1);
    const drawn: SeriesRows = { ...line, valueAt: line.topAt ?? line.valueAt };
    const last = lastDrawn(drawn);
    if (!last) return [];
    const reached = cursor === null || reaches(end, cursor, x.domain[1] - x.domain[0]);
    const at = cursor ?? end;
    return [{ line, last, read: reached ? rowAt(line, at) : null, dot: reached ? rowAt(drawn, at) : null }];
  });
  const ys = spreadLabels(
    named.map(({ last }) => py(last.value)),
    14 * type,
    top + 4 * type,
    top + plotHeight - 2 * type,
  );

  return (
    <svg className={styles.overlay} width={frame.width} height={frame.height} aria-hidden="true">
      {cursor !== null && cursor <= x.domain[1] && (
        <g className={styles.cursor}>
          {/* The ticks give way to the step. */}
          <rect
            x={left - 24 * type}
            y={top + plotHeight + 6}
            width={plotWidth + 48 * type}
            height={18 * type}
          />
          <line x1={px(cursor)} x2={px(cursor)} y1={top} y2={top + plotHeight} />
          <text
            x={Math.min(right - 24 * type, Math.max(left + 24 * type, px(cursor)))}
            y={top + plotHeight + 15 * type}
            textAnchor="middle"
          >
            {`step ${groupedInteger(cursor)}`}
          </text>
        </g>
      )}
      {named.map(({ line, last, read, dot }, i) => {
        const shown = dot && Number.isFinite(dot.value) && !(y.log && !(dot.value > 0));
        const end = px(last.step);
        const far = right - end > 6 || Math.abs(ys[i] - py(last.value)) > 5;
        return (
          <g key={line.id} style={{ color: line.colour }} className={styles.endLabel}>
            {far && shown && cursor === null && (
              <path
                d={`M${end + 3} ${py(last.value)}L${right + 1} ${py(last.value)}L${right + 6 * type} ${ys[i]}`}
              />
            )}
            {shown && <circle cx={px(dot.step)} cy={py(dot.value)} r={2.6 * type} />}
            <text x={right + 8 * type} y={ys[i] + 4 * type}>
              {`${line.label ?? ''} `}
              <tspan>{read && Number.isFinite(read.value) ? format(read.value) : '–'}</tspan>
            </text>
          </g>
        );
      })}
    </svg>
  );
}
