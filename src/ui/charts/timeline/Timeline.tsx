import { useLab } from '../../../store/lab';
import { groupedInteger, percent } from '../../../drawing/format';
import { Button } from '../../kit';
import { CursorSlider, moveCursor } from '../CursorSlider';
import { finiteExtent, minMax } from '../steps/decimate';
import type { PlotArea } from '../plotArea';
import { useCursor } from '../steps/CursorLabels';
import { clusterPins } from './pins';
import { PinMark } from './PinMark';
import { type AxisScale, linearAxis, toShare } from '../../../drawing/scale';
import { branchLines, evaluationRows, rowAt, runExtent } from '../steps/chartLine';
import styles from './Timeline.module.css';
import { useShownStep } from '../steps/useShownStep';
import { useElementSize } from '../../kit/useElementSize';

/** Least distance of two pins' buttons, in pixels. */
const PIN_GAP = 26;

/** The whole run on one line: test accuracy, pins that open their reports, grey abandoned branches, and Undo. */
export function Timeline() {
  const step = useLab((state) => state.run.step);
  const perEpoch = useLab((state) => state.run.stepsPerEpoch);
  const undoDepth = useLab((state) => state.run.undoDepth);
  return (
    <div className={styles.timeline}>
      <p className={styles.now}>
        <span>Step</span>
        <strong>{groupedInteger(step)}</strong>
        {perEpoch > 0 && (
          <span title="Images drawn, in training sets. The first passes draw from the images that load first.">
            epoch {(step / perEpoch).toFixed(1)}
          </span>
        )}
      </p>
      <Track />
      <div className={styles.undo}>
        <Button
          icon="undo"
          disabled={undoDepth === 0}
          onClick={() => useLab.getState().undo()}
          aria-label="Undo"
        >
          <span className={styles.undoText}>Undo</span>
        </Button>
      </div>
    </div>
  );
}

function Track() {
  useLab((state) => state.historyVersion);
  const history = useLab((state) => state.history);
  const step = useShownStep();
  const pins = useLab((state) => state.pins);
  const type = useLab((state) => state.ui.present) ? 1.35 : 1;
  const [box, size] = useElementSize<HTMLDivElement>();
  const end = runExtent(history, step);
  const frame = size && trackFrame(size.width, size.height, type);
  const x = linearAxis(0, end, {
    count: Math.max(2, Math.round((size?.width ?? 600) / 110)),
    whole: true,
    format: 'count',
  });
  const share = toShare(x);
  const rows = evaluationRows(history.evaluations, 'main');
  const main = frame ? minMax(rows, 0, end, frame.plotWidth) : [];
  const linear = frame
    ? minMax(evaluationRows(history.evaluations, 'baseline'), 0, end, frame.plotWidth)
    : [];
  const branches = frame
    ? branchLines(history, (part) => evaluationRows(part.evaluations, 'main')).map((branch) => ({
        id: branch.id,
        points: minMax(branch, 0, end, frame.plotWidth),
      }))
    : [];
  const [low, high] = finiteExtent([main, linear, ...branches.map((b) => b.points)]) ?? [0, 1];
  const y = linearAxis(low, high > low ? high : low + 0.01, { ticks: [] });
  const path = (points: typeof main): string =>
    frame
      ? points
          .map(({ x: at, y: value }, i) => `${i ? 'L' : 'M'}${px(frame, x, at)} ${py(frame, y, value ?? 0)}`)
          .join('')
      : '';
  const last = main.at(-1);
  return (
    <div className={styles.track} ref={box}>
      {frame && (
        <>
          <svg width={frame.width} height={frame.height} aria-hidden="true">
            <line
              className={styles.axis}
              x1={frame.left}
              x2={frame.left + frame.plotWidth}
              y1={frame.top + frame.plotHeight + 0.5}
              y2={frame.top + frame.plotHeight + 0.5}
            />
            {x.ticks.map(({ value: at, label }) => (
              <text
                key={at}
                className={styles.tick}
                x={px(frame, x, at)}
                y={frame.height - 1}
                textAnchor={at === 0 ? 'start' : share(at) > 0.985 ? 'end' : 'middle'}
              >
                {label}
              </text>
            ))}
            {branches.map(({ id, points }) => (
              <path key={id} className={styles.branch} d={path(points)} />
            ))}
            {pins.map((pin) => (
              <line
                key={pin.id}
                className={styles.stem}
                x1={px(frame, x, pin.step)}
                x2={px(frame, x, pin.step)}
                y1={frame.top}
                y2={frame.top + frame.plotHeight}
              />
            ))}
            <path className={styles.linear} d={path(linear)} />
            <path className={styles.line} d={path(main)} />
            <line
              className={styles.present}
              x1={px(frame, x, step)}
              x2={px(frame, x, step)}
              y1={frame.top}
              y2={frame.top + frame.plotHeight}
            />
            {last && (
              <circle className={styles.dot} cx={px(frame, x, last.x)} cy={py(frame, y, last.y ?? 0)} r={3} />
            )}
          </svg>
          <Reading frame={frame} x={x} y={y} />
          {clusterPins(pins, (at) => share(at) * frame.plotWidth, PIN_GAP * type).map((cluster) => (
            <PinMark key={cluster.pins[0].id} cluster={cluster} left={frame.left} width={frame.plotWidth} />
          ))}
        </>
      )}
    </div>
  );
}

function trackFrame(width: number, height: number, type: number): PlotArea {
  const top = Math.round(24 * type);
  const bottom = Math.round(15 * type);
  const side = 6;
  return {
    width,
    height,
    left: side,
    right: side,
    top,
    bottom,
    plotWidth: width - 2 * side,
    plotHeight: Math.max(8, height - top - bottom),
    type,
  };
}

const px = (frame: PlotArea, x: AxisScale, step: number): number =>
  frame.left + toShare(x)(step) * frame.plotWidth;
const py = (frame: PlotArea, y: AxisScale, value: number): number =>
  frame.top + (1 - toShare(y)(value)) * (frame.plotHeight - 4) + 2;

/** The cursor all charts share, with the accuracy of the run there. */
function Reading({ frame, x, y }: { frame: PlotArea; x: AxisScale; y: AxisScale }) {
  const cursor = useCursor();
  const history = useLab((state) => state.history);
  const rows = evaluationRows(history.evaluations, 'main');
  const read = cursor === null ? null : rowAt(rows, cursor);
  const text = (at: number): string => {
    const here = rowAt(rows, at);
    return `step ${groupedInteger(at)}${here ? `: test accuracy ${percent(here.value)}` : ''}`;
  };
  const at = cursor === null ? 0 : px(frame, x, cursor);
  const beyond = at > frame.width / 2;
  return (
    <>
      {cursor !== null && (
        <svg className={styles.reading} width={frame.width} height={frame.height} aria-hidden="true">
          <line x1={at} x2={at} y1={frame.top} y2={frame.top + frame.plotHeight} />
          {read && <circle cx={px(frame, x, read.step)} cy={py(frame, y, read.value)} r={3} />}
          <text
            x={at + (beyond ? -6 : 6)}
            y={frame.top + frame.plotHeight - 4}
            textAnchor={beyond ? 'end' : 'start'}
          >
            {`step ${groupedInteger(cursor)}${read ? ` · accuracy ${percent(read.value)}` : ''}`}
          </text>
        </svg>
      )}
      <CursorSlider
        frame={frame}
        label="Timeline: step"
        min={0}
        max={Math.round(x.domain[1])}
        value={cursor}
        text={text}
        onMove={moveCursor}
      />
    </>
  );
}
