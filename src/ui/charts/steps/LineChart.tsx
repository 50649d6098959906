import { useState } from 'react';
import { useLab } from '../../../store/lab';
import { groupedInteger } from '../../../drawing/format';
import styles from '../Chart.module.css';
import { CursorSlider, moveCursor } from '../CursorSlider';
import type { LineChartProps } from './lineChartProps';
import { chartDrawing, chartSummary } from './chartDrawing';
import { Figure } from '../figure/Figure';
import { type PlotArea, plotAreaOf, gutterOf } from '../plotArea';
import { CursorLabels, useCursor } from './CursorLabels';
import { clusterPins } from '../timeline/pins';
import { ChartPlot } from '../ChartPlot';
import { linearAxis, toShare } from '../../../drawing/scale';
import { rowAt, runExtent } from './chartLine';
import { useCaption } from '../figure/useCaption';
import { useShownStep } from './useShownStep';
import { useElementSize } from '../../kit/useElementSize';

/** A live chart over steps: what is drawn is decimated; what is read, tabled and exported is raw. */
export function LineChart(props: LineChartProps) {
  const { name, title, references = [], logView, format } = props;
  // The history is one object that grows: its version says when to look again.
  useLab((state) => state.historyVersion);
  const history = useLab((state) => state.history);
  const step = useShownStep();
  const playing = useLab((state) => state.run.status === 'playing');
  const pins = useLab((state) => state.pins);
  const type = useLab((state) => state.ui.present) ? 1.35 : 1;
  const [box, size] = useElementSize<HTMLDivElement>();
  const [log, setLog] = useState(props.startLog ?? false);

  const frame = size && plotAreaOf(size.width, size.height, type, gutterOf(props.labelWidth));
  const width = frame?.plotWidth ?? 200;
  const end = runExtent(history, step);
  const x = linearAxis(0, end, {
    count: Math.max(2, Math.round(width / (64 * type))),
    whole: true,
    format: 'count',
  });
  const share = toShare(x);
  const drawn = chartDrawing(props, { log, end, width, height: frame?.plotHeight ?? 150, type });
  const { sources, y, empty, zeros } = drawn;
  const caption = useCaption(empty ? props.empty : chartSummary(drawn, format, step));
  const heading = log && logView ? logView.title : title;

  return (
    <Figure
      box={box}
      name={name}
      title={heading}
      value={props.value}
      about={props.about}
      log={log}
      onLog={setLog}
      logLabel={logView ? `${logView.title}, log axis` : 'Log axis'}
      sources={sources}
      format={format}
      series={props.series}
      foot={
        (props.note ?? zeros.length > 0) && (
          <p className={styles.note}>
            {props.note}
            {zeros.length > 0 && `${zeros.join(' and ')}: zero, so not on a log axis.`}
          </p>
        )
      }
      caption={caption}
      live={playing ? 'off' : 'polite'}
    >
      {frame && (
        <>
          <ChartPlot
            frame={frame}
            x={x}
            y={empty ? { ...y, ticks: y.ticks.map((tick) => ({ ...tick, label: '' })) } : y}
            lines={drawn.lines}
            bundles={drawn.bundles}
            pins={clusterPins(pins, (at) => share(at) * frame.plotWidth, 14 * type)}
            references={empty ? [] : references}
          />
          <CursorLabels frame={frame} x={x} y={y} sources={sources} format={format} />
          {empty ? (
            <p className={styles.empty}>{props.empty}</p>
          ) : (
            <Cursor frame={frame} max={end} title={heading} sources={sources} format={format} />
          )}
        </>
      )}
    </Figure>
  );
}

interface CursorProps extends Pick<LineChartProps, 'title' | 'sources' | 'format'> {
  frame: PlotArea;
  max: number;
}

/** The linked cursor of this chart, spoken with the values of every labelled line. */
function Cursor({ frame, max, title, sources, format }: CursorProps) {
  const cursor = useCursor();
  const text = (at: number): string => {
    const parts = sources.flatMap((line) => {
      const read = line.label === null ? null : rowAt(line, at);
      return read ? `${line.label ?? ''} ${format(read.value)}` : [];
    });
    return `step ${groupedInteger(at)}: ${parts.join(', ')}`;
  };
  return (
    <CursorSlider
      frame={frame}
      label={`${title}: step`}
      min={0}
      max={max}
      value={cursor}
      text={text}
      onMove={moveCursor}
    />
  );
}
