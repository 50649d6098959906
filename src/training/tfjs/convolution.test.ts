import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referenceEnergy, gradients } from '../../energy/loss';
import { measureId } from '../../energy/ids';
import type { DataSource } from '../../data/source';
import { gatherImages, gatherLabels } from '../../data/gather';
import { parameterCount } from '../../network/network';
import { referenceForward } from '../../network/reference';
import type { NetworkSpec } from '../../network/spec';
import { convolutionalLayers, dividedLayer } from '../../network/testing';
import type { Engine } from '../engine';
import { openCpu, openWasm } from './backends';
import { gradientOnlySettings, disagreements, namedArrays, randomData, randomState } from '../check/fixtures';

const normalised = (spec: NetworkSpec): NetworkSpec => ({
  ...spec,
  hidden: spec.hidden.map((layer) => ({ ...layer, normalise: true })),
});
const small = convolutionalLayers([2, 9, 8], [3, 2], [5], 3);
const isotropic: NetworkSpec = {
  ...convolutionalLayers([1, 12, 12], [2], [], 3),
  activation: 'isotropic-tanh',
};
isotropic.hidden.push({ width: 4, o: 'trained', psi: 'decay' });
const NETWORKS: NetworkSpec[] = [
  small,
  // 4 → 2 → 1 rows and columns: a last stage with a single pooled position.
  convolutionalLayers([9, 4, 4], [7, 3], [], 3, 'tanh'),
  normalised(small),
  isotropic,
  normalised({
    inputs: 144,
    outputs: 3,
    activation: 'tanh',
    hidden: [
      dividedLayer(
        [
          [4, 'half-square', null],
          [4, 'softplus', null],
        ],
        { kind: 'add', coefficients: [1, -1] },
      ),
      { width: 5, o: 'off', psi: 'off' },
    ],
  }),
];

const seen = (data: DataSource, indices: Uint32Array) => {
  const x = new Float32Array(indices.length * data.size);
  const labels = new Uint8Array(indices.length);
  gatherImages(data, data.train, indices, 0, indices.length, x);
  gatherLabels(data.train, indices, 0, indices.length, labels);
  return { x, labels };
};

