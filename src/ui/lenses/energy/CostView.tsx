import { estimateCost, timeToTarget, trainingStep, type CostEstimate } from '../../../energy/costs';
import { COST_TABLE, defaultRates, type WeightMemory } from '../../../energy/costTable';
import { useLab } from '../../../store/lab';
import type { CostReport } from '../../../topology/analysis/types';
import { groupedInteger, percent, reductionRatio, significant } from '../../../drawing/format';
import { Button, NumberField, Segmented } from '../../kit';
import { measureInThread, useAnalysis } from '../analysis';
import { MeasureBar } from '../MeasureBar';
import styles from './Energy.module.css';
import { useEnergy } from './view';
import { useSampleNouns } from '../../useSampleNouns';

const COSTS = { kind: 'costs' } as const;
const MEMORIES: readonly { id: WeightMemory; label: string }[] = [
  { id: 'sram', label: 'Weights in SRAM' },
  { id: 'dram', label: 'Weights in DRAM' },
];
/** Moments each weight has: read and written at every step. */
const MOMENTS = { adam: 2, adamw: 2, sgd: 1 } as const;

const micro = (joules: number): string => significant(1e6 * joules);
/** Joules with the prefix they are read in. */
const joulesText = (joules: number): string =>
  joules < 1e-3
    ? `${micro(joules)} µJ`
    : joules < 1
      ? `${significant(1e3 * joules)} mJ`
      : `${significant(joules)} J`;

/** What activations may cost in silicon: estimates from counted operations, never measured power. */
export function CostView() {
  const { report, ...asked } = useAnalysis(COSTS);
  return (
    <>
      <MeasureBar
        testId="costs-measure"
        {...asked}
        measured={report !== null}
        onMeasure={() => measureInThread(COSTS)}
        offer="Counts what one sample takes of multiplies and memory, with and without skipping zeros. A browser cannot read power: joules are estimates from a table."
      />
      {report && <Costs report={report} />}
      <Rates />
      {report && <Training report={report} />}
    </>
  );
}

