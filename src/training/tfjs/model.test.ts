import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referenceEnergy, gradients } from '../../energy/loss';
import type { MeasureId } from '../../energy/ids';
import type { DataSource } from '../../data/source';
import { gatherImages, gatherLabels } from '../../data/gather';
import {
  cloneTrainingState,
  parameterCount,
  zerosLike,
  type TrainingState,
  type OptimiserId,
} from '../../network/network';
import { seededRandom } from '../../network/random';
import { referenceForward } from '../../network/reference';
import type { NetworkSpec, OMode, PsiMode } from '../../network/spec';
import { METRIC_COLUMNS, type StepSettings, type Engine, type StepMetrics } from '../engine';
import { ACTIVATIONS } from '../../activations/lookup';
import { optimiserStep } from '../optimisers';
import { openCpu, openWasm } from './backends';
import {
  gradientOnlySettings,
  disagreements,
  namedArrays,
  fixtureNetwork,
  randomData,
  randomState,
} from '../check/fixtures';

const MEASURES: MeasureId[] = ['mean-square', 'sum-square', 'l1', 'active-count', 'hoyer-square'];
const O_MODES: OMode[] = ['off', 'fixed', 'trained'];
const PSI_MODES: PsiMode[] = ['off', 'fixed', 'trained', 'decay'];
const SHAPES = [[5, 3], [2], [7, 13, 3], [4, 3, 5, 2, 3, 4], []];

function batchOf(
  data: DataSource,
  indices: Uint32Array,
  shiftStep: number | null = null,
): { x: Float32Array; labels: Uint8Array } {
  const x = new Float32Array(indices.length * data.size);
  const labels = new Uint8Array(indices.length);
  gatherImages(data, data.train, indices, 0, indices.length, x, shiftStep);
  gatherLabels(data.train, indices, 0, indices.length, labels);
  return { x, labels };
}

const row = (metrics: StepMetrics, r: number): Record<string, number> =>
  Object.fromEntries(METRIC_COLUMNS.map((name, c) => [name, metrics.values[r * metrics.columns + c]]));

/** What `steps` steps on these batches give in float64. */
function train(
  state: TrainingState,
  data: DataSource,
  indices: Uint32Array,
  batch: number,
  controls: StepSettings,
) {
  const s = cloneTrainingState(state);
  const { spec, parameters } = s.network;
  for (let i = 0; i < indices.length / batch; i++) {
    const shiftStep = controls.augment === 'shift' ? s.optimiser.step : null;
    const { x, labels } = batchOf(data, indices.subarray(i * batch, (i + 1) * batch), shiftStep);
    const { tensors } = gradients(s.network, x, labels, controls);
    // The optimiser moves log o.
    const moved = { ...parameters, o: parameters.o.map((o) => (o > 0 ? Math.log(o) : 0)) };
    s.optimiser.step += 1;
    const flat = [moved, tensors, s.optimiser.first, s.optimiser.second ?? zerosLike(spec)].map((t) => [
      ...t.weights.map((w) => w.data),
      ...t.biases,
      ...t.psi,
      t.o,
    ]);
    flat[0].forEach((p, t) => {
      const { weightDecay, decayAll } = controls.optimiser;
      const decay = t < moved.weights.length || decayAll ? weightDecay : 0;
      optimiserStep(controls.optimiser, s.optimiser.step, decay, p, flat[1][t], flat[2][t], flat[3][t]);
    });
    spec.hidden.forEach((layer, l) => layer.o === 'trained' && (parameters.o[l] = Math.exp(moved.o[l])));
  }
  return s;
}

