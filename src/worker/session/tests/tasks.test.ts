import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Configuration } from '../../../configuration/schema';
import type { HotSetting } from '../../../configuration/hotSettings';
import type { EvaluationPoint, SessionEvent, RunnerId } from '../../protocol';
import { modelAxisMock, freshMocks } from './mocks';
import { networksOf, SessionDriver, sessionStateOf, SMALL_CONFIGURATION, widthsOf } from './testing';
import type { SessionState } from '../storage/undo';

vi.mock('../storage/checkpoints', async () => (await import('./mocks')).memoryStorage());
vi.mock('../../../data/load/load', async (original) =>
  (await import('./mocks')).diskLoader(await original()),
);
vi.mock('../../../training/chooseEngine', async (original) =>
  (await import('./mocks')).withAxis(await original()),
);
beforeEach(freshMocks);

const TASKS: Configuration = {
  ...SMALL_CONFIGURATION,
  data: 'tasks',
  hidden: [8, 6],
  batch: 24,
  learningRate: 1e-2,
};
const tasks = (...value: number[]): HotSetting => ({ name: 'tasks', value });

async function begun(configuration: Configuration, steps: number): Promise<SessionDriver> {
  const driver = new SessionDriver();
  await driver.start(configuration);
  if (steps > 0) await driver.train(steps);
  return driver;
}

async function change(driver: SessionDriver, ...controls: HotSetting[]): Promise<void> {
  driver.send(...controls.map((control) => ({ type: 'control', control }) as const));
  await driver.settle();
}

const blocksOf = (state: SessionState['baseline'] | undefined) => state?.training.network.spec.blocks;
const ends = ({ training }: SessionState['baseline']): number[] => {
  const { inputs, outputs } = training.network.spec;
  return [inputs, outputs];
};
const pinsOf = (events: readonly SessionEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'pin' ? [event.pin.label] : []));
function lastPoint(driver: SessionDriver, runner: RunnerId): EvaluationPoint {
  const found = driver.events.findLast((e) => e.type === 'evaluation' && e.point.runner === runner);
  if (found?.type !== 'evaluation') throw new Error(`No evaluation of ${runner}.`);
  return found.point;
}

