import { energyMeasure } from '../../../energy/measures';
import { METRIC_INDEX, type History, layerEnergyColumn } from '../../../store/series/history';
import { configuredWidths } from '../../../store/firstPaint';
import { useLab } from '../../../store/lab';
import type { SeriesRows } from '../../charts/steps/decimate';
import { LineChart } from '../../charts/steps/LineChart';
import {
  branchLines,
  columnRows,
  evaluationRows,
  type ChartLine,
  chartLine,
  trailingMean,
} from '../../charts/steps/chartLine';
import type { RunnerId } from '../../../worker/protocol';
import { groupedInteger, reductionRatio, significant } from '../../../drawing/format';
import { Segmented } from '../../kit';
import { useSampleNouns } from '../../useSampleNouns';
import { pathNames } from '../../stage/model/names';
import { useEmptyText } from '../empty';
import { TWIN_LABEL, SMOOTHING_STEPS } from '../LearnLens';
import styles from '../Lens.module.css';
import { energyReduction } from '../energyReduction';
import { useEnergy } from './view';

/** E of each layer over training, and what the loss consists of. */
export function CourseView() {
  return (
    <>
      <Headline />
      <EnergyCharts />
      <PartsChart />
    </>
  );
}

/** E now, and its fall since λ changed and against the twin, from the batches of training. */
export function Headline() {
  useLab((state) => state.historyVersion);
  const history = useLab((state) => state.history);
  const pins = useLab((state) => state.pins);
  const measure = useLab((state) => state.configuration.measure);
  const twinKind = useLab((state) => state.twin.kind);
  const result = energyReduction(history, pins, measure, SMOOTHING_STEPS);
  if (!result) return null;
  const { now, before, pin, twin, caveat } = result;
  return (
    <p className={styles.headline}>
      <strong className={styles.big}>E {significant(now)}</strong>
      {before !== null && <strong className={styles.big}>{reductionRatio(before, now)}</strong>}
      <span>
        {before !== null && pin && `since λ at step ${groupedInteger(pin.step)} · `}
        {twin !== null && `${reductionRatio(twin, now)} against the ${TWIN_LABEL[twinKind]} · `}
        {energyMeasure(measure).label.toLowerCase()}, mean of the last {SMOOTHING_STEPS} batches
        {caveat && ` · ${caveat}`}
      </span>
    </p>
  );
}

const OF = [
  { id: 'layers', label: 'Layers' },
  { id: 'pathways', label: 'Pathways' },
] as const;

/** E of each layer; where the layer in focus is divided, of its pathways on request. */
function EnergyCharts() {
  const course = useEnergy((state) => state.course);
  const divided = useLab((state) => state.snapshots.main?.spec.hidden[state.ui.focus]?.paths !== undefined);
  if (!divided) return <LayersChart />;
  return (
    <>
      <Segmented
        label="Energy of"
        choices={OF}
        value={course}
        onChange={(next) => useEnergy.setState({ course: next })}
      />
      {course === 'layers' ? <LayersChart /> : <PathwaysChart />}
    </>
  );
}

/** mean h² of each pathway of the layer in focus, at every look at the test samples. */
function PathwaysChart() {
  useLab((state) => state.historyVersion);
  const history = useLab((state) => state.history);
  const empty = useEmptyText();
  const { many } = useSampleNouns();
  const focus = useLab((state) => state.ui.focus);
  const twin = useLab((state) => state.twin.kind);
  const { architecture } = useLab((state) => state.running ?? state.configuration);
  const paths = useLab((state) => state.snapshots.main?.spec.hidden[focus]?.paths?.length ?? 0);
  const names = pathNames(architecture, paths);
  const rows = ({ evaluations }: Pick<History, 'evaluations'>, path: number, runner: RunnerId): SeriesRows =>
    evaluationRows(
      evaluations.filter((look) => look.pathMeanSquare?.[focus]?.[path] !== undefined),
      runner,
      (look) => look.pathMeanSquare?.[focus]?.[path] ?? NaN,
    );
  const sources: ChartLine[] = [
    ...names.flatMap((_, k) =>
      branchLines(history, (part) => rows(part, k, 'main')).map((line) => ({
        ...line,
        id: `${line.id}-${k}`,
      })),
    ),
    ...names.map((name, k) =>
      chartLine(
        { id: `twin-${k}`, label: `twin ${name}`, colour: 'var(--control)', look: 'twin' },
        rows(history, k, 'twin'),
      ),
    ),
    ...names.map((name, k) =>
      chartLine(
        { id: `path-${k}`, label: name, colour: 'var(--energy)', look: 'strong' },
        rows(history, k, 'main'),
      ),
    ),
  ];
  const n = history.latestEvaluation('main')?.n ?? 0;
  return (
    <LineChart
      name="energy-pathways"
      title={`Energy of each pathway, layer ${focus + 1}`}
      about={`mean h² before the merge · ${groupedInteger(n)} fixed test ${many}${twin === 'off' ? '' : ` · dashed: ${TWIN_LABEL[twin]}`}`}
      sources={sources}
      startLog
      format={significant}
      labelWidth={19}
      series={(name) => name.startsWith('pathMeanSquare')}
      empty={empty}
    />
  );
}

