import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Configuration } from '../../../configuration/schema';
import type { SessionCommand } from '../../protocol';
import { freshMocks, loseDevice } from './mocks';
import { networksOf, SessionDriver, sessionStateOf, SMALL_CONFIGURATION } from './testing';
import type { SessionState } from '../storage/undo';

vi.mock('../storage/checkpoints', async () => (await import('./mocks')).memoryStorage());
vi.mock('../../../data/load/load', async (original) =>
  (await import('./mocks')).diskLoader(await original()),
);
vi.mock('../../../training/chooseEngine', async (original) =>
  (await import('./mocks')).losable(await original()),
);
beforeEach(freshMocks);

/** Adapts, so that widths follow the tasks; θ is high enough for units to go. */
const TASKS: Configuration = {
  ...SMALL_CONFIGURATION,
  data: 'tasks',
  hidden: [10, 8],
  batch: 24,
  learningRate: 1e-2,
  adapt: true,
  adaptEvery: 5,
  scaffold: 2,
  theta: 0.95,
};
const blocksIn = ({ main, baseline, twin }: SessionState): unknown[] =>
  [main, baseline, twin?.state].map((state) => state?.training.network.spec.blocks);
const tasks = (...value: number[]): SessionCommand => ({
  type: 'control',
  control: { name: 'tasks', value },
});

/** A run in the middle of its tasks: three blocks on every network, the twin's widths its own. */
async function amid(): Promise<SessionDriver> {
  const driver = new SessionDriver();
  await driver.start(TASKS);
  driver.send({ type: 'twin', kind: 'fixed-width' });
  await driver.train(6);
  driver.send(tasks(0, 2));
  await driver.train(6);
  driver.send(tasks(0, 1, 2));
  await driver.train(6);
  return driver;
}

/** On from there: a block goes, another comes back. */
async function onwards(driver: SessionDriver): Promise<SessionState> {
  driver.send(tasks(0, 1));
  await driver.train(6);
  driver.send(tasks(1, 2));
  await driver.train(6);
  return sessionStateOf(driver);
}

describe('in the middle of tasks', () => {
  it(
    'a lost device, a stored run and undo all go on as if nothing had been',
    { timeout: 30_000 },
    async () => {
      const straight = await onwards(await amid());
      expect(blocksIn(straight)).toEqual([
        [1, 2],
        [1, 2],
        [1, 2],
      ]);

      const lost = await amid();
      await lost.settle();
      const from = lost.events.length;
      loseDevice();
      await lost.until((event) => event.type === 'problem' && event.severity === 'notice', from);
      await lost.until((event) => event.type === 'status' && event.status === 'paused', from);
      expect(networksOf(await onwards(lost))).toEqual(networksOf(straight));

      const left = await amid();
      await left.settle();
      const resumed = new SessionDriver();
      await resumed.start(TASKS, true);
      expect(networksOf(await onwards(resumed))).toEqual(networksOf(straight));

      const bent = await amid();
      await onwards(bent);
      bent.send({ type: 'undo' }, { type: 'undo' });
      const back = await sessionStateOf(bent);
      expect([back.main.step, blocksIn(back)]).toEqual([
        18,
        [
          [0, 2, 1],
          [0, 2, 1],
          [0, 2, 1],
        ],
      ]);
      expect(networksOf(await onwards(bent))).toEqual(networksOf(straight));
    },
  );

  it(
    'another engine takes over every block, and a switch undone there finds the old ones',
    { timeout: 30_000 },
    async () => {
      const driver = await amid();
      const before = await sessionStateOf(driver);
      driver.send({ type: 'engine', engine: 'tfjs-wasm' });
      const moved = await sessionStateOf(driver);
      expect(networksOf(moved)).toEqual(networksOf(before));
      expect(blocksIn(moved)).toEqual([
        [0, 2, 1],
        [0, 2, 1],
        [0, 2, 1],
      ]);
      const after = await onwards(driver);
      expect(after.main.step).toBe(30);
      expect(blocksIn(after)).toEqual([
        [1, 2],
        [1, 2],
        [1, 2],
      ]);
      driver.send({ type: 'undo' }, { type: 'undo' }, { type: 'undo' });
      const back = await sessionStateOf(driver);
      expect([back.main.step, back.main.configuration.tasks, back.main.configuration.engine]).toEqual([
        12,
        [0, 2],
        'tfjs-wasm',
      ]);
      expect(blocksIn(back)).toEqual([
        [0, 2],
        [0, 2],
        [0, 2],
      ]);
      await driver.train(3);
      expect((await sessionStateOf(driver)).twin?.state.step).toBe(15);
    },
  );
});
