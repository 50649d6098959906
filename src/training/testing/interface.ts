/** What every engine's groups and models do besides training: imports, batches of one's own, the small print. */
import { initialTrainingState, softmaxRegression } from '../../network/initialise';
import { cloneTrainingState, type TrainingState } from '../../network/network';
import type { StepSettings } from '../engine';
import {
  gradientOnlySettings,
  disagreements,
  fixtureNetwork,
  randomData,
  randomState,
} from '../check/fixtures';
import type { Trains } from './trains';

/** Adam with λ = 0.1. */
export const adam = (learningRate = 1e-2): StepSettings =>
  gradientOnlySettings({
    lambda: 0.1,
    optimiser: { id: 'adam', learningRate, weightDecay: 0, decayAll: false, momentum: 0.9 },
  });
/** Image indices 0, 5, 10, … below `images`. */
export const counted = (count: number, images: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, i) => (i * 5) % images);

/** One network trained alone, as the others must still be. */
async function alone(engine: Trains, state: TrainingState, rounds: Uint32Array[]): Promise<TrainingState> {
  const data = randomData(6, 3, 64);
  const model = engine.createModel(state, data);
  for (const indices of rounds) await model.train(indices, 8, indices.length / 8, adam());
  const after = await model.exportState();
  model.dispose();
  return after;
}

/** A change of one model's widths, within capacity and beyond it, leaves its neighbours where they would be. */
export async function imports(engine: Trains): Promise<string[]> {
  const data = randomData(6, 3, 64);
  const wrong: string[] = [];
  const states = [
    [7, 5],
    [13, 3],
    [5, 17],
  ].map((hidden, m) => randomState(fixtureNetwork(6, hidden, 3), m));
  const group = engine.createGroup(states, data);
  const rounds = [counted(40, 64), counted(24, 64), counted(32, 64)];
  await group.train(
    rounds[0],
    8,
    5,
    states.map(() => adam()),
  );
  group.importState(1, randomState(fixtureNetwork(6, [9, 2], 3), 9));
  await group.train(
    rounds[1],
    8,
    3,
    states.map(() => adam()),
  );
  const grown = randomState(fixtureNetwork(6, [41, 3], 3), 10);
  group.importState(1, grown);
  await group.train(
    rounds[2],
    8,
    4,
    states.map(() => adam()),
  );
  for (const m of [0, 2]) {
    const expected = await alone(engine, states[m], rounds);
    const actual = await group.exportState(m);
    for (const part of ['first', 'second'] as const) {
      const [a, b] = [actual.optimiser[part], expected.optimiser[part]];
      if (a && b) wrong.push(...disagreements(a, b, 1e-5).map((w) => `model ${m} ${part} ${w}`));
    }
    wrong.push(
      ...disagreements(actual.network.parameters, expected.network.parameters, 1e-5).map(
        (w) => `model ${m} ${w}`,
      ),
    );
  }
  const expected = await alone(engine, grown, [rounds[2]]);
  const actual = await group.exportState(1);
  wrong.push(
    ...disagreements(actual.network.parameters, expected.network.parameters, 1e-5).map((w) => `grown ${w}`),
  );
  const rows = await group.metrics();
  if (rows.some(({ rows: n }) => n !== 12))
    wrong.push(`rows of metrics: ${rows.map(({ rows: n }) => n).join()}`);
  group.dispose();
  return wrong;
}

/** Own batches: each model is where it would be alone on its own indices, also when a submission holds several steps. */
export async function ownBatches(engine: Trains): Promise<string[]> {
  const data = randomData(6, 3, 64);
  const states = [1, 2, 3].map((seed) => randomState(fixtureNetwork(6, [7, 5], 3), seed));
  const group = engine.createGroup(states, data, { ownBatches: true });
  const own = states.map((_, m) => Uint32Array.from({ length: 40 }, (__, i) => (i * 3 + 11 * m) % 64));
  const mixed = new Uint32Array(120);
  own.forEach((indices, m) => {
    for (let k = 0; k < 5; k++) mixed.set(indices.subarray(8 * k, 8 * k + 8), (k * 3 + m) * 8);
  });
  await group.train(
    mixed,
    8,
    5,
    states.map(() => adam()),
  );
  const wrong: string[] = [];
  for (const [m, state] of states.entries()) {
    const expected = await alone(engine, state, [own[m]]);
    const actual = await group.exportState(m);
    wrong.push(
      ...disagreements(actual.network.parameters, expected.network.parameters, 1e-5).map(
        (w) => `model ${m} ${w}`,
      ),
    );
  }
  group.dispose();
  return wrong;
}

