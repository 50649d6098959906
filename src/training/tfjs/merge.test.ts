import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referenceEnergy, gradients } from '../../energy/loss';
import type { MeasureId } from '../../energy/ids';
import type { DataSource } from '../../data/source';
import { gatherImages, gatherLabels } from '../../data/gather';
import { parameterMask } from '../../network/merge';
import {
  cloneTrainingState,
  parameterCount,
  zerosLike,
  type TrainingState,
  type OptimiserId,
} from '../../network/network';
import { referenceForward } from '../../network/reference';
import type { Merge, NetworkSpec } from '../../network/spec';
import { dividedLayer, threePathways, twoPathways } from '../../network/testing';
import type { StepSettings, Engine } from '../engine';
import { optimiserStep } from '../optimisers';
import { openCpu, openWasm } from './backends';
import { gradientOnlySettings, disagreements, namedArrays, randomData, randomState } from '../check/fixtures';

const MEASURES: MeasureId[] = ['mean-square', 'sum-square', 'l1', 'active-count', 'hoyer-square'];
const gate: Merge = { kind: 'multiply', offsets: [0, 1] };
const NETWORKS: NetworkSpec[] = [
  twoPathways(6, [5, 3, 4, 2], 3),
  twoPathways(6, [5, 3, 4, 4], 3, gate),
  threePathways(6, 5, 3, 0.7),
  {
    inputs: 6,
    outputs: 3,
    activation: 'isotropic-tanh',
    hidden: [
      { width: 5, o: 'trained', psi: 'decay' },
      dividedLayer(
        [
          [3, 'sigmoid', null],
          [3, 'softplus', null],
          [3, 'half-square', null],
        ],
        { kind: 'multiply', offsets: [0.5, -1, 1] },
      ),
      { width: 4, o: 'trained', psi: 'trained' },
    ],
  },
];

const seen = (data: DataSource, indices: Uint32Array) => {
  const x = new Float32Array(indices.length * data.size);
  const labels = new Uint8Array(indices.length);
  gatherImages(data, data.train, indices, 0, indices.length, x);
  gatherLabels(data.train, indices, 0, indices.length, labels);
  return { x, labels };
};

/** What 20 steps of 8 images give in float64, by gradient and optimiser alone; no o or ψ is trained. */
function train(
  state: TrainingState,
  data: DataSource,
  indices: Uint32Array,
  by: (step: number) => StepSettings,
) {
  const s = cloneTrainingState(state);
  for (let i = 0; i < indices.length / 8; i++) {
    const { x, labels } = seen(data, indices.subarray(8 * i, 8 * i + 8));
    const controls = by(i);
    if (i === 12) s.network.spec.hidden[0].merge = { kind: 'add', coefficients: [1, -1, 2] };
    const { tensors } = gradients(s.network, x, labels, controls);
    const flat = [
      s.network.parameters,
      tensors,
      s.optimiser.first,
      s.optimiser.second ?? zerosLike(s.network.spec),
    ];
    const [p, g, m, v] = flat.map((t) => [...t.weights.map((w) => w.data), ...t.biases]);
    p.forEach((values, t) => optimiserStep(controls.optimiser, i + 1, 0.05, values, g[t], m[t], v[t]));
  }
  return s;
}

