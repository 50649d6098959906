import { useLab } from '../../../store/lab';
import type { EnergyReport } from '../../../topology/analysis/types';
import chart from '../../charts/Chart.module.css';
import { Figure } from '../../charts/figure/Figure';
import { plotAreaOf } from '../../charts/plotArea';
import { logAxis, toShare } from '../../../drawing/scale';
import { useElementSize } from '../../kit/useElementSize';
import { groupedInteger, significant } from '../../../drawing/format';
import { Popover } from '../../kit';
import { waterfallColumns } from './columns';
import styles from './Energy.module.css';
import { energySentence, factorText } from './sentence';
import { useSampleNouns } from '../../useSampleNouns';

/** The fall of E from the λ = 0 twin to the network, factor by factor, on a log axis. */
export function WaterfallFigure({ report, empty }: { report: EnergyReport | null; empty: string }) {
  const { many } = useSampleNouns();
  const type = useLab((state) => state.ui.present) ? 1.35 : 1;
  const [box, size] = useElementSize<HTMLDivElement>();
  const columns = report ? waterfallColumns(report) : [];
  const base = size && plotAreaOf(size.width, size.height, type, 0);
  const foot = Math.round(34 * type);
  const frame = base && { ...base, bottom: foot, plotHeight: Math.max(1, size.height - base.top - foot) };
  const levels = columns.map(({ to }) => to);
  const axis = logAxis(
    levels.length ? Math.min(...levels) / 1.8 : 0.1,
    levels.length ? Math.max(...levels) * 1.5 : 10,
    { count: Math.max(2, Math.round((frame?.plotHeight ?? 120) / (30 * type))) },
  );
  const share = toShare(axis);
  const about = report
    ? `log axis · ${groupedInteger(report.network.n)} test ${many} · float64`
    : 'factors between the energy of the λ = 0 twin and yours, on a log axis';
  const values = columns.map(({ name, to, factor }) => [
    name.join(' ').trim(),
    factor === null ? '' : factorText(factor),
    significant(to),
  ]);
  return (
    <Figure
      box={box}
      className={styles.waterfall}
      name="waterfall"
      title="How E fell"
      value={report?.waterfall && <strong>{factorText(report.waterfall.total)}</strong>}
      valueTestId="waterfall-total"
      about={about}
      format={significant}
      table={() => ({ caption: about, head: ['', 'Factor', 'E'], rows: values })}
      csv={() => ['part,factor,energy\n', ...columns.map((c) => `${c.id},${c.factor ?? ''},${c.to}\n`)]}
      series={() => false}
      caption={report ? energySentence(report) : empty}
      foot={report?.waterfall ? <Definition /> : undefined}
    >
      {frame && columns.length > 0 && (
        <svg className={styles.picture} width={frame.width} height={frame.height} aria-hidden="true">
          {axis.ticks.map(({ value: tick, label }) => {
            const y = frame.top + (1 - share(tick)) * frame.plotHeight;
            return (
              <g key={tick}>
                <line className={styles.grid} x1={frame.left} x2={frame.width} y1={y} y2={y} />
                <text className={styles.tick} x={frame.left - 6} y={y + 4} textAnchor="end">
                  {label}
                </text>
              </g>
            );
          })}
          {columns.map((column, i) => {
            const place = (value: number): number => frame.top + (1 - share(value)) * frame.plotHeight;
            const pitch = frame.plotWidth / columns.length;
            const x = frame.left + i * pitch;
            const bar = Math.min(48 * type, pitch * 0.66);
            const left = x + (pitch - bar) / 2;
            const start = column.from === null ? frame.top + frame.plotHeight : place(column.from);
            const end = place(column.to);
            const back = column.factor !== null && column.factor < 1;
            const kind = column.factor === null ? column.id : back ? 'back' : 'fall';
            return (
              <g key={column.id} data-part={column.id}>
                <rect
                  className={styles.bar}
                  data-kind={kind}
                  x={left}
                  width={bar}
                  y={Math.min(start, end)}
                  height={Math.max(1, Math.abs(end - start))}
                >
                  <title>{values[i].filter(Boolean).join(' · ')}</title>
                </rect>
                {i + 1 < columns.length && (
                  <line
                    className={styles.level}
                    x1={left + bar}
                    x2={x + pitch + (pitch - bar) / 2}
                    y1={end}
                    y2={end}
                  />
                )}
                <text
                  className={styles.factor}
                  data-kind={kind}
                  x={left + bar / 2}
                  y={Math.min(start, end) - 5}
                  textAnchor="middle"
                >
                  {column.factor === null ? significant(column.to, 2) : factorText(column.factor)}
                </text>
                {column.name.map((line, k) => (
                  <text
                    key={k}
                    className={styles.tick}
                    x={left + bar / 2}
                    y={frame.top + frame.plotHeight + (14 + 14 * k) * type}
                    textAnchor="middle"
                  >
                    {line}
                  </text>
                ))}
              </g>
            );
          })}
        </svg>
      )}
      {columns.length === 0 && <p className={chart.empty}>{empty}</p>}
    </Figure>
  );
}

/** What the three parts are, one click away. */
function Definition() {
  return (
    <p className={styles.note}>
      <Popover label="How the split is defined" trigger="How the split is defined" size="small">
        <div className={styles.definition}>
          <p>
            For a ReLU network, multiplying a unit’s weights in by c and its weights out by 1/c changes E and
            nothing else. So the fall of E is set beside the fall of an energy that no such rescaling changes:
            G = Σ E(h·∂z/∂h)² over all hidden units and all logits z (gradient times activation).
          </p>
          <p>
            <b>Rescaling</b> = (E₀/E₁)/(G₀/G₁): what E fell beyond G. <b>Smaller logits</b> = E‖z₀‖²/E‖z₁‖²:
            all of G falls with them, and accuracy need not notice. <b>Rest</b> = G per logit energy, before
            over after: what neither explains. Below 1 a part points backwards. The product is E₀/E₁ exactly.
          </p>
        </div>
      </Popover>
    </p>
  );
}