function LayersChart() {
  useLab((state) => state.historyVersion);
  const history = useLab((state) => state.history);
  const empty = useEmptyText();
  const focus = useLab((state) => state.ui.focus);
  const twin = useLab((state) => state.twin.kind);
  const configuration = useLab((state) => state.configuration);
  const layers = configuredWidths(configuration).map((_, layer) => layer);
  const face = (layer: number) => `layer ${layer + 1}`;
  const sources: ChartLine[] = [
    ...branchLines(history, (part) => columnRows(part.tables.main, layerEnergyColumn(focus))),
    ...layers
      .filter((layer) => layers.length <= 2 || layer === focus)
      .map((layer) =>
        chartLine(
          {
            id: `twin-${layer}`,
            label: layer === focus ? `twin ${layer + 1}` : null,
            colour: 'var(--control)',
            look: 'twin',
          },
          columnRows(history.tables.twin, layerEnergyColumn(layer)),
        ),
      ),
    ...layers
      .toSorted((a, b) => Number(a === focus) - Number(b === focus))
      .map((layer) =>
        chartLine(
          {
            id: `layer-${layer}`,
            label: face(layer),
            colour: 'var(--energy)',
            look: layer === focus ? 'strong' : 'line',
          },
          columnRows(history.tables.main, layerEnergyColumn(layer)),
        ),
      ),
  ];
  const measure = energyMeasure(configuration.measure);
  return (
    <LineChart
      name="energy-layers"
      title="E of each layer"
      about={`${measure.label.toLowerCase()} · mean of the batch of ${groupedInteger(configuration.batch)}, each step${twin === 'off' ? '' : ` · dashed: ${TWIN_LABEL[twin]}`}`}
      sources={sources}
      startLog
      format={significant}
      labelWidth={16}
      series={(name) => name.startsWith('energy')}
      empty={empty}
    />
  );
}

/** Rows whose value is the sum of others' at the same row. */
const sumOf = (parts: SeriesRows[]) => (row: number) =>
  parts.reduce((sum, part) => sum + part.valueAt(row), 0);

function PartsChart() {
  useLab((state) => state.historyVersion);
  const history = useLab((state) => state.history);
  const empty = useEmptyText();
  // Elementwise layers carry no ψ, whatever is set.
  const decaying = useLab(
    (state) => state.snapshots.main?.spec.hidden.some(({ psi }) => psi === 'decay') ?? false,
  );
  const rows = (column: number): SeriesRows =>
    trailingMean(columnRows(history.tables.main, column), SMOOTHING_STEPS);
  const parts: [string, string, string, number][] = [
    ['dataLoss', 'data loss', 'var(--accuracy)', METRIC_INDEX.dataLoss],
    ['penalty', 'λ·E', 'var(--energy)', METRIC_INDEX.penalty],
    ...(decaying
      ? [
          ['psiPenalty', 'ψ decay', 'var(--length)', METRIC_INDEX.psiPenalty] as [
            string,
            string,
            string,
            number,
          ],
        ]
      : []),
  ];
  const values = parts.map(([, , , column]) => rows(column));
  const sources = parts.map(([id, label, colour], k): ChartLine => ({
    ...chartLine({ id, label, colour, look: 'strong' }, values[k], true),
    topAt: sumOf(values.slice(0, k + 1)),
  }));
  return (
    <LineChart
      name="loss-parts"
      title="Parts of the loss"
      about={`stacked: the top edge is the loss, nats · mean of ${SMOOTHING_STEPS} batches`}
      sources={sources}
      format={significant}
      labelWidth={17}
      series={(name) => ['dataLoss', 'penalty', 'psiPenalty'].includes(name)}
      empty={empty}
    />
  );
}
