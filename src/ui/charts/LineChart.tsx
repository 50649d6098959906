import { type ReactNode, useState } from 'react';
import { useLab } from '../../store/lab';
import { groupedInteger } from '../format';
import styles from './Chart.module.css';
import { CursorSlider, moveCursor } from './CursorSlider';
import type { SeriesRows } from './decimate';
import { chartDrawing, chartSummary } from './chartDrawing';
import { Figure } from './Figure';
import { type PlotArea, plotAreaOf, gutterOf } from './plotArea';
import { CursorLabels, useCursor } from './CursorLabels';
import { clusterPins } from './pins';
import { type DrawnBundle, ChartPlot, type ReferenceLine } from './ChartPlot';
import { axisTick, type AxisFit, linearScale, linearTicks } from './scale';
import { rowAt, runExtent, type ChartLine } from './chartLine';
import { useCaption } from './useCaption';
import { useShownStep } from './useShownStep';
import { useElementSize } from './useElementSize';

/** Lines drawn as one, with the values of each (see DrawnBundle). */
export interface LineBundle extends Omit<DrawnBundle, 'lines'> {
  rows: SeriesRows[];
}

export interface LineChartProps {
  /** Short name, for files: "accuracy". */
  name: string;
  title: string;
  /** Unit, what is averaged over what, and n. */
  about: string;
  /** A number beside the title. */
  value?: ReactNode;
  sources: ChartLine[];
  bundles?: LineBundle[];
  /** Horizontal marks, e.g. σ = 1; they are kept in sight. */
  references?: ReferenceLine[];
  startLog?: boolean;
  /** What the log axis shows where it is not the same quantity (accuracy shows its error). */
  logView?: { title: string; map: (value: number) => number };
  fit?: AxisFit;
  /** Values before this step do not stretch the linear axis. */
  fitFrom?: number;
  /** Least height of the linear axis: below it, differences are noise. */
  least?: number;
  format: (value: number) => string;
  tick?: (value: number) => string;
  /** Widest end label, in characters. */
  labelWidth: number;
  /** The raw series behind the chart, by export name. */
  series: (name: string) => boolean;
  /** What stands in the plot while it is empty. */
  empty: string;
  note?: ReactNode;
}

/** A live chart over steps: what is drawn is decimated; what is read, tabled and exported is raw. */
export function LineChart(props: LineChartProps) {
  const { name, title, references = [], logView, format } = props;
  const version = useLab((state) => state.historyVersion);
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
  const x = linearScale(0, end, linearTicks(0, end, Math.max(2, Math.round(width / (64 * type))), true));
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
            y={y}
            lines={drawn.lines}
            bundles={drawn.bundles}
            pins={clusterPins(pins, (at) => x.share(at) * frame.plotWidth, 14 * type)}
            references={empty ? [] : references}
            tick={empty ? () => '' : (props.tick ?? axisTick)}
            version={[
              version,
              pins.length,
              pins.at(-1)?.id,
              step,
              log,
              type,
              size.width,
              size.height,
              face(props),
            ].join()}
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

/** Which lines there are and how they look: a changed focus or label redraws without new history. */
function face({ sources, references = [] }: LineChartProps): string {
  return [
    ...sources.map((line) => line.id + line.look + String(line.n)),
    ...references.map((mark) => mark.label),
  ].join();
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
