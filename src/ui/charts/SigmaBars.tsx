import { useState } from 'react';
import { useLab } from '../../store/lab';
import { groupedInteger, typedNumber, significant } from '../../drawing/format';
import styles from './Chart.module.css';
import { CursorSlider } from './CursorSlider';
import { Figure } from './figure/Figure';
import { type PlotArea, plotAreaOf } from './plotArea';
import { ChartPlot } from './ChartPlot';
import { type AxisScale, fittedAxis, linearAxis, linearTicks, toShare } from '../../drawing/scale';
import { useCaption } from './figure/useCaption';
import { useElementSize } from '../kit/useElementSize';

interface SigmaBarsProps {
  layer: number;
  /** At or below this a unit is a scaffold. */
  theta: number;
  /** Above this a direction counts as taken up. */
  clear: number;
  /** σ of the layer now, largest first; null while they are being computed. */
  sigma: Float64Array | null;
  step: number;
}

/** The present σ of a layer, sorted, one bar each; counted above `clear` and at or below θ. */
export function SigmaBars({ layer, theta, clear, sigma, step }: SigmaBarsProps) {
  const type = useLab((state) => state.ui.present) ? 1.35 : 1;
  const [box, size] = useElementSize<HTMLDivElement>();
  const [log, setLog] = useState(false);
  const [cursor, setCursor] = useState<number | null>(null);
  const values = sigma ?? new Float64Array();
  const n = values.length;
  const above = values.filter((s) => s > clear).length;
  const below = values.filter((s) => s <= theta).length;
  const title = `σ of layer ${layer + 1} now`;
  const frame = size && plotAreaOf(size.width, size.height, type, 14);
  const ticks = linearTicks(0, n, Math.max(2, Math.round((frame?.plotWidth ?? 200) / (64 * type))), true);
  const x = linearAxis(0.5, Math.max(1, n) + 0.5, {
    ticks: n ? [1, ...ticks.filter((t) => t > 1)] : [],
    format: 'count',
  });
  const least = values.reduce((low, s) => (s > 0 && s < low ? s : low), Infinity);
  const range: [number, number] | null = n ? [log ? Math.min(least, 1) : 0, Math.max(1, values[0])] : null;
  const count = Math.max(2, Math.round((frame?.plotHeight ?? 150) / (34 * type)));
  const fitted = fittedAxis(range, { log, fit: 'zero', count });
  const y = n ? fitted : { ...fitted, ticks: [] };
  const counts = `${above} above ${clear} · ${below} at or below θ ${typedNumber(theta)}`;
  const about = n
    ? `by rank, of ${groupedInteger(n)} · ${below} at or below θ ${typedNumber(theta)} · dotted: θ and 1`
    : 'by rank';
  const caption = useCaption(
    n ? `${counts}, of ${n}; largest ${significant(values[0])}, smallest ${significant(values[n - 1])}.` : '',
  );
  const said = (rank: number): string =>
    `σ ${groupedInteger(rank)} of ${groupedInteger(n)}: ${significant(values[rank - 1])}`;

  return (
    <Figure
      box={box}
      chart="sigma-now"
      name={`sigma-layer-${layer + 1}-now`}
      title={title}
      value={
        n > 0 && (
          <>
            <strong>{above}</strong> above {clear}
          </>
        )
      }
      valueTestId="sigma-counts"
      about={about}
      log={log}
      onLog={setLog}
      logLabel="Log axis"
      format={significant}
      table={() => ({
        caption: `${counts}; at step ${groupedInteger(step)}.`,
        head: ['Rank', 'σ'],
        rows: Array.from(values, (s, k) => [String(k + 1), significant(s, 6)]),
      })}
      series={(name) => name.startsWith(`sigma.layer${layer + 1}.`)}
      caption={caption}
    >
      {frame && (
        <>
          <ChartPlot
            frame={frame}
            x={x}
            y={y}
            references={
              !n ? [] : [{ value: 1, label: '' }, ...(theta > 0 ? [{ value: theta, label: '' }] : [])]
            }
          >
            <Bars frame={frame} x={x} y={y} values={values} above={above} below={below} />
          </ChartPlot>
          {n === 0 ? (
            <p className={styles.empty}>Reading the weights …</p>
          ) : (
            <>
              <Reading frame={frame} x={x} y={y} rank={cursor} values={values} />
              <CursorSlider
                frame={frame}
                label={`${title}: rank`}
                min={1}
                max={n}
                value={cursor}
                text={said}
                onMove={setCursor}
              />
            </>
          )}
        </>
      )}
    </Figure>
  );
}

interface BarsProps {
  frame: PlotArea;
  x: AxisScale;
  y: AxisScale;
  values: Float64Array;
  above: number;
  below: number;
}

/** Three paths for however many bars: clear of the plateau, on it, and scaffold (at 35 %). */
function Bars({ frame, x, y, values, above, below }: BarsProps) {
  const foot = frame.top + frame.plotHeight;
  const [across, up] = [toShare(x), toShare(y)];
  const edge = (rank: number): number => frame.left + across(rank) * frame.plotWidth;
  const gap = frame.plotWidth / values.length >= 3 ? 0.5 : 0;
  const path = (from: number, to: number): string => {
    const parts: string[] = [];
    for (let k = from; k < to; k++) {
      const height = up(values[k]) * frame.plotHeight;
      parts.push(
        `M${(edge(k + 0.5) + gap).toFixed(2)} ${foot}V${(foot - height).toFixed(2)}H${(edge(k + 1.5) - gap).toFixed(2)}V${foot}Z`,
      );
    }
    return parts.join('');
  };
  const n = values.length;
  return (
    <g fill="var(--sigma)">
      <path d={path(0, above)} />
      <path d={path(above, n - below)} fillOpacity={0.6} />
      <path d={path(n - below, n)} fillOpacity={0.35} />
    </g>
  );
}

interface ReadingProps extends Pick<BarsProps, 'frame' | 'x' | 'y' | 'values'> {
  rank: number | null;
}

/** The bar under the cursor, named. */
function Reading({ frame, x, y, rank, values }: ReadingProps) {
  if (rank === null || rank > values.length) return null;
  const { left, top, plotWidth, plotHeight, type } = frame;
  const px = left + toShare(x)(rank) * plotWidth;
  const py = top + (1 - toShare(y)(values[rank - 1])) * plotHeight;
  const beyond = px > left + plotWidth / 2;
  return (
    <svg className={styles.overlay} width={frame.width} height={frame.height} aria-hidden="true">
      <g className={styles.cursor}>
        <line x1={px} x2={px} y1={top} y2={py} />
        <text x={px + (beyond ? -6 : 6) * type} y={top + 10 * type} textAnchor={beyond ? 'end' : 'start'}>
          {`unit ${rank}: σ ${significant(values[rank - 1])}`}
        </text>
      </g>
    </svg>
  );
}
