import type { Configuration } from '../../configuration/schema';
import { useLab } from '../../store/lab';
import type { Gallery, InterfaceState } from '../../store/state';
import { singularValues } from '../../topology/linear/svd';
import type { Snapshot } from '../../worker/protocol';
import { beginRun, evaluationAt, LAST_STEP, receiveEvents, restingAt } from './labStates';
import { FIXED_SAMPLES } from './samples';

/** Small enough that every bar is seen. */
export const SMALL: Partial<Configuration> = { data: 'mnist', hidden: [24, 12] };

/** Levels weights are drawn in: few colours, so that pictures of matrices stay small files. */
const LEVELS = 4;

/** Every weight that is there becomes that of a wave over the columns of its row, another wave for each row. */
function waves(snapshot: Snapshot): Snapshot {
  const weights = snapshot.weights.map((layer, l) => {
    const rows = snapshot.biases[l].length;
    const columns = layer.length / rows;
    const side = columns === 784 ? 28 : columns;
    const size = Math.sqrt(3 / columns);
    return layer.map((w, k) => {
      if (w === 0) return 0;
      const row = Math.floor(k / columns);
      const [x, y] = [(k % columns) % side, Math.floor((k % columns) / side)];
      const turn = 2.4 * row;
      const wave = Math.sin(
        ((x * Math.cos(turn) + y * Math.sin(turn)) * 2 * Math.PI) / (side / (1 + (row % 3))) + row,
      );
      return (size * Math.round(LEVELS * wave)) / LEVELS;
    });
  });
  return { ...snapshot, weights };
}

/** The main network of the store; throws where there is none. */
function mainNetwork(): Snapshot {
  const { main } = useLab.getState().snapshots;
  if (!main) throw new Error('The network is too large to be drawn at once.');
  return main;
}

/** A network of a configuration with samples to look at, or without (null). */
export function startedNetwork(
  change: Partial<Configuration>,
  samples: (() => Gallery) | null = FIXED_SAMPLES.digits,
  ui: Partial<InterfaceState> = {},
): void {
  beginRun(change, ui);
  receiveEvents({ type: 'snapshot', snapshot: waves(mainNetwork()) });
  if (samples) receiveEvents(samples());
}

/** Row i of every hidden layer times a factor that falls with i: the shape weights take while unused units fade. */
function faded(snapshot: Snapshot): Snapshot {
  const hidden = snapshot.spec.hidden.length;
  const weights = snapshot.weights.map((layer, l) => {
    if (l >= hidden) return layer;
    const rows = snapshot.biases[l].length;
    const columns = layer.length / rows;
    return layer.map((w, k) => 2.5 * w * Math.exp((-5 * Math.floor(k / columns)) / rows));
  });
  return { ...snapshot, step: LAST_STEP, weights };
}

/** The main network as after some training: rows of many lengths, σ known, a twin beside it where asked for. */
export function fadedNetwork(twin = false, ui: Partial<InterfaceState> = {}): void {
  startedNetwork(SMALL, FIXED_SAMPLES.digits, ui);
  const main = mainNetwork();
  const snapshot = faded(main);
  const layers = snapshot.spec.hidden.map(({ width }, l) =>
    singularValues({
      rows: width,
      cols: snapshot.weights[l].length / width,
      data: Float64Array.from(snapshot.weights[l]),
    }),
  );
  receiveEvents({ type: 'snapshot', snapshot }, evaluationAt('main', LAST_STEP), restingAt(LAST_STEP));
  useLab.setState({ sigma: { step: LAST_STEP, layers } });
  if (!twin) return;
  receiveEvents(
    { type: 'twin', kind: 'lambda-zero', step: LAST_STEP, target: LAST_STEP, anew: false },
    { type: 'snapshot', snapshot: { ...main, runner: 'twin', step: LAST_STEP } },
    evaluationAt('twin', LAST_STEP),
  );
}

/** The same network half-way along an open path of bases. */
export function networkOnPath(): void {
  fadedNetwork(true);
  receiveEvents({
    type: 'frame',
    frame: {
      t: 0.5,
      kind: 'left',
      layer: 0,
      residual: 3.1e-14,
      accuracy: 0.881,
      n: 1000,
      orthogonality: 4e-16,
      twin: { residual: 2.7, accuracy: 0.412 },
    },
  });
}

/** Weights that are no numbers any more, as after a diverged step. */
export function brokenNetwork(): void {
  startedNetwork(SMALL);
  const main = mainNetwork();
  receiveEvents({
    type: 'snapshot',
    snapshot: { ...main, step: 12, weights: main.weights.map((layer) => layer.map(() => NaN)) },
  });
}
