import { type Configuration, DEFAULT_CONFIGURATION } from '../../configuration/schema';
import { seededRandom } from '../../network/random';
import { applyEvent } from '../../store/applyEvent';
import { blankRun } from '../../store/initial';
import { useLab } from '../../store/lab';
import type { InterfaceState } from '../../store/state';
import { METRIC_COLUMNS } from '../../training/engine';
import type { SessionEvent } from '../../worker/protocol';

/** Brings the store to a run of this configuration at its start, as the lab does before the training thread has answered. */
export function beginRun(change: Partial<Configuration> = {}, ui: Partial<InterfaceState> = {}): void {
  const configuration = { ...DEFAULT_CONFIGURATION, ...change };
  const lab = useLab.getState();
  useLab.setState({
    configuration,
    ...blankRun(configuration, null),
    ui: { ...lab.ui, firstVisit: false, ...ui },
    run: { ...lab.run, status: 'paused' },
  });
}

/** Lets the store receive what a training thread would have sent. */
export function receiveEvents(...events: SessionEvent[]): void {
  for (const event of events) applyEvent(event, useLab, () => undefined);
  useLab.setState(({ historyVersion }) => ({ historyVersion: historyVersion + 1 }));
}

export const LAST_STEP = 400;
const EVERY = 10;

/** The status a training thread sends when a run rests at a step. */
export const restingAt = (step: number, undoDepth = 0): SessionEvent => ({
  type: 'status',
  status: 'paused',
  step,
  stepsPerSecond: 0,
  gpuMsPerStep: null,
  pace: 'watch',
  message: null,
  undoDepth,
});

/** An evaluation of the main network or of softmax regression; its figures are curves of the step that look like learning. */
export function evaluationAt(runner: 'main' | 'baseline' | 'twin', step: number): SessionEvent {
  const [start, end] = { main: [0.1, 0.88], baseline: [0.12, 0.81], twin: [0.1, 0.86] }[runner];
  const done = 1 - Math.exp(-step / 90);
  return {
    type: 'evaluation',
    point: {
      runner,
      step,
      n: 1000,
      accuracy: start + (end - start) * done + 0.008 * Math.sin(step / 7),
      loss: 2.3 - 1.9 * done,
      energy: 0.4 - 0.25 * done,
      layerEnergy: [0.3 - 0.2 * done, 0.1 - 0.05 * done],
      squaredNorms: [],
      unitMeanSquare: [],
      aliveUnits: 1,
    },
  };
}

/** The rows of metrics of the steps after `from` up to `to`: loss falls, energy falls with it, each with the noise of batches. */
function metricsBetween(from: number, to: number): SessionEvent {
  const columns = METRIC_COLUMNS.length + 2;
  const rows = to - from;
  const values = new Float32Array(rows * columns);
  const rng = seededRandom(1, `gallery metrics ${from}`);
  for (let step = from + 1; step <= to; step++) {
    const done = 1 - Math.exp(-step / 90);
    const noise = 1 + 0.12 * rng.normal();
    const energy = (0.4 - 0.25 * done) * (1 + 0.02 * rng.normal());
    const loss = (2.3 - 1.9 * done) * noise;
    values.set(
      [loss, energy, 1e-2 * energy, 0, 100 * done, 1 / step, 0.75 * energy, 0.25 * energy],
      (step - from - 1) * columns,
    );
  }
  return { type: 'metrics', block: { runner: 'main', firstStep: from + 1, rows, columns, values } };
}

/** A run of 400 steps with its curves, four marks on the timeline, and a past that was taken back at step 250. */
export function trainedRun(ui: Partial<InterfaceState> = {}): void {
  beginRun({ lambda: 1e-2 }, ui);
  const seen = (steps: number[]): SessionEvent[] =>
    steps.flatMap((step) => [evaluationAt('main', step), evaluationAt('baseline', step)]);
  const every = (from: number, to: number): number[] =>
    Array.from({ length: Math.floor((to - from) / EVERY) + 1 }, (_, i) => from + EVERY * i);
  useLab.getState().history.clear();
  receiveEvents(metricsBetween(0, 340), ...seen(every(0, 250)), ...seen([260, 300, 340]));
  useLab.getState().history.rewind(250);
  receiveEvents(
    metricsBetween(250, LAST_STEP),
    ...seen(every(260, LAST_STEP)),
    restingAt(LAST_STEP, 2),
    { type: 'pin', pin: { id: 1, step: 60, kind: 'lambda', label: 'λ 0.01', report: null } },
    { type: 'pin', pin: { id: 2, step: 180, kind: 'operation', label: 'Diagonalise layer 1', report: null } },
    { type: 'pin', pin: { id: 3, step: 182, kind: 'operation', label: 'Remove 4 units', report: null } },
    {
      type: 'pin',
      pin: { id: 4, step: 330, kind: 'learningRate', label: 'Learning rate 0.001', report: null },
    },
  );
}