function Costs({ report }: { report: CostReport }) {
  const { one, many } = useSampleNouns();
  const { memory, rates } = useEnergy();
  const of = (skip: boolean): CostEstimate => estimateCost(report.network, rates, { memory, skip });
  const [dense, skipping] = [of(false), of(true)];
  const twin = report.twin && estimateCost(report.twin, rates, { memory, skip: true });
  const rows: [string, (cost: CostEstimate) => string][] = [
    ['multiplies', (cost) => groupedInteger(cost.multiplies)],
    ['weight words', (cost) => groupedInteger(cost.weightWords)],
    ['activation words', (cost) => groupedInteger(cost.activationWords)],
    ['bits moved', (cost) => groupedInteger(cost.bits)],
    ['arithmetic, µJ, estimate', (cost) => micro(cost.arithmetic)],
    ['weights, µJ, estimate', (cost) => micro(cost.weights)],
    ['activations, µJ, estimate', (cost) => micro(cost.activations)],
    [`one ${one}, µJ, estimate`, (cost) => micro(cost.joules)],
  ];
  return (
    <>
      <Segmented
        label="Where weights are kept"
        wide
        choices={MEMORIES}
        value={memory}
        onChange={(next) => useEnergy.setState({ memory: next })}
      />
      <div className={styles.tableBox}>
        <table className={styles.table} data-testid="costs-table">
          <caption>
            {`One ${one} at batch 1, multiply-accumulates and words of 32 bits moved, mean of ${groupedInteger(report.n)} test ${many}. Skipping: nothing is multiplied by or moved for an activation of 0${report.blackKnown ? ' or an input of 0' : ''}; index costs not counted.`}
          </caption>
          <thead>
            <tr>
              <td />
              <th scope="col">dense</th>
              <th scope="col">skipping</th>
              {twin && <th scope="col">twin, skip.</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, write]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{write(dense)}</td>
                <td>{write(skipping)}</td>
                {twin && <td>{write(twin)}</td>}
              </tr>
            ))}
          </tbody>
          <tbody>
            <tr>
              <th scope="rowgroup" colSpan={4}>
                Multiplies by layer
              </th>
            </tr>
            {report.network.map((layer, l) => (
              <tr key={l}>
                <th scope="row">{l < report.network.length - 1 ? `to layer ${l + 1}` : 'to the outputs'}</th>
                <td>{groupedInteger(layer.dense)}</td>
                <td title={reductionRatio(layer.dense, layer.skipping)}>{groupedInteger(layer.skipping)}</td>
                {report.twin && <td>{groupedInteger(report.twin[l]?.skipping ?? 0)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The table the estimates rest on: editable, with its source. */
function Rates() {
  const { rates } = useEnergy();
  const changed = COST_TABLE.some(({ id, picojoules }) => rates[id] !== picojoules);
  return (
    <div className={styles.tableBox}>
      <table className={styles.table} data-testid="rates-table">
        <caption>Energy per operation of 32 bits, picojoules: change it to your hardware.</caption>
        <tbody>
          {COST_TABLE.map(({ id, label, source }) => (
            <tr key={id} title={source}>
              <th scope="row">{label}</th>
              <td>
                <NumberField
                  label={`${label}, picojoules`}
                  compact
                  min={0}
                  max={1e6}
                  value={rates[id]}
                  onCommit={(value) => useEnergy.setState({ rates: { ...rates, [id]: value } })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.says}>
        {`Source: ${COST_TABLE[3].source}. Newer processes take less; that memory takes more than arithmetic stays.`}
        {changed && (
          <>
            {' '}
            <Button look="quiet" size="small" onClick={() => useEnergy.setState({ rates: defaultRates() })}>
              Put the table back
            </Button>
          </>
        )}
      </p>
    </div>
  );
}

/** Milliseconds of a step by the clock on the wall, and where the number comes from. */
function useStepTime(): { ms: number | null; how: string } {
  const { stepsPerSecond, pace } = useLab((state) => state.run);
  const engine = useLab((state) => state.engine);
  const measured = useLab((state) => state.measured.find(({ label }) => label === engine?.label));
  if (stepsPerSecond > 0 && pace === 'fast')
    return { ms: 1000 / stepsPerSecond, how: 'wall clock of this run, all that trains beside it included' };
  if (measured?.msPerStep != null)
    return { ms: measured.msPerStep, how: 'wall clock of trial steps when the engine was chosen' };
  return { ms: null, how: 'not measured yet: play at full pace' };
}

/** Milliseconds of a step by the GPU's own timestamps; null where it has none, `ms` null where they are too coarse. */
function useGpuTime(): { ms: number | null; how: string } | null {
  const ms = useLab((state) => state.run.gpuMsPerStep);
  const twin = useLab((state) => state.twin.kind !== 'off');
  if (ms === null) return null;
  if (ms === 0) return { ms: null, how: 'too short for the timestamps of this GPU: see the wall clock' };
  return { ms, how: `on the GPU (timestamp query), this network${twin ? ' and a twin in step' : ' alone'}` };
}

/** What training took so far, and until an accuracy was reached. */
function Training({ report }: { report: CostReport }) {
  const { many } = useSampleNouns();
  const { memory, rates, target } = useEnergy();
  useLab((state) => state.historyVersion);
  const { evaluations } = useLab((state) => state.history);
  const { batch, optimiser } = useLab((state) => state.configuration);
  const time = useStepTime();
  const gpu = useGpuTime();
  const joulesPerStep = trainingStep(report.network, rates, { memory, batch, moments: MOMENTS[optimiser] });
  const points = evaluations.filter(({ runner }) => runner === 'main');
  const reached = timeToTarget(points, target, { msPerStep: time.ms, joulesPerStep });
  const best = points.reduce((top, { accuracy }) => Math.max(top, accuracy), 0);
  return (
    <div className={styles.tableBox}>
      <table className={styles.table} data-testid="training-cost">
        <tbody>
          {gpu && (
            <tr>
              <th scope="row">{`one step, ${gpu.how}`}</th>
              <td data-testid="gpu-step">{gpu.ms === null ? '–' : `${significant(gpu.ms)} ms`}</td>
            </tr>
          )}
          <tr>
            <th scope="row">{`one step, ${time.how}`}</th>
            <td>{time.ms === null ? '–' : `${significant(time.ms)} ms`}</td>
          </tr>
          <tr>
            <th scope="row">{`one step of ${groupedInteger(batch)} ${many}, estimate`}</th>
            <td>{joulesText(joulesPerStep)}</td>
          </tr>
        </tbody>
      </table>
      <div className={styles.line}>
        <span>To an accuracy of</span>
        <NumberField
          label="Target accuracy, per cent"
          compact
          min={1}
          max={100}
          value={Number((100 * target).toFixed(1))}
          onCommit={(value) => useEnergy.setState({ target: value / 100 })}
        />
        <span>%</span>
      </div>
      <p className={styles.says} data-testid="to-target">
        {reached
          ? `Reached ${percent(reached.accuracy)} at step ${groupedInteger(reached.step)}${reached.seconds === null ? '' : `, ${significant(reached.seconds)} s at this pace`}; estimate ${joulesText(reached.joules)}.`
          : `Not reached: the best look so far was ${percent(best)}.`}
      </p>
    </div>
  );
}
