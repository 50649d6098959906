import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as shared from '../testing/interface';
import { convolutions, normalises } from '../testing/layerKinds';
import { observes } from '../testing/looks';
import { caseCount, caseOf, randomCase, runCase } from '../testing/pairwise';
import { tasks } from '../testing/tasks';
import type { WasmEngine } from './engine';
import { openCompiledWasm } from './open';

const fail = (message: string): never => {
  throw new Error(message);
};

describe.each([1, 2])('the compiled WebAssembly engine on %d threads', (threads) => {
  let engine: WasmEngine;
  beforeAll(async () => {
    engine = await openCompiledWasm(fail, { build: 'simd', threads, worth: 1, steady: true });
  });
  afterAll(() => engine.dispose());

  it('has the losses, gradients and steps of the float64 reference, pairwise over everything it takes', async () => {
    for (let index = 0; index < caseCount(); index++) {
      const c = caseOf(index);
      expect(await runCase(engine, c), JSON.stringify(c)).toEqual([]);
    }
  });

  it('agrees on networks drawn at random', async () => {
    for (let i = 0; i < 5; i++) {
      const c = randomCase(Math.floor(Math.random() * 1e6));
      expect(await runCase(engine, c, false), JSON.stringify(c)).toEqual([]);
    }
  });

  it('changes the shape of one network without touching its neighbours', async () => {
    expect(await shared.imports(engine)).toEqual([]);
  });
  it('gives each network its own batches where asked', async () => {
    expect(await shared.ownBatches(engine)).toEqual([]);
  });
  it('keeps the small print of the interface', async () => {
    expect(await shared.smallPrint(engine)).toEqual([]);
  });
  it('observes what the reference sees', async () => {
    expect(await observes(engine)).toEqual([]);
  });
  it('normalises layers of every kind', async () => {
    expect(await normalises(engine)).toEqual([]);
  });
  it('convolves pictures as the reference does', async () => {
    expect(await convolutions(engine)).toEqual([]);
  });
  it('places images in the block of their task, and goes on as blocks come and go', async () => {
    expect(await tasks(engine)).toEqual([]);
  });
});
