import type { UnitsPoint } from '../../store/series/history';
import { useLab } from '../../store/lab';
import { Figure } from '../charts/figure/Figure';
import { plotAreaOf } from '../charts/plotArea';
import { ChartPlot } from '../charts/ChartPlot';
import { ReferenceDot } from 'recharts';
import { fittedAxis, linearAxis, reversedAxis } from '../../drawing/scale';
import { useCaption } from '../charts/figure/useCaption';
import { useElementSize } from '../kit/useElementSize';
import { groupedInteger, percent } from '../../drawing/format';
import { useSampleNouns } from '../useSampleNouns';

/** Least height of the axis: below two points of accuracy, differences are noise. */
const LEAST_RANGE = 0.02;

/**
 * Accuracy against units left, as removals were made: fewer to the right, so that the cliff is fallen off at the right end.
 * The linear baseline at the same step is the dashed mark.
 */
export function UnitsChart({ trace, linear }: { trace: UnitsPoint[]; linear: number | null }) {
  const { many } = useSampleNouns();
  const type = useLab((state) => state.ui.present) ? 1.35 : 1;
  const [box, size] = useElementSize<HTMLDivElement>();
  const first = trace[0];
  const last = trace[trace.length - 1];
  const most = Math.max(...trace.map((point) => point.units));
  const title = `Accuracy against units left in layer ${first.layer + 1}`;
  const about = `% of ${groupedInteger(last.n)} fixed test ${many} at step ${groupedInteger(first.step)} · fewer units to the right${linear === null ? '' : ' · dashed: linear'}`;
  const frame = size && plotAreaOf(size.width, size.height, type, 14);
  const count = Math.max(2, Math.round((frame?.plotWidth ?? 200) / (56 * type)));
  const x = reversedAxis(linearAxis(0, most, { count, whole: true, format: 'count' }));
  const values = [...trace.map((point) => point.accuracy), ...(linear === null ? [] : [linear])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = Math.max(0, LEAST_RANGE - (high - low)) / 2;
  const y = fittedAxis([low - air, high + air], {
    ...{ log: false, fit: 'data', count: 4, format: 'percent' },
  });
  const caption = useCaption(
    `${percent(first.accuracy)} with ${first.units} units, ${percent(last.accuracy)} with ${last.units}.`,
  );
  return (
    <Figure
      box={box}
      chart="units"
      name="units-left"
      title={title}
      value={
        <>
          <strong>{percent(last.accuracy)}</strong> with {groupedInteger(last.units)}
        </>
      }
      valueTestId="units-left"
      about={about}
      format={percent}
      table={() => ({
        caption: `${about}, in the order of the operations.`,
        head: ['Units', 'Accuracy'],
        rows: trace.map((point) => [groupedInteger(point.units), percent(point.accuracy)]),
      })}
      series={(name) => name === 'testAccuracy'}
      caption={caption}
    >
      {frame && (
        <ChartPlot
          frame={frame}
          x={x}
          y={y}
          lines={[
            {
              id: 'units',
              colour: 'var(--accuracy)',
              look: 'strong',
              points: trace.map((point) => ({ x: point.units, y: point.accuracy })),
            },
            ...(linear === null
              ? []
              : [
                  {
                    id: 'linear',
                    colour: 'var(--control)',
                    look: 'control' as const,
                    points: [most, 0].map((at) => ({ x: at, y: linear })),
                  },
                ]),
          ]}
        >
          <ReferenceDot x={last.units} y={last.accuracy} r={3 * type} fill="var(--accuracy)" stroke="none" />
        </ChartPlot>
      )}
    </Figure>
  );
}
