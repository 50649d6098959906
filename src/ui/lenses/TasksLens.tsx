import { DATASETS } from '../../data/registry';
import { configuredWidths } from '../../store/firstPaint';
import { useLab } from '../../store/lab';
import type { RunnerId } from '../../worker/protocol';
import { AXIS_ROOM, gutterOf } from '../charts/plotArea';
import { LineChart } from '../charts/steps/LineChart';
import { evaluationRows, runExtent, type ChartLine, chartLine } from '../charts/steps/chartLine';
import { useShownStep } from '../charts/steps/useShownStep';
import { TASK_BLOCKS } from '../setup/surgeryChoices';
import { groupedInteger, typedNumber, significant } from '../../drawing/format';
import { Segmented } from '../kit';
import { actions } from '../kit/actions';
import { useEmptyText } from './empty';
import { TWIN_LABEL } from './LearnLens';
import { taskPeriods, widthRows } from './tasks/taskPeriods';
import styles from './tasks/Tasks.module.css';

/** Widest end label: the ribbon stands over the chart's own steps. */
const LABEL_WIDTH = 19;
const NONE: readonly string[] = [];

/** Tasks that come and go, and how the widths answer; each task's accuracy, beside a network that keeps its widths. */
export function TasksLens() {
  return (
    <>
      <Ribbon />
      <WidthsChart />
      <AccuracyChart />
    </>
  );
}

/** The tasks as big switches on the steps they were being learnt. */
function Ribbon() {
  useLab((state) => state.historyVersion);
  const history = useLab((state) => state.history);
  const { tasks, taskBlocks, data, adapt } = useLab((state) => state.configuration);
  const pins = useLab((state) => state.pins);
  const type = useLab((state) => state.ui.present) ? 1.35 : 1;
  const step = useShownStep();
  const last = history.decisions.at(-1);
  const names = DATASETS[data].tasks ?? NONE;
  const end = runExtent(history, step);
  const spans = taskPeriods(pins, tasks, names, step);
  // The same steps as in the charts below: the ribbon stands over their plots.
  const plot = { left: Math.round(AXIS_ROOM * type), right: Math.round(gutterOf(LABEL_WIDTH) * type) };
  const { control } = actions();
  const toggle = (task: number): void => {
    const next = tasks.includes(task)
      ? tasks.filter((t) => t !== task)
      : [...tasks, task].sort((a, b) => a - b);
    if (next.length > 0) control({ name: 'tasks', value: next });
  };
  return (
    <div className={styles.control}>
      <div role="group" aria-label="Tasks being learnt" className={styles.ribbon}>
        {names.map((name, task) => {
          const on = tasks.includes(task);
          const only = on && tasks.length === 1;
          return (
            <button
              key={name}
              type="button"
              className={styles.task}
              aria-pressed={on}
              disabled={only}
              title={
                only ? 'One task at least is learnt.' : on ? `Stop learning ${name}` : `Learn ${name} as well`
              }
              onClick={() => toggle(task)}
            >
              <b style={plot} aria-hidden="true">
                {spans[task].map(({ from, to }) => (
                  <i
                    key={from}
                    style={{ left: `${(100 * from) / end}%`, width: `${(100 * (to - from)) / end}%` }}
                  />
                ))}
              </b>
              <span>
                {on ? '■' : '□'} {name}
              </span>
            </button>
          );
        })}
      </div>
      <div className={styles.row}>
        <span>A task that goes:</span>
        <Segmented
          label="Inputs and outputs of a task that goes"
          choices={TASK_BLOCKS}
          value={taskBlocks}
          onChange={(value) => control({ name: 'taskBlocks', value })}
        />
        <span>its inputs and outputs</span>
      </div>
      <p className={styles.says} role="status" data-testid="last-decision">
        {last
          ? `Step ${groupedInteger(last.step)}: layer ${last.layer + 1} ${last.change > 0 ? `grew ${last.change}` : `shed ${-last.change}`}; ${last.small} σ at or below θ ${typedNumber(last.theta)}, ${last.scaffold} wanted${last.sigmas.length ? ` (smallest ${significant(last.sigmas[0])})` : ''}.`
          : `No decision yet: ${adapt ? 'play' : 'switch Adapt on and play'}.`}
      </p>
    </div>
  );
}

function WidthsChart() {
  useLab((state) => state.historyVersion);
  const { widths } = useLab((state) => state.history);
  const depth = useLab((state) => configuredWidths(state.configuration).length);
  const twin = useLab((state) => state.twin.kind);
  const empty = useEmptyText();
  const step = useShownStep();
  const layers = Array.from({ length: depth }, (_, layer) => layer);
  const sources: ChartLine[] = [
    ...(twin === 'off'
      ? []
      : layers.map((layer) =>
          chartLine(
            {
              id: `twin-${layer}`,
              label: layer === 0 ? TWIN_LABEL[twin] : null,
              colour: 'var(--control)',
              look: 'twin',
            },
            widthRows(widths.twin, layer, step),
          ),
        )),
    ...layers.map((layer) =>
      chartLine(
        {
          id: `width-${layer}`,
          label: `layer ${layer + 1}`,
          colour: 'var(--sigma)',
          look: layer === 0 ? 'strong' : 'line',
        },
        widthRows(widths.main, layer, step),
      ),
    ),
  ];
  return (
    <LineChart
      name="widths"
      title="Units of each layer"
      about="pins on the timeline name the σ that decided"
      sources={sources}
      format={(value) => groupedInteger(value)}
      labelWidth={LABEL_WIDTH}
      series={() => false}
      empty={empty}
    />
  );
}

function AccuracyChart() {
  useLab((state) => state.historyVersion);
  const { evaluations } = useLab((state) => state.history);
  const twin = useLab((state) => state.twin.kind);
  const names = useLab((state) => DATASETS[state.configuration.data].tasks ?? NONE);
  const n = useLab((state) => state.evaluations.main?.taskImages?.find((images) => images > 0) ?? 0);
  const empty = useEmptyText();
  const rows = (runner: RunnerId, task: number) =>
    evaluationRows(
      evaluations,
      runner,
      // A task without a block has no accuracy: its line has a gap there.
      (point) => point.taskAccuracy?.[task] ?? NaN,
    );
  const sources = names.flatMap((name, task): ChartLine[] => [
    ...(twin === 'off'
      ? []
      : [
          chartLine(
            { id: `twin-${task}`, label: null, colour: 'var(--control)', look: 'twin' },
            rows('twin', task),
          ),
        ]),
    chartLine(
      { id: `task-${task}`, label: name, colour: 'var(--accuracy)', look: 'strong' },
      rows('main', task),
    ),
  ]);
  return (
    <LineChart
      name="task-accuracy"
      title="Test accuracy of each task"
      about={`% of its own test images${n ? ` (${groupedInteger(n)})` : ''}${twin === 'off' ? '' : ` · dashed: ${TWIN_LABEL[twin]}`}`}
      sources={sources}
      fit="data"
      least={0.02}
      format={(accuracy) => (Number.isFinite(accuracy) ? (100 * accuracy).toFixed(1) : 'off')}
      numbers="percent"
      labelWidth={LABEL_WIDTH}
      series={(name) => name.startsWith('test')}
      empty={empty}
    />
  );
}
