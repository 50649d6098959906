import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Configuration, DEFAULT_CONFIGURATION } from '../configuration/schema';
import { openCpu, openWasm } from '../training/tfjs/backends';
import { randomData } from '../training/check/fixtures';
import type { Engine } from '../training/engine';
import { LinearBaseline } from './companion';
import { evaluateTest } from './evaluation';
import { Run } from './run';
import { startState } from './startState';

const CONFIGURATION: Configuration = {
  ...DEFAULT_CONFIGURATION,
  hidden: [8, 6],
  batch: 16,
  seed: 2,
  keepDiagonal: true,
  adapt: true,
  adaptEvery: 8,
  theta: 0.95,
  scaffold: 2,
};
const source = randomData(12, 4, 200);
let engine: Engine;
beforeAll(async () => {
  engine = await openCpu(() => undefined);
});
afterAll(() => engine.dispose());

function begin(patch: Partial<Configuration> = {}, on = engine): Run {
  const configuration = { ...CONFIGURATION, ...patch };
  return new Run({ configuration, engine: on, source, state: startState(configuration, source) });
}

/** Goes to a step, at most `most` steps at once. */
async function goTo(run: Run, end: number, most = Infinity): Promise<Run> {
  while (run.step < end) {
    const actions = await run.train(Math.min(most, end - run.step, run.stepsUntilAction));
    await run.model.metrics();
    for (const action of actions) await run.perform(action);
  }
  return run;
}

describe('a run', () => {
  it('is the same whatever number of steps is taken at once', async () => {
    const [whole, single] = [await goTo(begin(), 41), await goTo(begin(), 41, 1)];
    expect(whole.widths).not.toEqual([8, 6]);
    expect(await single.save()).toEqual(await whole.save());
    whole.dispose();
    single.dispose();
  });

  it('refuses to pass over a step where it acts by itself', async () => {
    const run = begin();
    await expect(run.train(9)).rejects.toThrow('acts by itself after 8 steps');
    expect(await run.train(8)).toEqual([{ kind: 'adapt' }]);
    run.dispose();
  });

  it('goes on from a saved moment as if nothing had happened, here and in a fresh run', async () => {
    const run = await goTo(begin(), 21);
    await run.operate({ kind: 'remove', layer: 1, count: 1, where: 'exact' });
    const saved = structuredClone(await run.save());
    const { training, ...moment } = saved;
    const wanted = await (await goTo(run, 45)).save();
    run.load(saved);
    expect(await (await goTo(run, 45)).save()).toEqual(wanted);
    const fresh = new Run({ configuration: moment.configuration, engine, source, state: training });
    fresh.resume(moment);
    expect(await (await goTo(fresh, 45)).save()).toEqual(wanted);
    run.dispose();
    fresh.dispose();
  });

  it('moves to another engine with step, batches and moments', async () => {
    const wasm = await openWasm(() => undefined);
    const run = await goTo(begin(), 10);
    const before = await run.save();
    run.move(wasm, before);
    expect(await run.save()).toEqual(before);
    await goTo(run, 12);
    const stayed = await goTo(begin(), 12);
    const [moved, wanted] = [await run.save(), await stayed.save()];
    expect(moved.sampler).toEqual(wanted.sampler);
    const weights = (state: typeof moved): number[] => [...state.training.network.parameters.weights[0].data];
    const worst = Math.max(...weights(moved).map((w, i) => Math.abs(w - weights(wanted)[i])));
    expect(worst).toBeLessThan(1e-5);
    run.dispose();
    stayed.dispose();
    wasm.dispose();
  });

  it('changes o only where a layer has one, and several settings at once', async () => {
    const run = begin();
    await run.change({ name: 'o', layer: 0, value: 0.25 }, { name: 'lambda', value: 0.5 });
    const { parameters } = await run.model.exportNetwork();
    expect(parameters.o[0]).toBeCloseTo(0.25, 6);
    expect(run.configuration).toMatchObject({ lambda: 0.5 });
    const relu = begin({ activation: 'relu' });
    await relu.change({ name: 'o', layer: 0, value: 0.25 });
    expect((await relu.model.exportNetwork()).parameters.o[0]).toBe(0);
    await expect(run.change({ name: 'tasks', value: [1] })).rejects.toThrow('This data set is one task');
    run.dispose();
    relu.dispose();
  });

  it('takes companions along on its batches, with λ = 0 for the linear baseline', async () => {
    const outcome = async (lambda: number): Promise<unknown> => {
      const run = begin({ lambda, keepDiagonal: false, adapt: false });
      const baseline = new LinearBaseline(engine, run.configuration, source);
      run.companions.add(baseline);
      await goTo(run, 6);
      const { network } = await baseline.model.exportState();
      const look = (from: number, count: number) => run.model.observe('test', from, count, 'mean-square');
      const seen = await evaluateTest(look, source, run.configuration, undefined);
      expect(seen.n).toBe(source.test.total);
      run.dispose();
      baseline.dispose();
      return network;
    };
    expect(await outcome(0)).toEqual(await outcome(10));
  });
});