describe.each([
  ['one by one', false],
  ['on the model axis', true],
])('tasks, %s', (_, on) => {
  it('grow their blocks on every network, leaving old answers as they were, and drop them', async () => {
    modelAxisMock.on = on;
    const driver = await begun(TASKS, 0);
    driver.send({ type: 'twin', kind: 'fixed-width' });
    await driver.train(40);
    const before = (['main', 'baseline', 'twin'] as const).map((runner) => lastPoint(driver, runner));
    before.forEach(({ taskAccuracy, taskImages, accuracy, n }) => {
      expect(taskAccuracy).toEqual([accuracy, null, null]);
      expect(taskImages).toEqual([100, 0, 0]);
      expect(n).toBe(100);
    });
    expect(before[0].accuracy).toBeGreaterThan(0.6);
    await change(driver, tasks(0, 1));
    const grown = await sessionStateOf(driver);
    for (const state of [grown.main, grown.baseline, grown.twin?.state]) {
      expect(blocksOf(state)).toEqual([0, 1]);
      expect(state && ends(state)).toEqual([32, 8]);
    }
    (['main', 'baseline', 'twin'] as const).forEach((runner, r) => {
      const point = lastPoint(driver, runner);
      expect(point.taskAccuracy?.[0]).toBe(before[r].taskAccuracy?.[0]);
      expect(point.taskAccuracy?.[2]).toBeNull();
      const [first, second] = point.taskAccuracy ?? [];
      expect(point.accuracy).toBeCloseTo(((first ?? NaN) + (second ?? NaN)) / 2, 12);
      expect(point.n).toBe(200);
    });
    await driver.train(60);
    expect(lastPoint(driver, 'main').taskAccuracy?.[1]).toBeGreaterThan(0.6);
    const kept = lastPoint(driver, 'main').taskAccuracy?.[1];
    await change(driver, tasks(1));
    const after = await sessionStateOf(driver);
    for (const state of [after.main, after.baseline, after.twin?.state]) {
      expect(blocksOf(state)).toEqual([1]);
      expect(state && ends(state)).toEqual([16, 4]);
    }
    expect(lastPoint(driver, 'main')).toMatchObject({ taskAccuracy: [null, kept, null], accuracy: kept });
    expect(pinsOf(driver.events)).toEqual(['Task + Fashion-MNIST', 'Task − MNIST']);
    expect(modelAxisMock.groups > 0).toBe(on);
    await driver.train(3);
    expect((await sessionStateOf(driver)).twin?.state.step).toBe(103);
  });

  it('lose a block from the middle, and the tasks on both its sides answer as before', async () => {
    modelAxisMock.on = on;
    const driver = await begun({ ...TASKS, tasks: [0, 2] }, 0);
    driver.send({ type: 'twin', kind: 'fixed-width' });
    await driver.train(20);
    await change(driver, tasks(0, 1, 2));
    await driver.train(40);
    expect(blocksOf((await sessionStateOf(driver)).main)).toEqual([0, 2, 1]);
    const runners = ['main', 'baseline', 'twin'] as const;
    const before = runners.map((runner) => lastPoint(driver, runner).taskAccuracy);
    await change(driver, tasks(0, 1));
    const { main, baseline, twin } = await sessionStateOf(driver);
    for (const state of [main, baseline, twin?.state]) expect(blocksOf(state)).toEqual([0, 1]);
    runners.forEach((runner, r) => {
      const { taskAccuracy } = lastPoint(driver, runner);
      expect(taskAccuracy).toEqual([before[r]?.[0], before[r]?.[1], null]);
      // Answers by chance would say nothing.
      expect(taskAccuracy?.[1]).toBeGreaterThan(0.4);
    });
    await driver.train(2);
    expect((await sessionStateOf(driver)).twin?.state.step).toBe(62);
  });

  it('are undone exactly, blocks and all, and go on exactly when resumed', async () => {
    modelAxisMock.on = on;
    const begin = async (): Promise<SessionDriver> => {
      const driver = await begun(TASKS, 6);
      driver.send({ type: 'twin', kind: 'ungrown' });
      await driver.train(6);
      return driver;
    };
    const straight = await begin();
    const bent = await begin();
    await change(bent, tasks(0, 2));
    await bent.train(5);
    bent.send({ type: 'operate', operation: { kind: 'left', layer: 0 }, gesture: 1 });
    await bent.train(5);
    await change(bent, { name: 'lambda', value: 0.2 });
    const from = bent.events.length;
    bent.send({ type: 'undo' }, { type: 'undo' }, { type: 'undo' });
    await bent.settle();
    expect(bent.events.slice(from).findLast((event) => event.type === 'undone')).toMatchObject({
      step: 12,
      configuration: { tasks: [0] },
    });
    const bodies = ({ main, baseline, twin }: SessionState) => ({ main, baseline, twin });
    await change(bent, tasks(0, 2));
    const resumed = new SessionDriver();
    await resumed.start(TASKS, true);
    for (const driver of [bent, resumed]) {
      await driver.train(6);
      await change(driver, tasks(2));
      await driver.train(4);
    }
    await change(straight, tasks(0, 2));
    await straight.train(6);
    await change(straight, tasks(2));
    await straight.train(4);
    const wanted = bodies(await sessionStateOf(straight));
    expect(blocksOf(wanted.main)).toEqual([2]);
    expect(bodies(await sessionStateOf(bent))).toEqual(wanted);
    await resumed.settle();
    expect(bodies(await sessionStateOf(resumed))).toEqual(wanted);
  });
});

