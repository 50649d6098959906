import { describe, expect, it, onTestFinished } from 'vitest';
import { threePathways } from '../../network/testing';
import { disagreements, fixtureNetwork, namedArrays, randomData, randomState } from '../check/fixtures';
import { referenceSteps } from '../check/referenceSteps';
import type { StepSettings } from '../engine';
import { adam, counted } from '../testing/interface';
import { greyNetworks, layersNormalised } from '../testing/layerKinds';
import { load, unshared } from './instance';
import { LinearMemory, OutOfMemory } from './memory';
import { openCompiledWasm, type OpenWasmOptions } from './open';
import { Pace } from './runner';

const ALWAYS = { build: 'simd', worth: 1, steady: true } as const;
const told: string[] = [];
async function opened(options: OpenWasmOptions) {
  told.length = 0;
  const engine = await openCompiledWasm((message, title) => told.push(`${title}: ${message}`), {
    ...ALWAYS,
    ...options,
  });
  onTestFinished(() => engine.dispose());
  return engine;
}

const settings = (m: number): StepSettings => ({ ...adam(), lambda: 0.1 * m, augment: 'shift' });
const data = { ...randomData(99, 3, 64), width: 9, channels: 1 };

/** Everything 12 steps leave of some networks, on this many threads. */
async function trained(threads: number, models: number): Promise<Float64Array[]> {
  const engine = await opened({ threads });
  expect(engine.threads).toBe(threads);
  const specs = [fixtureNetwork(99, [37, 21], 3), greyNetworks()[0], layersNormalised(99)].slice(0, models);
  const group = engine.createGroup(
    specs.map((spec, m) => randomState(spec, m + 1)),
    data,
  );
  group.train(
    counted(12 * 45, 64),
    45,
    12,
    specs.map((_, m) => settings(m)),
  );
  const rows = (await group.metrics()).map(({ values }) => Float64Array.from(values));
  const states = await Promise.all(specs.map((_, m) => group.exportState(m)));
  return [...rows, ...states.flatMap((s) => namedArrays(s.network.parameters).map(([, values]) => values))];
}

describe('threads of the compiled WebAssembly engine', () => {
  it.each([1, 3])('leave the same bits whatever their number, of %d networks', async (models) => {
    const [one, two, three] = [await trained(1, models), await trained(2, models), await trained(3, models)];
    expect(two).toEqual(one);
    expect(three).toEqual(one);
    expect(one[0].some((v) => v !== 0)).toBe(true);
  });

  it('may die in the middle of a step: it says so, and goes on with one as if nothing had happened', async () => {
    const whole = await opened({ threads: 1 });
    const state = randomState(fixtureNetwork(99, [37, 21], 3), 4);
    const expected = whole.createModel(state, data);
    const indices = counted(9 * 45, 64);
    for (let k = 0; k < 3; k++) expected.train(indices.subarray(k * 135), 45, 3, settings(1));
    const engine = await opened({ threads: 2, patience: 300 });
    const model = engine.createModel(state, data);
    model.train(indices, 45, 3, settings(1));
    // Gone between two jobs, before anyone can be told: the next job waits for it at its first barrier.
    engine.killHelper();
    model.train(indices.subarray(135), 45, 3, settings(1));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('A helper thread of the engine stopped');
    expect(engine.threads).toBe(1);
    expect(engine.info.adapter).toContain('one thread');
    model.train(indices.subarray(270), 45, 3, settings(1));
    const [got, want] = [await model.exportState(), await expected.exportState()];
    expect(got).toEqual(want);
    expect((await model.metrics()).values).toEqual((await expected.metrics()).values);
  });

  it('are left alone where one is faster, and tried again later', () => {
    const pace = new Pace();
    const times = { 1: 1, 4: 3 } as Record<number, number>;
    const chosen = Array.from({ length: 120 }, () => {
      const threads = pace.threads(4);
      pace.took(threads, 4, times[threads]);
      return threads;
    });
    expect(chosen.filter((n) => n === 4).length).toBeLessThan(8);
    times[4] = 0.3;
    for (let i = 0; i < 400; i++) {
      const threads = pace.threads(4);
      pace.took(threads, 4, times[threads]);
    }
    expect(pace.threads(4)).toBe(4);
    expect(pace.threads(1)).toBe(1);
  });
});