/** The interface's small print: o, images that arrive late, a batch beyond the rows there were, more steps than one submission. */
export async function smallPrint(engine: Trains): Promise<string[]> {
  const wrong: string[] = [];
  const expect = (what: string, good: boolean): void => {
    if (!good) wrong.push(what);
  };
  const data = randomData(6, 3, 700);
  data.train = { ...data.train, ready: 64 };
  const state = randomState(fixtureNetwork(6, [4, 3], 3));
  const model = engine.createModel(state, data);
  await model.train(counted(24, 64), 8, 3, adam());
  const before = await model.exportState();
  model.setO(1, 7);
  const after = await model.exportState();
  expect('o was not set', Math.abs(after.network.parameters.o[1] - 7) < 1e-4);
  expect('another o moved', after.network.parameters.o[0] === before.network.parameters.o[0]);
  expect(
    'moments of o were not cleared',
    after.optimiser.first.o[1] === 0 && after.optimiser.second?.o[1] === 0,
  );
  expect('moments of another o were cleared', after.optimiser.first.o[0] === before.optimiser.first.o[0]);
  data.train.ready = 700;
  await model.train(
    Uint32Array.from({ length: 600 }, (_, i) => i + 64),
    600,
    1,
    adam(),
  );
  await model.train(counted(150 * 8, 700), 8, 150, adam());
  await model.train(counted(200 * 8, 700), 8, 200, adam());
  const rows = await model.metrics();
  expect(`${rows.rows} rows for 354 steps`, rows.rows === 354);
  expect('metrics are not finite', rows.values.every(Number.isFinite));
  expect('rows came twice', (await model.metrics()).rows === 0);
  const end = await model.exportState();
  expect(`step ${end.optimiser.step}`, end.optimiser.step === 354);
  model.dispose();

  // Below the floor, as after an exact removal: what is fixed stays as it is.
  const tiny = randomState(fixtureNetwork(6, [4], 3, 'isotropic-tanh', { o: 'fixed', psi: 'fixed' }));
  tiny.network.parameters.o[0] = 1e-9;
  const fixed = engine.createModel(cloneTrainingState(tiny), data);
  await fixed.train(counted(24, 64), 8, 3, adam());
  const kept = (await fixed.exportNetwork()).parameters;
  expect('a fixed o below the floor was changed', Math.abs(kept.o[0] / 1e-9 - 1) < 1e-6);
  expect(
    'a fixed ψ was changed',
    kept.psi[0].every((v, j) => Math.abs(v - tiny.network.parameters.psi[0][j]) < 1e-6),
  );
  fixed.setO(0, 30);
  expect('fixed o was not set', (await fixed.exportNetwork()).parameters.o[0] === 30);
  fixed.importState(randomState(fixtureNetwork(6, [5, 9, 4], 3)));
  await fixed.train(counted(24, 64), 8, 3, adam());
  expect('rows have no column per layer', (await fixed.metrics()).columns === 9);
  fixed.dispose();

  // λ = 0 takes nothing from an E that has overflowed.
  const huge = randomState(fixtureNetwork(6, [7], 3, 'relu'), 3, true);
  huge.network.parameters.weights[0].data.fill(1e25);
  huge.network.parameters.weights[1].data.fill(1e-26);
  const overflowed = engine.createModel(huge, data);
  await overflowed.train(counted(8, 64), 8, 1, gradientOnlySettings({ measure: 'sum-square' }));
  const { values } = await overflowed.metrics();
  const gradient = (await overflowed.exportState()).optimiser.first;
  expect(`E ${values[1]}, penalty ${values[2]} after an overflow`, values[1] === Infinity && values[2] === 0);
  expect(
    'gradients overflowed',
    gradient.weights.every((w) => w.data.every(Number.isFinite)),
  );
  overflowed.dispose();

  // The linear baseline, from zeros.
  const baseline = engine.createModel(initialTrainingState(softmaxRegression(6, 3), 'adam'), data);
  await baseline.train(counted(160, 64), 8, 20, adam());
  const losses = await baseline.metrics();
  expect('the baseline does not start at ln 3', Math.abs(losses.values[0] - Math.log(3)) < 1e-5);
  expect('the baseline does not learn', losses.values[19 * 6] < losses.values[0]);
  baseline.dispose();
  return wrong;
}