describe.each([
  { name: 'cpu', open: openCpu },
  { name: 'wasm', open: openWasm },
])('convolutions and normalisation in the tfjs engine on $name', ({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open(() => undefined);
  });
  afterAll(() => engine.dispose());

  it('have the losses and gradients of the float64 reference under every measure on either site', async () => {
    const data = randomData(144, 3, 32);
    for (const [c, spec] of NETWORKS.entries())
      for (const [m, measure] of measureId.options.entries()) {
        const site = (c + m) % 2 === 0 ? 'pre' : 'post';
        const state = randomState(spec, c + 1, true);
        const controls = gradientOnlySettings({ lambda: 0.3, measure, site });
        const indices = Uint32Array.from({ length: [7, 1, 5][m % 3] }, (_, i) => (i * 5 + c) % 32);
        const model = engine.createModel(state, data);
        await model.train(indices, indices.length, 1, controls);
        const { values } = await model.metrics();
        const { optimiser, network } = await model.exportState();
        model.dispose();
        const { x, labels } = seen(data, indices);
        const expected = gradients(state.network, x, labels, controls);
        const what = `${c} ${measure} ${site}`;
        expect(network.spec, what).toEqual(spec);
        expect(disagreements(network.parameters, state.network.parameters, 1e-6), what).toEqual([]);
        expect(disagreements(optimiser.first, expected.tensors, 1e-4), what).toEqual([]);
        expect(values[0] / expected.loss.dataLoss, what).toBeCloseTo(1, 5);
        expect(values[1] / expected.loss.energy, what).toBeCloseTo(1, 5);
      }
  });

  it('hand the gradient of equal values to the first of the four, as the reference does', async () => {
    // Flat pictures: inside them all four are alike, at the border none is.
    const data = randomData(144, 3, 8);
    data.mean.fill(0.1);
    data.inverseDeviation.fill(1);
    for (const split of [data.train, data.test]) split.images.fill(97);
    const state = randomState(convolutionalLayers([1, 12, 12], [3, 2], [], 3), 5, true);
    const indices = Uint32Array.of(0, 1, 2);
    const model = engine.createModel(state, data);
    await model.train(indices, 3, 1, gradientOnlySettings());
    const { first } = (await model.exportState()).optimiser;
    model.dispose();
    const { x, labels } = seen(data, indices);
    const { tensors, pass } = gradients(state.network, x, labels, gradientOnlySettings());
    const inside = pass.picked[0]?.subarray(7, 11);
    expect(inside && Array.from(inside)).toEqual([0, 0, 0, 0]);
    expect(disagreements(first, tensors, 1e-4)).toEqual([]);
  });

  it('are observed as the reference sees them, on either site', async () => {
    const data = randomData(144, 3, 12);
    const { x } = seen(
      data,
      Uint32Array.from({ length: 12 }, (_, i) => i),
    );
    for (const spec of NETWORKS)
      for (const site of ['post', 'pre'] as const) {
        const state = randomState(spec, 2);
        const model = engine.createModel(state, data);
        const look = await model.observe('test', 0, 12, 'sum-square', site);
        model.dispose();
        const pass = referenceForward(state.network, x, 12);
        const { layers, energy } = referenceEnergy(state.network, pass, 'sum-square', site);
        expect(look.energy / energy).toBeCloseTo(1, 5);
        layers.forEach((e, l) => expect(look.layerEnergy[l] / e).toBeCloseTo(1, 5));
        pass.logits.forEach((v, i) => expect(look.logits[i]).toBeCloseTo(v, 4));
        spec.hidden.forEach(({ width }, l) => {
          expect(look.unitMeanSquare[l]).toHaveLength(width);
          const last = pass.h[l].filter((_, i) => i % width === width - 1);
          expect(look.unitMeanSquare[l][width - 1]).toBeCloseTo(last.reduce((t, h) => t + h * h, 0) / 12, 5);
        });
      }
  });

  it('learn, go on from an export as if nothing had happened, and train all their parameters', async () => {
    const data = randomData(144, 3, 64);
    const optimiser = {
      id: 'adam' as const,
      learningRate: 1e-2,
      weightDecay: 0,
      decayAll: false,
      momentum: 0.9,
    };
    const indices = Uint32Array.from({ length: 12 * 8 }, (_, i) => i % 8);
    // No ReLU, so that every parameter has a gradient.
    const spec = normalised(convolutionalLayers([2, 9, 8], [3, 2], [5], 3, 'tanh'));
    const tensors = tf.memory().numTensors;
    const whole = engine.createModel(randomState(spec, 3), data);
    const parts = engine.createModel(randomState(spec, 3), data);
    await whole.train(indices, 8, 12, gradientOnlySettings({ optimiser }));
    await parts.train(indices.subarray(0, 40), 8, 5, gradientOnlySettings({ optimiser }));
    parts.importState(await parts.exportState());
    await parts.train(indices.subarray(40), 8, 7, gradientOnlySettings({ optimiser }));
    const { values, columns } = await whole.metrics();
    const [a, b] = [await whole.exportState(), await parts.exportState()];
    [whole, parts].forEach((model) => model.dispose());
    expect(tf.memory().numTensors).toBe(tensors);
    expect(values[11 * columns]).toBeLessThan(0.8 * values[0]);
    expect(disagreements(b.network.parameters, a.network.parameters, 1e-6)).toEqual([]);
    const moved = namedArrays(a.optimiser.first).reduce((t, [, g]) => t + g.filter((v) => v !== 0).length, 0);
    expect(moved).toBe(parameterCount(spec));
  });
});
