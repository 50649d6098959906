import { describe, expect, it } from 'vitest';
import type { Engine } from '../training/engine';
import { openCompiledWasm } from '../training/wasm/open';
import { flopsPerStep } from './flops';
import { measureProblem } from './measureProblem';
import { problemOf } from './problem';
import { machineReport, type MachineFacts, type MachineRow } from './results';

describe('measureProblem', () => {
  it('times rounds of real steps, and counts the products of all models', async () => {
    const engine = await openCompiledWasm(() => undefined, { threads: 1 });
    const problem = problemOf('784-16-10', 32);
    const trained: number[] = [];
    const counting = Object.create(engine, {
      createGroup: {
        value: (...made: Parameters<Engine['createGroup']>) => {
          const group = engine.createGroup(...made);
          const train = group.train.bind(group);
          group.train = (indices, batch, steps, settings) => {
            expect(indices.length).toBe(steps * batch);
            trained.push(steps);
            return train(indices, batch, steps, settings);
          };
          return group;
        },
      },
    }) as Engine;
    const found = await measureProblem(counting, problem, 3, { budgetMs: 5000, rounds: 4 });
    // Two first ones of a step each are not counted.
    expect(trained.slice(0, 2)).toEqual([1, 1]);
    expect(trained).toHaveLength(6);
    expect(found.rounds).toBe(4);
    expect(found.msPerStep).toBeGreaterThan(0);
    expect(found.hostMsPerStep).toBeLessThanOrEqual(found.msPerStep);
    expect(found.gpuMsPerStep).toBeNull();
    const flops = flopsPerStep(problem.state.network.spec, 32);
    expect(flops).toBe(2 * 32 * (2 * 784 * 16 + 3 * 16 * 10));
    expect(found.gflops).toBeCloseTo((3 * flops) / (found.msPerStep * 1e6), 9);
    // What stays is the images; the networks are gone.
    const used = engine.memoryUsed;
    await measureProblem(engine, problem, 3, { budgetMs: 0, rounds: 2 });
    expect(engine.memoryUsed).toBe(used);
    engine.dispose();
  }, 30_000);

  it('fails where an engine gives numbers that are none', async () => {
    const engine = await openCompiledWasm(() => undefined, { threads: 1 });
    const problem = problemOf('784-16-10', 32);
    problem.state.network.parameters.weights[0].data.fill(NaN);
    await expect(measureProblem(engine, problem, 1)).rejects.toThrow('not finite');
    engine.dispose();
  }, 30_000);
});

describe('machineReport', () => {
  it('is JSON of facts and rows, with numbers of four digits', () => {
    const facts: MachineFacts = {
      lab: '1.0.0',
      browser: 'a browser',
      cores: 2,
      isolated: true,
      graphics: '',
      peakGflopsPerThread: 61.23456,
    };
    const row = { network: '784-128-64-10', msPerStep: 2.345678, dispatchesPerStep: null, rounds: 7 };
    const written = JSON.parse(machineReport(facts, [row as MachineRow], new Date(0))) as object;
    expect(written).toEqual({
      format: 'parsimony-machine',
      version: 1,
      measuredAt: '1970-01-01T00:00:00.000Z',
      ...facts,
      peakGflopsPerThread: 61.23,
      optimiser: 'adam',
      rows: [{ ...row, msPerStep: 2.346 }],
    });
  });
});
