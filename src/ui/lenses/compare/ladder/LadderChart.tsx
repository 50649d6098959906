import { useState } from 'react';
import { useLab } from '../../../../store/lab';
import type { SweepPoint, SweepState } from '../../../../worker/protocol';
import styles from '../../../charts/Chart.module.css';
import { Figure } from '../../../charts/figure/Figure';
import { type PlotArea, plotAreaOf } from '../../../charts/plotArea';
import { ChartPlot } from '../../../charts/ChartPlot';
import { fittedAxis, type TickFormat, tickLabels, toShare } from '../../../../drawing/scale';
import { useCaption } from '../../../charts/figure/useCaption';
import { useElementSize } from '../../../kit/useElementSize';
import { groupedInteger, percent, typedNumber, significant } from '../../../../drawing/format';
import own from '../Compare.module.css';
import { earlierPoints, lambdaAxis } from './ladder';
import { LadderMarks } from './LadderMarks';
import { PointCursor } from '../map/PointCursor';
import { measurable, sweepCsv } from '../sweep';

export interface LadderChartProps {
  name: string;
  title: string;
  about: string;
  headline: { strong: string; rest: string } | null;
  /** The λs on the axis: of the copies, or of those that would be made. */
  ladder: number[];
  state: SweepState | null;
  trail: SweepState[];
  value: (point: SweepPoint) => number;
  yours: { lambda: number; value: number } | null;
  linear?: number;
  colour: string;
  canLog?: boolean;
  format: (value: number) => string;
  /** How numbers along the y axis are written. */
  numbers?: TickFormat;
  empty: string;
}

/** Earlier moments drawn behind the present one. */
const PAST = 16;

/** A quantity of the copies against their λ: the present strong, what it came through faint, your network as a ring. */
export function LadderChart(props: LadderChartProps) {
  const { name, title, about, headline, ladder, state, trail, value, colour, format } = props;
  // Without copies the axes stand empty: a lone ring would only be in the way of what is said there.
  const { yours, linear } = props.state ? props : { yours: null, linear: undefined };
  const type = useLab((lab) => lab.ui.present) ? 1.35 : 1;
  const [box, size] = useElementSize<HTMLDivElement>();
  const [log, setLog] = useState(props.canLog ?? false);
  const [cursor, setCursor] = useState<number | null>(null);
  const points = state?.points ?? [];
  const past = earlierPoints(trail, PAST);
  const frame = size && roomy(plotAreaOf(size.width, size.height, type, 14));
  const axis = lambdaAxis(ladder, yours ? [yours.lambda] : [], (frame?.plotWidth ?? 250) / (46 * type));
  const shown = (point: SweepPoint): number | null => {
    const y = measurable(point) ? value(point) : NaN;
    return Number.isNaN(y) || (log && y <= 0) ? null : y;
  };
  const line = (of: readonly SweepPoint[]) =>
    of.flatMap((point) => (point.lambda > 0 ? [{ x: axis.at(point.lambda), y: shown(point) }] : []));
  const values = [
    ...[...points, ...past.flatMap((moment) => moment.points)].flatMap((point) => shown(point) ?? []),
    ...(yours && (!log || yours.value > 0) ? [yours.value] : []),
    ...(linear === undefined ? [] : [linear]),
  ];
  const range: [number, number] | null = values.length ? [Math.min(...values), Math.max(...values)] : null;
  const rows = Math.max(2, Math.round((frame?.plotHeight ?? 150) / (34 * type)));
  const fitted = fittedAxis(range, {
    log,
    fit: props.canLog ? 'zero' : 'data',
    count: rows,
    format: props.numbers,
  });
  const y = range ? fitted : { ...fitted, ticks: fitted.ticks.map((tick) => ({ ...tick, label: '' })) };
  const read = (point: SweepPoint): string =>
    `λ ${typedNumber(point.lambda)}: ${measurable(point) ? format(value(point)) : 'diverged'}`;
  const caption = useCaption(
    state
      ? `${groupedInteger(state.step - state.startStep)} steps since step ${groupedInteger(state.startStep)}: ${points.map(read).join('; ')}.`
      : props.empty,
  );
  return (
    <Figure
      box={box}
      className={own.ladder}
      name={name}
      title={title}
      value={
        headline && (
          <>
            <strong>{headline.strong}</strong> {headline.rest}
          </>
        )
      }
      valueTestId={`${name}-span`}
      about={about}
      log={props.canLog && log}
      onLog={props.canLog ? setLog : undefined}
      logLabel="Log axis"
      format={format}
      table={() => ladderTable(state)}
      csv={() => sweepCsv(trail)}
      series={() => false}
      caption={caption}
    >
      {frame && (
        <>
          <ChartPlot
            frame={frame}
            x={axis.scale}
            y={y}
            lines={[
              ...(linear === undefined
                ? []
                : [
                    {
                      id: 'linear',
                      colour: 'var(--control)',
                      look: 'control' as const,
                      points: axis.scale.domain.map((x) => ({ x, y: linear })),
                    },
                  ]),
              { id: 'now', colour, look: 'strong', points: line(points) },
            ]}
            bundles={[
              {
                id: 'past',
                colour,
                opacity: 0.22,
                strong: false,
                lines: past.map((moment) => line(moment.points)),
              },
            ]}
          >
            <LadderMarks
              frame={frame}
              x={axis.scale}
              y={y}
              breakAt={axis.zero?.until ?? null}
              copies={points.map((point) => ({
                lambda: point.lambda,
                x: axis.at(point.lambda),
                y: shown(point),
                diverged: !measurable(point),
              }))}
              earlier={past.flatMap(({ step, points: before }) => {
                const height = before.map((point) => (point.lambda === 0 ? shown(point) : null));
                return height.flatMap((at) => (at === null ? [] : [{ step, x: axis.at(0), y: at }]));
              })}
              yours={yours && { x: axis.at(yours.lambda), y: yours.value }}
              linear={
                linear === undefined
                  ? undefined
                  : {
                      value: linear,
                      label: `linear ${tickLabels([Number(linear.toFixed(3))], props.numbers ?? 'number')[0]}`,
                    }
              }
              colour={colour}
            />
          </ChartPlot>
          {state ? (
            <PointCursor
              frame={frame}
              label={`${title}: copy`}
              places={points.map((point) => toShare(axis.scale)(axis.at(point.lambda)))}
              value={cursor}
              text={(k) => read(points[k])}
              onMove={setCursor}
            />
          ) : (
            <p className={styles.empty}>{props.empty}</p>
          )}
        </>
      )}
    </Figure>
  );
}

/** Six-character energies (0.0125) stand before the axis. */
function roomy(frame: PlotArea): PlotArea {
  const more = Math.round(8 * frame.type);
  return { ...frame, left: frame.left + more, plotWidth: frame.plotWidth - more };
}

/** The present copies as a table. */
function ladderTable(state: SweepState | null) {
  if (!state) return { caption: 'No copies yet.', head: ['λ'], rows: [] };
  return {
    caption: `Step ${groupedInteger(state.step)}, ${groupedInteger(state.step - state.startStep)} since the start; n ${groupedInteger(state.n)}.`,
    head: ['λ', 'E', 'Accuracy', 'State'],
    rows: state.points.map((point) => [
      typedNumber(point.lambda),
      significant(point.energy, 4),
      percent(point.accuracy),
      measurable(point) ? 'finite' : 'diverged',
    ]),
  };
}
