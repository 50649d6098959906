import { useLab } from '../../../store/lab';
import type { ComparedNetwork, RobustnessReport } from '../../../topology/analysis/types';
import chart from '../../charts/Chart.module.css';
import { Figure } from '../../charts/figure/Figure';
import { plotAreaOf } from '../../charts/plotArea';
import { spreadLabels } from '../../charts/labels';
import { ChartPlot } from '../../charts/ChartPlot';
import { linearAxis, logAxis, toShare } from '../../../drawing/scale';
import { ReferenceLine } from 'recharts';
import { useElementSize } from '../../kit/useElementSize';
import { groupedInteger, percent, typedNumber, significant } from '../../../drawing/format';
import styles from './Energy.module.css';

/** How each of the three is drawn and named. */
const NETWORK_STYLES: Record<
  ComparedNetwork,
  { label: string; colour: string; look: 'twin' | 'strong' | 'control' }
> = {
  twin: { label: 'λ = 0 twin', colour: 'var(--control)', look: 'twin' },
  network: { label: 'yours', colour: 'var(--accuracy)', look: 'strong' },
  rescaled: { label: 'rescaled', colour: 'var(--control)', look: 'control' },
};

interface RobustFigureProps {
  report: RobustnessReport | null;
  /** The slider's size, marked in the chart; 0 stands at no place of a log axis. */
  size: number;
}

/** Accuracy against the size of the disturbance, of each of the three. */
export function RobustFigure({ report, size: at }: RobustFigureProps) {
  const type = useLab((state) => state.ui.present) ? 1.35 : 1;
  const [box, size] = useElementSize<HTMLDivElement>();
  const frame = size && plotAreaOf(size.width, size.height, type, 10);
  const noise = report?.disturbance !== 'quantisation';
  const sizes = report?.curves[0]?.points.map((point) => point.size) ?? [0.003, 3];
  const x = logAxis(Math.min(...sizes), Math.max(...sizes), {
    count: Math.max(2, Math.round((frame?.plotWidth ?? 200) / (64 * type))),
  });
  const y = linearAxis(0, 100, { count: Math.max(2, Math.round((frame?.plotHeight ?? 100) / (30 * type))) });
  const draws = report?.curves[0]?.points[0]?.draws ?? 0;
  const what = noise
    ? 'standard deviation of the noise on every hidden activation'
    : 'step every hidden activation is rounded to';
  const about = report
    ? `test accuracy, % · across: ${what} · n ${groupedInteger(report.n)}${noise ? `, mean of ${draws} draw${draws === 1 ? '' : 's'}` : ''}`
    : 'test accuracy, %';
  const lines = (report?.curves ?? []).map(({ contender, points }) => ({
    id: contender,
    colour: NETWORK_STYLES[contender].colour,
    look: NETWORK_STYLES[contender].look,
    points: points.map((point) => ({ x: point.size, y: 100 * point.accuracy })),
  }));
  const ends = frame
    ? spreadLabels(
        lines.map(
          ({ points }) => frame.top + (1 - toShare(y)(points[points.length - 1].y)) * frame.plotHeight,
        ),
        14 * type,
        frame.top,
        frame.top + frame.plotHeight,
      )
    : [];
  return (
    <Figure
      box={box}
      className={styles.robust}
      name={noise ? 'noise' : 'quantisation'}
      title={noise ? 'Accuracy under noise' : 'Accuracy under quantisation'}
      about={about}
      format={significant}
      table={() => ({
        caption: `${about}; ± is the standard deviation between draws.`,
        head: [
          noise ? 'σ' : 'Step',
          ...(report?.curves ?? []).map(({ contender }) => NETWORK_STYLES[contender].label),
        ],
        rows: sizes.map((value, i) => [
          typedNumber(value),
          ...(report?.curves ?? []).map(({ points }) => {
            const { accuracy, accuracyDeviation } = points[i];
            return noise
              ? `${percent(accuracy)} ± ${(100 * accuracyDeviation).toFixed(1)}`
              : percent(accuracy);
          }),
        ]),
      })}
      csv={() => [
        'network,size,accuracy,accuracy_deviation,cross_entropy,cross_entropy_deviation,draws,n\n',
        ...(report?.curves ?? []).flatMap(({ contender, points }) =>
          points.map(
            (p) =>
              `${contender},${p.size},${p.accuracy},${p.accuracyDeviation},${p.crossEntropy},${p.crossEntropyDeviation},${p.draws},${report?.n ?? 0}\n`,
          ),
        ),
      ]}
      series={() => false}
      caption={about}
    >
      {frame && report && (
        <ChartPlot
          frame={{
            ...frame,
            right: frame.right + 62 * type,
            plotWidth: Math.max(1, frame.plotWidth - 62 * type),
          }}
          x={x}
          y={y}
          lines={lines}
        >
          {at > 0 && <ReferenceLine x={at} className={styles.mark} ifOverflow="hidden" />}
          {lines.map(({ id, colour }, i) => (
            <text
              key={id}
              className={styles.end}
              x={frame.width - frame.right - 62 * type + 6}
              y={ends[i] + 4 * type}
              fill={colour}
            >
              {NETWORK_STYLES[id].label}
            </text>
          ))}
        </ChartPlot>
      )}
      {!report && <p className={chart.empty}>Measuring …</p>}
    </Figure>
  );
}
