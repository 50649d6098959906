import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { configurationSchema } from '../../../configuration/schema';
import { DatasetCache } from '../../../experiments/datasetCache';
import { lambdaSweep } from '../../../experiments/recipes/energy/lambdaSweep';
import { runTrials } from '../../../experiments/runner/runner';
import type { Recipe, Trial } from '../../../experiments/types';
import type { TrainingState } from '../../../network/network';
import type { AdaptDecision } from '../../../run/automatic';
import type { AutomaticAction } from '../../../run/cadence';
import { Run } from '../../../run/run';
import type { Engine } from '../../../training/engine';
import { openCpu } from '../../../training/tfjs/backends';
import type { SessionEvent } from '../../protocol';
import { freshMocks } from './mocks';
import { SessionDriver, sessionStateOf, SMALL_CONFIGURATION } from './testing';

const shared = vi.hoisted(() => ({ engine: null as Engine | null }));
vi.mock('../storage/checkpoints', async () => (await import('./mocks')).memoryStorage());
vi.mock('../../../data/load/load', async (original) =>
  (await import('./mocks')).diskLoader(await original()),
);
vi.mock('../../../training/chooseEngine', () => ({
  chooseEngine: () => Promise.resolve({ engine: shared.engine, verdicts: [] }),
}));
let made: Awaited<ReturnType<typeof bySession>>;
beforeAll(async () => {
  freshMocks();
  shared.engine = await openCpu(() => undefined);
  made = await bySession();
});
afterAll(() => shared.engine?.dispose());

/** Everything a run does by itself: it keeps its layers diagonal, adapts its widths, and a second task joins the first. */
const EVERYTHING = configurationSchema.parse({
  ...SMALL_CONFIGURATION,
  data: 'tasks',
  tasks: [0],
  schedule: [{ step: 33, tasks: [0, 1] }],
  keepDiagonal: true,
  adapt: true,
  adaptEvery: 10,
  adaptCooldown: 10,
  theta: 0.9,
  scaffold: 2,
  criterion: 'gradient',
  lambda: 0.001,
});
const STEPS = 70;
/** Layers of the removal and the growth, each after so many steps; λ and o change on the way as well. */
const REMOVAL = { kind: 'remove', layer: 1, count: 1, where: 'exact' } as const;
const GROWTH = { kind: 'grow', layer: 0, count: 2, seed: 4 } as const;

/** The run as a visitor makes it: by messages to a session. */
async function bySession(): Promise<{ state: TrainingState; events: SessionEvent[] }> {
  const driver = new SessionDriver();
  await driver.start(EVERYTHING);
  await driver.train(12);
  driver.send({ type: 'control', control: { name: 'lambda', value: 0.5 } });
  await driver.train(5);
  driver.send({ type: 'control', control: { name: 'o', layer: 1, value: 0.7 } });
  await driver.train(8);
  driver.send({ type: 'operate', operation: REMOVAL, gesture: 1, confirmed: true });
  await driver.train(20);
  driver.send({ type: 'operate', operation: GROWTH, gesture: 2 });
  await driver.train(STEPS - 45);
  return { state: (await sessionStateOf(driver)).main.training, events: driver.events };
}

/** The same run as an experiment makes it: a trial given to the runner. */
async function byRunner(): Promise<TrainingState> {
  const { engine } = shared;
  if (!engine) throw new Error('No engine is open.');
  const found: TrainingState[] = [];
  const recipe: Recipe = {
    ...lambdaSweep,
    run: async (trialRun) => {
      await trialRun.train(17, [{ step: 12, change: { lambda: 0.5 } }]);
      await trialRun.setO(1, 0.7);
      await trialRun.train(8);
      await trialRun.operate(REMOVAL);
      await trialRun.train(20);
      await trialRun.apply(GROWTH);
      await trialRun.train(STEPS - 45);
      found.push(await trialRun.state());
      return {};
    },
  };
  const trial: Trial = {
    id: 'everything',
    factors: {},
    seed: EVERYTHING.seed,
    configuration: EVERYTHING,
    steps: STEPS,
    images: {},
    looks: [],
  };
  const sources = new DatasetCache({ base: 'http://lab/' });
  for await (const { status, reason } of runTrials({
    recipe,
    size: 'tiny',
    trials: [trial],
    engine,
    sources,
  }))
    expect([status, reason]).toEqual(['done', null]);
  return found[0];
}

it('the page and an experiment make one and the same run of a configuration, bit for bit', async () => {
  const { state, events } = made;
  const theirs = await byRunner();
  // Weights, biases, ψ, o, shape and moments: float64 copies of what the engine holds, compared exactly.
  expect(theirs).toEqual(state);
  // All of it did happen on the way.
  expect(state.network.spec.blocks).toEqual([0, 1]);
  expect(events.filter(({ type }) => type === 'adapted').length).toBeGreaterThan(2);
  expect(events.filter(({ type }) => type === 'operated')).toHaveLength(2);
});

it.each(['adapt', 'switch-tasks', 'turn-diagonal'] as const)(
  'the comparison sees a missed %s',
  async (kind) => {
    const perform: (this: Run, action: AutomaticAction) => Promise<AdaptDecision[]> = Reflect.get(
      Run.prototype,
      'perform',
    );
    const missing = vi.spyOn(Run.prototype, 'perform').mockImplementation(function (this: Run, action) {
      return action.kind === kind ? Promise.resolve([]) : perform.call(this, action);
    });
    const theirs = await byRunner();
    expect(missing).toHaveBeenCalled();
    missing.mockRestore();
    expect(theirs).not.toEqual(made.state);
  },
);
