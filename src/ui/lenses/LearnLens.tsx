import { METRIC_INDEX } from '../../store/series/history';
import { useLab } from '../../store/lab';
import {
  branchLines,
  columnRows,
  evaluationRows,
  runExtent,
  type ChartLine,
  chartLine,
  trailingMean,
} from '../charts/steps/chartLine';
import { useShownStep } from '../charts/steps/useShownStep';
import { LineChart } from '../charts/steps/LineChart';
import type { RunnerId } from '../../worker/protocol';
import { groupedInteger, percent, significant } from '../../drawing/format';
import { useEmptyText } from './empty';
import { UnitsChart } from './UnitsChart';
import { useSampleNouns } from '../useSampleNouns';

/** Steps a smoothed line averages. */
export const SMOOTHING_STEPS = 25;

export const TWIN_LABEL = {
  off: 'twin',
  tanh: 'tanh twin',
  'lambda-zero': 'λ = 0 twin',
  'fixed-width': 'fixed-width twin',
  ungrown: 'twin from here',
} as const;

/**
 * Evaluations a line averages: one while they can be told apart; in a long run a few, or noise of ±1 point would be all
 * there is to see.
 */
const smoothing = (n: number): number => (n <= 200 ? 1 : Math.ceil(n / 100));

const points = (fraction: number): string => (100 * fraction).toFixed(1);

/**
 * Test accuracy beside its controls, and the parts of the loss; after removals, until training goes on, accuracy against units
 * left stands in the loss's place.
 */
export function LearnLens() {
  useLab((state) => state.historyVersion);
  const { units } = useLab((state) => state.history);
  const step = useLab((state) => state.run.step);
  const linear = useLab((state) => state.evaluations.baseline);
  const traced = units.length > 1 && units[units.length - 1].step === step;
  return (
    <>
      <AccuracyChart />
      {traced ? (
        <UnitsChart trace={units} linear={linear?.step === step ? linear.accuracy : null} />
      ) : (
        <LossChart />
      )}
    </>
  );
}

function AccuracyChart() {
  const { many } = useSampleNouns();
  useLab((state) => state.historyVersion);
  const history = useLab((state) => state.history);
  const empty = useEmptyText();
  const step = useShownStep();
  const playing = useLab((state) => state.run.status === 'playing');
  const twin = useLab((state) => state.twin.kind);
  const full = useLab((state) => state.fullEvaluations.main);
  const n = history.latestEvaluation('main')?.n ?? 1000;
  const evaluations = (runner: RunnerId) => evaluationRows(history.evaluations, runner);
  const main = evaluations('main');
  const window = smoothing(main.n);
  const shown = (runner: RunnerId) => trailingMean(evaluations(runner), window);
  const sources: ChartLine[] = [
    ...branchLines(history, (part) => trailingMean(evaluationRows(part.evaluations, 'main'), window)),
    ...(window > 1
      ? [chartLine({ id: 'raw', label: null, colour: 'var(--accuracy)', look: 'faint' } as const, main)]
      : []),
    chartLine(
      { id: 'baseline', label: 'linear', colour: 'var(--control)', look: 'control' },
      shown('baseline'),
    ),
    chartLine({ id: 'twin', label: TWIN_LABEL[twin], colour: 'var(--control)', look: 'twin' }, shown('twin')),
    chartLine({ id: 'main', label: 'network', colour: 'var(--accuracy)', look: 'strong' }, shown('main')),
  ];
  const end = runExtent(history, step);
  const final = full && !playing && full.step === step ? full : null;
  return (
    <LineChart
      name="accuracy"
      title="Test accuracy"
      about={`% of ${groupedInteger(n)} fixed test ${many} · linear: softmax regression${window > 1 ? ` · lines: mean of ${window} evaluations, faint: each` : ''}`}
      value={
        final && (
          <>
            <strong>{percent(final.accuracy)}</strong> of all {groupedInteger(final.n)}
          </>
        )
      }
      sources={sources}
      fit="data"
      least={0.02}
      fitFrom={end > 150 ? 0.1 * end : 0}
      logView={{ title: 'Test error', map: (accuracy) => 1 - accuracy }}
      format={points}
      numbers="percent"
      labelWidth={twin === 'off' ? 12 : 15}
      series={(name) => name === 'testAccuracy' || name === 'testImages'}
      empty={empty}
    />
  );
}

function LossChart() {
  useLab((state) => state.historyVersion);
  const history = useLab((state) => state.history);
  const empty = useEmptyText();
  const batch = useLab((state) => (state.running ?? state.configuration).batch);
  const { main } = history.tables;
  const raw = columnRows(main, METRIC_INDEX.dataLoss);
  const mean = (column: number) => trailingMean(columnRows(main, column), SMOOTHING_STEPS);
  const sources: ChartLine[] = [
    ...branchLines(
      history,
      (part) => trailingMean(columnRows(part.tables.main, METRIC_INDEX.dataLoss), SMOOTHING_STEPS),
      true,
    ),
    chartLine({ id: 'raw', label: null, colour: 'var(--accuracy)', look: 'faint' }, raw),
    chartLine(
      { id: 'penalty', label: 'λ·E', colour: 'var(--energy)', look: 'dotted' },
      mean(METRIC_INDEX.penalty),
      true,
    ),
    chartLine(
      { id: 'energy', label: 'E', colour: 'var(--energy)', look: 'strong' },
      mean(METRIC_INDEX.energy),
      true,
    ),
    chartLine(
      { id: 'dataLoss', label: 'data loss', colour: 'var(--accuracy)', look: 'strong' },
      mean(METRIC_INDEX.dataLoss),
      true,
    ),
  ];
  return (
    <LineChart
      name="loss"
      title="Data loss, E and λ·E"
      about={`mean of the last ${SMOOTHING_STEPS} batches of ${groupedInteger(batch)} · faint: each · loss in nats`}
      sources={sources}
      startLog
      format={significant}
      labelWidth={14}
      series={(name) => ['dataLoss', 'energy', 'penalty'].includes(name)}
      empty={empty}
    />
  );
}