describe('memory of the compiled WebAssembly engine', () => {
  it('does without sharing, by one flag in the binary', async () => {
    const { module, memory } = await load('simd', false);
    expect(memory.buffer).toBeInstanceOf(ArrayBuffer);
    expect(WebAssembly.Module.imports(module).map(({ name }) => name)).toContain('memory');
    expect(() => unshared(Uint8Array.of(0, 97, 115, 109))).toThrow('import no shared memory');
  });

  it('is given back, joined and used anew', () => {
    const memory = new LinearMemory(new WebAssembly.Memory({ initial: 1, maximum: 64 }), 64);
    const blocks = [100, 5000, 64, 70000].map((bytes) => memory.allocate(bytes));
    memory.floatsAt(blocks[1], 4).fill(7);
    blocks.slice(0, 3).forEach((at) => memory.release(at));
    const again = memory.allocate(5100);
    expect(again).toBe(blocks[0]);
    expect(memory.floatsAt(again, 1275).every((v) => v === 0)).toBe(true);
    memory.release(again);
    memory.release(blocks[3]);
    expect(memory.used).toBe(0);
    expect(() => memory.release(again)).toThrow('no block');
    expect(() => memory.allocate(64 * 65536)).toThrow(OutOfMemory);
    expect(memory.allocate(100)).toBe(blocks[0]);
  });

  it('that is not there is told in words, and the run stays as it was', async () => {
    const engine = await opened({ threads: 1, maximumPages: 160 });
    const state = randomState(fixtureNetwork(99, [37], 3), 4);
    const model = engine.createModel(state, data);
    model.train(counted(45, 64), 45, 1, settings(1));
    const before = await model.exportState();
    expect(() => model.importState(randomState(fixtureNetwork(99, [1000, 1000], 3)))).toThrow(
      /needs \d+ MB more memory than the WebAssembly engine can have here/,
    );
    expect(() => engine.createModel(randomState(fixtureNetwork(99, [1000, 1000], 3)), data)).toThrow(
      OutOfMemory,
    );
    expect(() => model.train(new Uint32Array(60000), 60000, 1, settings(1))).toThrow(OutOfMemory);
    expect(await model.exportState()).toEqual(before);
    model.train(counted(45, 64), 45, 1, settings(1));
    expect((await model.metrics()).rows).toBe(2);
    model.dispose();
    expect(engine.memoryUsed).toBeLessThan(20_000);
  });

  it('stays flat through growth and removal', async () => {
    const engine = await opened({ threads: 1 });
    const model = engine.createModel(randomState(fixtureNetwork(99, [37], 3)), data);
    const used: number[] = [];
    for (let i = 0; i < 6; i++) {
      model.importState(randomState(fixtureNetwork(99, [i % 2 ? 37 : 90], 3), i));
      model.train(counted(45, 64), 45, 1, settings(1));
      used.push(engine.memoryUsed);
    }
    expect(used[5]).toBe(used[1]);
    expect(used[4]).toBe(used[0]);
  });
});

it('changes the numbers of a merge and a length on the way', async () => {
  const engine = await opened({ threads: 1 });
  const spec = threePathways(99, 13, 3, 0.7);
  const state = randomState(spec, 3);
  const model = engine.createModel(state, data);
  const merge = { kind: 'add' as const, coefficients: [1, -1, 2.5] };
  const indices = counted(48, 64);
  model.train(indices, 8, 6, settings(1));
  model.setMerge(0, merge);
  model.train(indices, 8, 6, settings(1));
  const half = referenceSteps(state, data, indices, 8, settings(1)).state;
  half.network.spec.hidden[0].merge = merge;
  const want = referenceSteps(half, data, indices, 8, settings(1)).state;
  const got = await model.exportState();
  expect(got.network.spec).toEqual(want.network.spec);
  expect(disagreements(got.network.parameters, want.network.parameters, 1e-3, 1e-6)).toEqual([]);
  expect(() => model.setMerge(0, { kind: 'concatenate' })).toThrow();
  expect(() => model.setMerge(7, merge)).toThrow('no hidden layer 8');
  expect(() => model.setO(0, 1)).toThrow('o of hidden layer 1 is off');
});