describe('tasks', () => {
  it('a twin that comes late has lived through the same switches', async () => {
    const live = async (driver: SessionDriver): Promise<void> => {
      await driver.train(5);
      await change(driver, tasks(0, 1));
      await driver.train(5);
      await change(driver, tasks(1));
      await driver.train(4);
      await change(driver, tasks(1, 2));
    };
    const early = await begun(TASKS, 0);
    early.send({ type: 'twin', kind: 'tanh' });
    await live(early);
    const late = await begun(TASKS, 0);
    await live(late);
    const from = late.events.length;
    late.send({ type: 'twin', kind: 'tanh' });
    await late.until((event) => event.type === 'twin' && event.step === 14, from);
    const { twin } = await sessionStateOf(late);
    expect(twin).toEqual((await sessionStateOf(early)).twin);
    expect(blocksOf(twin?.state)).toEqual([1, 2]);
  });

  it('are kept and never shown where their blocks are masked, until those are dropped', async () => {
    const driver = await begun({ ...TASKS, tasks: [0, 1], taskBlocks: 'mask' }, 4);
    await change(driver, tasks(1));
    expect(blocksOf((await sessionStateOf(driver)).main)).toEqual([0, 1]);
    const point = lastPoint(driver, 'main');
    expect(point.accuracy).toBe(point.taskAccuracy?.[1]);
    expect(point.taskAccuracy?.[0]).not.toBeNull();
    const momentum = async (): Promise<number> =>
      Math.abs((await sessionStateOf(driver)).main.training.optimiser.first.weights[0].data[0]);
    const before = await momentum();
    await driver.train(3);
    // Inputs of the masked task are 0: no gradient reaches their weights, and their momentum only fades, by β₁ a step.
    expect((await momentum()) / before).toBeCloseTo(0.9 ** 3, 4);
    await change(driver, { name: 'taskBlocks', value: 'drop' });
    expect(blocksOf((await sessionStateOf(driver)).main)).toEqual([1]);
  });

  it('are refused in words where there are none, or none would be left', async () => {
    const driver = await begun(TASKS, 2);
    await change(driver, { name: 'tasks', value: [] });
    await change(driver, tasks(0, 2, 2));
    expect((await sessionStateOf(driver)).main.configuration.tasks).toEqual([0, 2]);
    const single = await begun(SMALL_CONFIGURATION, 2);
    await change(single, tasks(0, 1));
    const told = (d: SessionDriver): string[] =>
      d.events.flatMap((event) => (event.type === 'problem' ? [event.detail] : []));
    expect(told(driver)).toEqual(['One task at least is to be learnt.']);
    expect(told(single)).toEqual(['This data set is one task: there are no others to switch on or off.']);
  });

  it('follow a schedule exactly as a hand would, whatever the slices', async () => {
    const schedule = [
      { step: 0, tasks: [1] },
      { step: 7, tasks: [0, 1] },
      { step: 15, tasks: [0] },
    ];
    const once = await begun({ ...TASKS, schedule }, 20);
    const often = await begun({ ...TASKS, schedule }, 0);
    for (const count of [3, 4, 4, 4, 5]) await often.train(count);
    const hand = await begun({ ...TASKS, tasks: [1] }, 7);
    await change(hand, tasks(0, 1));
    await hand.train(8);
    await change(hand, tasks(0));
    await hand.train(5);
    const wanted = networksOf(await sessionStateOf(once));
    expect(blocksOf(wanted.main)).toEqual([0]);
    for (const driver of [often, hand]) expect(networksOf(await sessionStateOf(driver))).toEqual(wanted);
    const told = once.events.flatMap((event) => (event.type === 'tasks' ? [event.tasks] : []));
    expect(told).toEqual([[0, 1], [0]]);
    expect(pinsOf(once.events)).toEqual(['Task + MNIST', 'Task − Fashion-MNIST']);
    // Back to before the second switch, and through it again.
    const bent = await begun({ ...TASKS, schedule }, 10);
    await change(bent, { name: 'lambda', value: 0.2 });
    await bent.train(8);
    bent.send({ type: 'undo' });
    await bent.train(10);
    expect(networksOf(await sessionStateOf(bent))).toEqual(wanted);
  });

  it('have an adapting network grow as one arrives and thin as blocks go; its fixed-width twin does neither', async () => {
    const adapting: Configuration = {
      ...TASKS,
      hidden: [14, 12],
      adapt: true,
      adaptEvery: 10,
      scaffold: 3,
      theta: 1.05,
      schedule: [
        { step: 75, tasks: [0, 1, 2] },
        { step: 150, tasks: [2] },
      ],
    };
    const driver = await begun(adapting, 0);
    driver.send({ type: 'twin', kind: 'fixed-width' });
    const sizes: number[][] = [];
    for (let i = 0; i < 3; i++) {
      await driver.train(74);
      const { main, twin } = await sessionStateOf(driver);
      sizes.push(widthsOf(main));
      expect(twin && widthsOf(twin.state)).toEqual([14, 12]);
      await driver.train(1);
    }
    const [thin, swollen, shed] = sizes;
    expect(swollen[0]).toBeGreaterThan(thin[0]);
    expect(shed[0]).toBeLessThan(swollen[0]);
  });
});