describe.each([
  { name: 'cpu', open: openCpu },
  { name: 'wasm', open: openWasm },
])('tfjs engine on $name', ({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open(() => undefined);
  });
  afterAll(() => engine.dispose());

  it('has the gradients of the float64 reference, for all activations, measures and modes', async () => {
    const cases: { spec: NetworkSpec; measure: MeasureId }[] = [];
    for (const { id } of ACTIVATIONS)
      for (const measure of MEASURES)
        for (const o of id === 'isotropic-tanh' ? O_MODES : O_MODES.slice(0, 1))
          for (const psi of id === 'isotropic-tanh' ? PSI_MODES : PSI_MODES.slice(0, 1)) {
            const hidden = SHAPES[cases.length % SHAPES.length];
            cases.push({ spec: fixtureNetwork(6, hidden, 3, id, { o, psi }), measure });
          }
    const data = randomData(6, 3, 32);
    const wrong: string[] = [];
    for (const [c, { spec, measure }] of cases.entries()) {
      const state = randomState(spec, c, true);
      const controls = gradientOnlySettings({ lambda: c % 3 === 0 ? 0 : 0.3, measure, psiDecay: 0.2 });
      const indices = Uint32Array.from({ length: [1, 3, 13][c % 3] }, (_, i) => (i * 5 + c) % 32);
      const model = engine.createModel(state, data);
      await model.train(indices, indices.length, 1, controls);
      const metrics = await model.metrics();
      const { optimiser, network } = await model.exportState();
      model.dispose();
      const { x, labels } = batchOf(data, indices);
      const expected = gradients(state.network, x, labels, controls);
      const what = JSON.stringify({ c, measure, n: labels.length, ...spec });
      // A rate of 0 moves nothing, so what comes back is what was put in, in float32.
      wrong.push(
        ...disagreements(network.parameters, state.network.parameters, 1e-6).map((w) => `${what} ${w}`),
      );
      wrong.push(...disagreements(optimiser.first, expected.tensors, 1e-4).map((w) => `${what} ∂ ${w}`));
      const squares = namedArrays(expected.tensors).flatMap(([, values]) => Array.from(values, (v) => v * v));
      const got = row(metrics, 0);
      const want: typeof got = {
        ...expected.loss,
        correct: expected.correct,
        gradientNorm: Math.sqrt(squares.reduce((a, b) => a + b, 0)),
      };
      for (const name of METRIC_COLUMNS)
        if (!(Math.abs(got[name] - want[name]) <= 1e-5 * Math.abs(want[name]) + 1e-7))
          wrong.push(`${what} ${name}: ${got[name]} for ${want[name]}`);
    }
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(50);
  });

  it.each<[OptimiserId, boolean]>([
    ['adam', true],
    ['adamw', false],
    ['adamw', true],
    ['sgd', false],
    ['sgd', true],
  ])(
    'after 20 steps of %s (decay on all, shifted images: %s) is where the float64 reference is',
    async (id, decayAll) => {
      const spec = fixtureNetwork(6, [7, 5], 3);
      const data = { ...randomData(6, 3, 64), width: 3 };
      const state = randomState(spec, 4, id === 'sgd');
      const controls = gradientOnlySettings({
        lambda: 0.1,
        augment: decayAll ? 'shift' : 'none',
        optimiser: { id, learningRate: 1e-2, weightDecay: 0.05, decayAll, momentum: 0.9 },
      });
      const indices = Uint32Array.from({ length: 20 * 8 }, (_, i) => (i * 11) % 64);
      const model = engine.createModel(state, data);
      await model.train(indices.subarray(0, 96), 8, 12, controls);
      // A round trip in the middle changes nothing.
      model.importState(await model.exportState());
      await model.train(indices.subarray(96), 8, 8, controls);
      const actual = await model.exportState();
      model.dispose();
      const expected = train(state, data, indices, 8, controls);
      expect(disagreements(actual.network.parameters, expected.network.parameters, 1e-3)).toEqual([]);
      expect(disagreements(actual.optimiser.first, expected.optimiser.first, 1e-3, 1e-5)).toEqual([]);
      expect(actual.optimiser.step).toBe(20);
      expect(actual.optimiser.second === null).toBe(id === 'sgd');
    },
  );

  it('adds Adam’s ε outside the root, after the bias correction: gradients as small as ε feel it', async () => {
    const spec = fixtureNetwork(6, [], 3);
    const data = randomData(6, 3, 64);
    data.inverseDeviation.fill(1e-7);
    const zero = zerosLike(spec);
    const state: TrainingState = {
      network: { spec, parameters: zero },
      optimiser: { step: 0, first: zerosLike(spec), second: zerosLike(spec) },
    };
    const controls = gradientOnlySettings({
      optimiser: { id: 'adam', learningRate: 1e-2, weightDecay: 0, decayAll: false, momentum: 0.9 },
    });
    const indices = Uint32Array.from({ length: 3 * 8 }, (_, i) => (i * 11) % 64);
    const model = engine.createModel(state, data);
    await model.train(indices, 8, 3, controls);
    const { network } = await model.exportState();
    model.dispose();
    const [actual] = network.parameters.weights;
    const [expected] = train(state, data, indices, 8, controls).network.parameters.weights;
    expect(Math.max(...expected.data.map(Math.abs))).toBeGreaterThan(1e-4);
    actual.data.forEach((w, i) => expect(Math.abs(w - expected.data[i])).toBeLessThan(1e-5));
  });

  it('observes what the reference sees, in chunks, up to the last image that is there', async () => {
    const data = randomData(6, 3, 1203);
    for (const activation of ['isotropic-tanh', 'relu'] as const)
      for (const measure of MEASURES) {
        const { network, optimiser } = randomState(fixtureNetwork(6, [7, 5], 3, activation), 2);
        const model = engine.createModel({ network, optimiser }, data);
        const seen = await model.observe('test', 3, 5000, measure);
        model.dispose();
        expect(seen.n).toBe(1200);
        const { x } = batchOf(
          data,
          Uint32Array.from({ length: 1200 }, (_, i) => i + 3),
        );
        const pass = referenceForward(network, x, 1200);
        const { energy, layers } = referenceEnergy(network, pass, measure);
        expect(seen.energy / energy).toBeCloseTo(1, 5);
        seen.layerEnergy.forEach((e, l) => expect(e / layers[l]).toBeCloseTo(1, 5));
        for (const b of [0, 499, 500, 1199]) {
          expect(seen.logits[b * 3 + 1]).toBeCloseTo(pass.logits[b * 3 + 1], 4);
          const z = pass.z[1].subarray(b * 5, b * 5 + 5);
          expect(seen.squaredNorms[1][b]).toBeCloseTo(
            z.reduce((sum, v) => sum + v * v, 0),
            4,
          );
        }
        const unit = pass.h[0].filter((_, i) => i % 7 === 6);
        expect(seen.unitMeanSquare[0][6]).toBeCloseTo(unit.reduce((sum, h) => sum + h * h, 0) / 1200, 5);
      }
  });

  it('leaks no tensor over steps, reads, changes of o, width and depth', async () => {
    const data = randomData(6, 3, 64);
    const before = tf.memory().numTensors;
    const model = engine.createModel(randomState(fixtureNetwork(6, [7, 5], 3)), data);
    const controls = gradientOnlySettings({
      lambda: 0.1,
      optimiser: { ...gradientOnlySettings().optimiser, id: 'adam' },
    });
    const indices = Uint32Array.from({ length: 24 }, (_, i) => i);
    const settled: number[] = [];
    for (let i = 0; i < 4; i++) {
      await model.train(indices, 8, 3, controls);
      await model.metrics();
      await model.observe('test', 0, 10, 'l1');
      model.setO(0, 0.3);
      model.importState(await model.exportState());
      settled.push(tf.memory().numTensors);
    }
    expect(new Set(settled).size).toBe(1);
    await model.train(indices, 8, 3, controls);
    model.importState(randomState(fixtureNetwork(6, [9], 3, 'relu')));
    await model.train(indices, 8, 3, controls);
    expect((await model.metrics()).columns).toBe(METRIC_COLUMNS.length + 1);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('repeats itself from the same start', async () => {
    const data = randomData(6, 3, 64);
    const rng = seededRandom(5, 'shuffle');
    const indices = Uint32Array.from({ length: 40 }, () => rng.integer(64));
    const controls = gradientOnlySettings({
      lambda: 0.01,
      optimiser: { ...gradientOnlySettings().optimiser, id: 'adam', learningRate: 0.01 },
    });
    const runs: number[][] = [];
    for (let r = 0; r < 2; r++) {
      const model = engine.createModel(randomState(fixtureNetwork(6, [7, 5], 3), 3), data);
      await model.train(indices, 8, 5, controls);
      runs.push(Array.from((await model.metrics()).values));
      model.dispose();
    }
    expect(runs[0]).toEqual(runs[1]);
  });

  it('takes nothing from λ = 0, even where E has overflowed', async () => {
    const data = randomData(6, 3, 64);
    const state = randomState(fixtureNetwork(6, [7], 3, 'relu'), 3, true);
    state.network.parameters.weights[0].data.fill(1e25);
    state.network.parameters.weights[1].data.fill(1e-26);
    const model = engine.createModel(state, data);
    await model.train(
      Uint32Array.from({ length: 8 }, (_, i) => i),
      8,
      1,
      gradientOnlySettings({ measure: 'sum-square' }),
    );
    const { values } = await model.metrics();
    const gradient = (await model.exportState()).optimiser.first;
    model.dispose();
    expect(values[1]).toBe(Infinity);
    expect(values[2]).toBe(0);
    namedArrays(gradient).forEach(([, array]) => expect(array.every(Number.isFinite)).toBe(true));
  });

  it('stays finite where everything is zero and o is off', async () => {
    const data = randomData(6, 3, 64);
    data.train.images.fill(0);
    data.mean.fill(0);
    const state = randomState(
      fixtureNetwork(6, [4, 3], 3, 'isotropic-tanh', { o: 'off', psi: 'trained' }),
      3,
      true,
    );
    state.network.parameters.biases.forEach((b) => b.fill(0));
    state.network.parameters.psi.forEach((p) => p.fill(0));
    for (const measure of MEASURES) {
      const model = engine.createModel(state, data);
      await model.train(Uint32Array.of(1, 2, 3), 3, 1, gradientOnlySettings({ lambda: 1, measure }));
      const { x, labels } = batchOf(data, Uint32Array.of(1, 2, 3));
      const expected = gradients(state.network, x, labels, gradientOnlySettings({ lambda: 1, measure }));
      const { first } = (await model.exportState()).optimiser;
      model.dispose();
      expect(disagreements(first, expected.tensors, 1e-4)).toEqual([]);
    }
  });

  it('sets o live: fixed at once, trained with its moments cleared, off refused', async () => {
    const data = randomData(6, 3, 64);
    const adam = gradientOnlySettings({
      optimiser: { ...gradientOnlySettings().optimiser, id: 'adam', learningRate: 0.01 },
    });
    const trained = engine.createModel(randomState(fixtureNetwork(6, [4, 3], 3)), data);
    await trained.train(Uint32Array.of(1, 2, 3), 3, 1, adam);
    const before = await trained.exportState();
    trained.setO(1, 7);
    const after = await trained.exportState();
    expect(after.network.parameters.o[1]).toBeCloseTo(7, 5);
    expect(after.network.parameters.o[0]).toBe(before.network.parameters.o[0]);
    expect(before.optimiser.first.o[1]).not.toBe(0);
    expect([after.optimiser.first.o[1], after.optimiser.second?.o[1]]).toEqual([0, 0]);
    expect(after.optimiser.first.o[0]).toBe(before.optimiser.first.o[0]);
    expect(after.optimiser.first.psi).toEqual(before.optimiser.first.psi);
    expect(() => trained.setO(0, NaN)).toThrow('o must be');
    const fixed = engine.createModel(
      randomState(fixtureNetwork(6, [4, 3], 3, 'isotropic-tanh', { o: 'fixed', psi: 'off' })),
      data,
    );
    const one = await fixed.observe('test', 0, 8, 'sum-square');
    fixed.setO(0, 30);
    const two = await fixed.observe('test', 0, 8, 'sum-square');
    expect(two.layerEnergy[0]).toBeLessThan(one.layerEnergy[0]);
    expect((await fixed.exportNetwork()).parameters.o[0]).toBe(30);
    const off = engine.createModel(randomState(fixtureNetwork(6, [4], 3, 'relu')), data);
    expect(() => off.setO(0, 1)).toThrow('is off');
    [trained, fixed, off].forEach((model) => model.dispose());
  });

  it('trains as many parameters as the network claims', async () => {
    const spec = fixtureNetwork(6, [4, 3], 3, 'isotropic-tanh', { o: 'trained', psi: 'trained' });
    const model = engine.createModel(randomState(spec, 1, true), randomData(6, 3, 64));
    await model.train(Uint32Array.of(1, 2, 3, 4), 4, 1, gradientOnlySettings({ lambda: 1 }));
    const { first } = (await model.exportState()).optimiser;
    model.dispose();
    const moved = namedArrays(first).reduce((sum, [, array]) => sum + array.filter((g) => g !== 0).length, 0);
    expect(moved).toBe(parameterCount(spec));
  });
});
