import type { DataSource } from '../../data/source';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainingState } from '../../network/network';
import type { Engine, EngineGroup } from '../engine';
import { openCpu } from '../tfjs/backends';
import { selfCheck, type SelfCheckReport } from './selfCheck';
import { SELF_CHECK_CASES } from './selfCheckCases';

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu(() => undefined);
});
afterAll(() => engine.dispose());

type Change = (group: EngineGroup) => Partial<EngineGroup>;

/** The check of an engine whose groups have `change` in place of their own methods. */
function checkWith(change: Change, cases = SELF_CHECK_CASES.slice(0, 1)): Promise<SelfCheckReport> {
  const createGroup = (states: readonly TrainingState[], data: DataSource): EngineGroup => {
    const group = engine.createGroup(states, data);
    const own: EngineGroup = {
      train: (...args) => group.train(...args),
      metrics: () => group.metrics(),
      observe: (...args) => group.observe(...args),
      exportState: (m) => group.exportState(m),
      exportNetwork: (m) => group.exportNetwork(m),
      importState: (m, state) => group.importState(m, state),
      setO: (...args) => group.setO(...args),
      setMerge: (...args) => group.setMerge(...args),
      dispose: () => group.dispose(),
    };
    return { ...own, ...change(group) };
  };
  return selfCheck(createGroup, { cases });
}

const changed =
  (change: (state: TrainingState) => void): Change =>
  (group) => ({
    exportState: async (m) => {
      const state = await group.exportState(m);
      change(state);
      return state;
    },
  });

describe('the self-check of an engine', () => {
  it('passes an engine that agrees with float64, on every kind of network', async () => {
    const report = await selfCheck((states, data) => engine.createGroup(states, data));
    expect(report.results.map(({ id, differences }) => [id, differences])).toEqual(
      SELF_CHECK_CASES.map(({ id }) => [id, []]),
    );
    expect(report.passed).toBe(true);
  });

  it.each<[string, Change, RegExp]>([
    [
      'one weight is off by a hundredth',
      changed(({ network }) => (network.parameters.weights[0].data[3] += 0.01)),
      /weights 0/,
    ],
    [
      'one gradient is off',
      changed(({ optimiser }) => (optimiser.first.biases[1][0] *= 1.01)),
      /gradient of biases 1/,
    ],
    [
      'the loss of the last step is off',
      (group) => ({
        metrics: async () => {
          const rows = await group.metrics();
          for (const { values, columns, rows: n } of rows) values[(n - 1) * columns] *= 1.01;
          return rows;
        },
      }),
      /dataLoss of step 2/,
    ],
    ['a number is not finite', changed(({ network }) => (network.parameters.biases[0][1] = NaN)), /biases 0/],
    [
      'a row of metrics is missing',
      (group) => ({
        metrics: async () => (await group.metrics()).map((row) => ({ ...row, rows: row.rows - 1 })),
      }),
      /rows of metrics/,
    ],
    [
      'it throws',
      () => ({ train: () => Promise.reject(new Error('the pipeline did not compile')) }),
      /the pipeline did not compile/,
    ],
  ])('fails one where %s, and says what differed', async (_, change, words) => {
    const report = await checkWith(change);
    expect(report.passed).toBe(false);
    expect(report.results[0].differences.join('\n')).toMatch(words);
  });

  it('takes a complaint of the device for a difference, and pauses between the kinds', async () => {
    const said: string[] = [];
    let pauses = 0;
    const createGroup = (states: readonly TrainingState[], data: DataSource): EngineGroup => {
      if (pauses === 2) said.push('validation error');
      return engine.createGroup(states, data);
    };
    const report = await selfCheck(createGroup, {
      cases: SELF_CHECK_CASES.slice(0, 2),
      complaints: () => said,
      pause: () => {
        pauses += 1;
        return Promise.resolve();
      },
    });
    expect(pauses).toBe(2);
    expect(report.results.map(({ differences }) => differences.length > 0)).toEqual([false, true]);
    expect(report.results[1].differences).toContain('validation error');
  });
});