describe.each([
  { name: 'cpu', open: openCpu },
  { name: 'wasm', open: openWasm },
])('merges of paths in the tfjs engine on $name', ({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open(() => undefined);
  });
  afterAll(() => engine.dispose());

  it('have the losses and gradients of the float64 reference under every measure', async () => {
    const data = randomData(6, 3, 32);
    for (const [c, spec] of NETWORKS.entries())
      for (const measure of MEASURES) {
        const state = randomState(spec, c, true);
        const controls = gradientOnlySettings({ lambda: 0.3, measure, psiDecay: 0.2 });
        const indices = Uint32Array.from({ length: 13 }, (_, i) => (i * 5 + c) % 32);
        const model = engine.createModel(state, data);
        await model.train(indices, 13, 1, controls);
        const { values } = await model.metrics();
        const { optimiser, network } = await model.exportState();
        model.dispose();
        const { x, labels } = seen(data, indices);
        const expected = gradients(state.network, x, labels, controls);
        expect(network.spec).toEqual(spec);
        expect(disagreements(network.parameters, state.network.parameters, 1e-6)).toEqual([]);
        expect(disagreements(optimiser.first, expected.tensors, 1e-4)).toEqual([]);
        expect(values[0] / expected.loss.dataLoss).toBeCloseTo(1, 5);
        expect(values[1] / expected.loss.energy).toBeCloseTo(1, 5);
      }
  });

  it.each<OptimiserId>(['adam', 'adamw', 'sgd'])(
    'train under %s as the reference does, the numbers of the sum changed on the way',
    async (id) => {
      const data = randomData(6, 3, 64);
      const state = randomState(threePathways(6, 5, 3, 0.7), 4, id === 'sgd');
      const controls = gradientOnlySettings({
        lambda: 0.1,
        optimiser: { id, learningRate: 1e-2, weightDecay: 0.05, decayAll: true, momentum: 0.9 },
      });
      const indices = Uint32Array.from({ length: 20 * 8 }, (_, i) => (i * 11) % 64);
      const model = engine.createModel(state, data);
      await model.train(indices.subarray(0, 96), 8, 12, controls);
      const before = model.exportState();
      model.setMerge(0, { kind: 'add', coefficients: [1, -1, 2] });
      expect((await before).network.spec.hidden[0].merge).toEqual({
        kind: 'add',
        coefficients: [1, -1, 0.7],
      });
      await model.train(indices.subarray(96), 8, 8, controls);
      const actual = await model.exportState();
      expect(() => model.setMerge(0, gate)).toThrow(/cannot take multiply/);
      expect(() => model.setMerge(2, gate)).toThrow(/no hidden layer 3/);
      model.dispose();
      const expected = train(state, data, indices, () => controls);
      expect(disagreements(actual.network.parameters, expected.network.parameters, 1e-3)).toEqual([]);
      expect(actual.network.spec.hidden[0].merge).toEqual({ kind: 'add', coefficients: [1, -1, 2] });
    },
  );

  it.each<OptimiserId>(['adam', 'adamw', 'sgd'])(
    'leave what lies between separate paths at exactly 0 under %s, and train all the rest',
    async (id) => {
      const spec = twoPathways(6, [5, 3, 4, 4], 3, gate);
      const data = randomData(6, 3, 64);
      // A seed whose ReLUs are all alive, so that every parameter has a gradient.
      const model = engine.createModel(randomState(spec, 7, id === 'sgd'), data);
      const optimiser = { id, learningRate: 1e-2, weightDecay: 0.05, decayAll: true, momentum: 0.9 };
      await model.train(
        Uint32Array.from({ length: 20 * 8 }, (_, i) => (i * 11) % 64),
        8,
        20,
        gradientOnlySettings({ lambda: 0.1, optimiser }),
      );
      const { network, optimiser: moments } = await model.exportState();
      model.dispose();
      const mask = parameterMask(spec, 1) ?? [];
      for (const { weights } of [network.parameters, moments.first])
        weights[1].data.forEach((v, i) => expect(v !== 0).toBe(mask[i] === 1));
      const moved = namedArrays(moments.first).reduce(
        (sum, [, a]) => sum + a.filter((g) => g !== 0).length,
        0,
      );
      expect(moved).toBe(parameterCount(spec));
    },
  );

  it('are observed as the reference sees them', async () => {
    const data = randomData(6, 3, 100);
    for (const spec of NETWORKS) {
      const state = randomState(spec, 2);
      const model = engine.createModel(state, data);
      const look = await model.observe('test', 0, 100, 'mean-square');
      model.dispose();
      const { x } = seen(
        data,
        Uint32Array.from({ length: 100 }, (_, i) => i),
      );
      const pass = referenceForward(state.network, x, 100);
      const { layers, energy } = referenceEnergy(state.network, pass, 'mean-square');
      expect(look.energy / energy).toBeCloseTo(1, 5);
      layers.forEach((e, l) => expect(look.layerEnergy[l] / e).toBeCloseTo(1, 5));
      pass.logits.forEach((v, i) => expect(look.logits[i]).toBeCloseTo(v, 4));
      spec.hidden.forEach(({ width }, l) => {
        expect(look.unitMeanSquare[l]).toHaveLength(width);
        const last = pass.h[l].filter((_, i) => i % width === width - 1);
        const mean = last.reduce((sum, h) => sum + h * h, 0) / 100;
        expect(look.unitMeanSquare[l][width - 1]).toBeCloseTo(mean, 5);
      });
    }
  });
});
