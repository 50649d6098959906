import { describe, expect, it } from 'vitest';
import type { StepSettings, EngineGroup } from '../training/engine';
import { LockstepGroup } from './lockstepGroup';

const controls = (lambda: number): StepSettings => ({
  lambda,
  measure: 'mean-square',
  psiDecay: 0,
  optimiser: { id: 'adam', learningRate: 1e-3, weightDecay: 0, decayAll: false, momentum: 0.9 },
});

/** A group that only remembers what it was asked. */
function fake() {
  const trained: { steps: number; lambdas: number[] }[] = [];
  let unread = 0;
  const group = {
    train: (_: Uint32Array, __: number, steps: number, all: readonly StepSettings[]) => {
      trained.push({ steps, lambdas: all.map((c) => c.lambda) });
      unread += steps;
    },
    metrics: () => {
      const rows = unread;
      unread = 0;
      return Promise.resolve(
        [0, 1].map((m) => ({ rows, columns: 1, values: new Float32Array(rows).fill(m) })),
      );
    },
  };
  return { group: group as unknown as EngineGroup, trained };
}

describe('members of a lockstep group', () => {
  it('send one submission once all have asked, each with its own settings', () => {
    const { group, trained } = fake();
    const [main, twin] = new LockstepGroup(group, 2).members;
    const indices = new Uint32Array(8);
    void main.train(indices, 4, 2, controls(1));
    expect(trained).toEqual([]);
    void twin.train(indices, 4, 2, controls(0));
    expect(trained).toEqual([{ steps: 2, lambdas: [1, 0] }]);
  });

  it('refuse to train apart', () => {
    const [main, twin] = new LockstepGroup(fake().group, 2).members;
    void main.train(new Uint32Array(8), 4, 2, controls(1));
    expect(() => twin.train(new Uint32Array(4), 4, 1, controls(0))).toThrow('together');
  });

  it('keep the rows read for one member until the other asks', async () => {
    const { group } = fake();
    const [main, twin] = new LockstepGroup(group, 2).members;
    const step = (): void => {
      for (const member of [main, twin]) void member.train(new Uint32Array(4), 4, 1, controls(0));
    };
    step();
    expect((await main.metrics()).rows).toBe(1);
    step();
    expect((await main.metrics()).rows).toBe(1);
    const late = await twin.metrics();
    expect(late.rows).toBe(2);
    expect([...late.values]).toEqual([1, 1]);
  });
});

describe('members of a lockstep group with batches of their own', () => {
  it('hand in their indices step by step, one after another', () => {
    const given: number[][] = [];
    const { group } = fake();
    group.train = (indices) => void given.push([...indices]);
    const [one, two] = new LockstepGroup(group, 2, true).members;
    void one.train(Uint32Array.of(1, 2, 3, 4), 2, 2, controls(0));
    void two.train(Uint32Array.of(5, 6, 7, 8), 2, 2, controls(0));
    expect(given).toEqual([[1, 2, 5, 6, 3, 4, 7, 8]]);
  });

  it('look at images once for all, and again after a change', async () => {
    let passes = 0;
    const { group } = fake();
    group.observe = () => Promise.resolve([++passes, -passes] as never);
    group.setO = () => undefined;
    const [one, two] = new LockstepGroup(group, 2).members;
    const look = (member: typeof one) => member.observe('test', 0, 10, 'mean-square');
    expect([await look(one), await look(two)]).toEqual([1, -1]);
    one.setO(0, 1);
    expect(await look(two)).toBe(-2);
  });
});
