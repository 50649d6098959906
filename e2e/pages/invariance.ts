/** The page of long/invariance.spec.ts: structural operations on a network trained on the compiled engine, measured there in float32. */
import { DEFAULT_CONFIGURATION } from '../../src/configuration/schema';
import { loadDataset } from '../../src/data/load/load';
import type { TrainingState } from '../../src/network/network';
import { toFloat64 } from '../../src/network/linearAlgebra';
import { Run } from '../../src/run/run';
import { startState } from '../../src/run/startState';
import { logitAccuracy, logitDeviation } from '../../src/topology/invariance';
import { applyOperation } from '../../src/topology/operations/operations';
import type { LogitDeviation, Operation } from '../../src/topology/types';
import { openCompiled } from '../../src/training/webgpu/open';

const IMAGES = 10_000;
const CHUNK = 1_000;

export interface Row extends LogitDeviation {
  name: string;
  units: number;
  /** The largest σ removed; null where none was. */
  sigma: number | null;
}

/**
 * Trains the first visit's network for `steps` steps, then looks at all test images before and after each operation, always from the
 * same trained network. The function compared is the engine's own float32 one.
 */
async function table(steps: number): Promise<{ accuracy: number; largestLogit: number; rows: Row[] }> {
  const loading = loadDataset('fashion-mnist', {
    base: new URL('.', location.href).href,
    standardisation: 'dataset',
  });
  await loading.done;
  const { source } = loading;
  const engine = await openCompiled((message) => console.error(message));
  const state = startState(DEFAULT_CONFIGURATION, source);
  const run = new Run({ configuration: DEFAULT_CONFIGURATION, engine, source, state });
  const { model } = run;
  for (let done = 0; done < steps; done += 20) {
    await run.train(20);
    await model.metrics();
  }
  const look = async (state: TrainingState): Promise<Float64Array> => {
    model.importState(state);
    const logits = new Float64Array(IMAGES * source.classes);
    for (let from = 0; from < IMAGES; from += CHUNK) {
      const seen = await model.observe('test', from, CHUNK, 'mean-square');
      logits.set(toFloat64(seen.logits), from * source.classes);
    }
    return logits;
  };
  const trained = await model.exportState();
  const before = await look(trained);
  const labels = source.test.labels.subarray(0, IMAGES);
  const rows: Row[] = [];
  const measure = async (name: string, operations: Operation[]): Promise<void> => {
    let state = trained;
    let sigma: number | null = null;
    for (const operation of operations) {
      const result = applyOperation(state, operation);
      state = result.state;
      if (operation.kind === 'remove') sigma = Math.max(...result.sigmaRemoved);
    }
    const units = state.network.spec.hidden.reduce((sum, { width }) => sum + width, 0);
    rows.push({ name, units, sigma, ...logitDeviation(before, await look(state), labels, source.classes) });
  };
  await measure('nothing', []);
  await measure('left 0', [{ kind: 'left', layer: 0 }]);
  await measure('full 1', [{ kind: 'full', layer: 1 }]);
  for (const layer of [0, 1])
    for (const count of [1, 5, 25]) {
      const diagonal: Operation[] = [{ kind: 'full', layer: 1 }];
      await measure(`layer ${layer + 1} +${count}`, [...diagonal, { kind: 'grow', layer, count, seed: 1 }]);
      await measure(`layer ${layer + 1} −${count}`, [
        ...diagonal,
        { kind: 'remove', layer, count, where: 'exact' },
      ]);
    }
  const accuracy = logitAccuracy(before, labels, IMAGES, source.classes);
  const largestLogit = before.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  engine.dispose();
  return { accuracy, largestLogit, rows };
}

declare global {
  interface Window {
    invariance: { table: typeof table };
  }
}
window.invariance = { table };
