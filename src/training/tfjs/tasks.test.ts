import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { gradients } from '../../energy/loss';
import { gatherImages, gatherLabels, gatherRange } from '../../data/gather';
import { outputsOf } from '../../data/tasks';
import { crossEntropy, referenceForward } from '../../network/reference';
import { METRIC_COLUMNS } from '../engine';
import { TfjsEngine } from './engine';
import {
  gradientOnlySettings,
  disagreements,
  fixtureNetwork,
  randomState,
  taskData,
} from '../check/fixtures';

const engine = new TfjsEngine({ id: 'tfjs-cpu', label: 'cpu', adapter: 'cpu', software: true }, 'cpu');
const SIZE = 5;
const CLASSES = 3;
const data = taskData(SIZE, CLASSES, 3, 60);
const state = (blocks: number[], seed = 2) =>
  randomState({ ...fixtureNetwork(SIZE * blocks.length, [6, 4], CLASSES * blocks.length), blocks }, seed);

/** Indices of the first images of the tasks given. */
const imagesOf = (tasks: number[], count: number): Uint32Array =>
  Uint32Array.from(
    Array.from(data.train.labels.keys())
      .filter((i) => tasks.includes(Math.floor(data.train.labels[i] / CLASSES)))
      .slice(0, count),
  );

describe('blocks of tasks', () => {
  it.each([[[0, 1, 2]], [[2, 0]], [[1]]])(
    'trains blocks %j by the gradients of the float64 reference',
    async (blocks) => {
      const start = state(blocks);
      const indices = imagesOf(blocks, 12);
      const model = engine.createModel(start, data);
      model.train(indices, indices.length, 1, gradientOnlySettings({ lambda: 0.2 }));
      const row = (await model.metrics()).values;
      const actual = await model.exportState();
      model.dispose();
      const x = new Float32Array(indices.length * SIZE * blocks.length);
      gatherImages(data, data.train, indices, 0, indices.length, x, null, blocks);
      const labels = new Uint8Array(indices.length);
      gatherLabels(data.train, indices, 0, indices.length, labels);
      const expected = gradients(
        start.network,
        x,
        outputsOf(data, blocks, labels),
        gradientOnlySettings({ lambda: 0.2 }),
      );
      expect(disagreements(actual.optimiser.first, expected.tensors, 1e-4)).toEqual([]);
      expect(row[METRIC_COLUMNS.indexOf('dataLoss')]).toBeCloseTo(expected.loss.dataLoss, 4);
      expect(row[METRIC_COLUMNS.indexOf('correct')]).toBe(expected.correct);
      expect(actual.network.spec.blocks).toEqual(blocks);
    },
  );

  it('places an image in the block of its task, standardised as that task is, and zeros elsewhere', () => {
    const blocks = [2, 0];
    const x = new Float32Array(60 * 2 * SIZE).fill(7);
    gatherRange(data, data.train, 0, 60, x, blocks);
    data.train.labels.forEach((label, i) => {
      const task = Math.floor(label / CLASSES);
      for (let j = 0; j < 2 * SIZE; j++) {
        const byte = data.train.images[i * SIZE + (j % SIZE)];
        const own = blocks[Math.floor(j / SIZE)] === task;
        const value = own ? (byte / 255 - (0.3 + 0.1 * task)) * (2 + task) : 0;
        expect(x[i * 2 * SIZE + j]).toBeCloseTo(value, 5);
      }
    });
  });

  it('scores within the block: other blocks change neither loss nor answers, and get no gradient', () => {
    const logits = Float64Array.of(9, 1, 2, 0, 0.5, -1, 8, 0, 0.3, 1, 4, 4);
    const { loss, correct, gradient } = crossEntropy(logits, [1 + 3, 3], 2, 6, 2);
    const own = crossEntropy(Float64Array.of(0, 0.5, -1, 1, 4, 4), [1, 0], 2, 3);
    expect(loss).toBeCloseTo(own.loss, 12);
    expect(correct).toBe(1);
    expect(Array.from(gradient.subarray(0, 3))).toEqual([0, 0, 0]);
    expect(Array.from(gradient.subarray(3, 6))).toEqual(Array.from(own.gradient.subarray(0, 3)));
  });

  it('shows images of other tasks as zeros', async () => {
    const start = state([1]);
    const model = engine.createModel(start, data);
    const seen = await model.observe('test', 0, 60, 'mean-square');
    const zeros = referenceForward(start.network, new Float32Array(SIZE), 1).logits;
    const x = new Float32Array(60 * SIZE);
    gatherRange(data, data.test, 0, 60, x, [1]);
    const { logits } = referenceForward(start.network, x, 60);
    expect(seen.n).toBe(60);
    logits.forEach((value, i) => expect(seen.logits[i]).toBeCloseTo(value, 4));
    data.test.labels.forEach((label, i) => {
      if (Math.floor(label / CLASSES) === 1) return;
      for (let k = 0; k < CLASSES; k++) expect(seen.logits[i * CLASSES + k]).toBeCloseTo(zeros[k], 5);
    });
    model.dispose();
  });

  it('takes blocks that are added and dropped', async () => {
    const model = engine.createModel(state([0]), data);
    model.train(imagesOf([0], 8), 8, 1, gradientOnlySettings());
    model.importState(state([0, 2], 5));
    model.train(imagesOf([0, 2], 8), 8, 1, gradientOnlySettings());
    expect((await model.observe('test', 0, 4, 'l1')).logits).toHaveLength(4 * 2 * CLASSES);
    model.importState(state([2], 6));
    model.train(imagesOf([2], 8), 8, 1, gradientOnlySettings());
    expect((await model.metrics()).values.every(Number.isFinite)).toBe(true);
    expect((await model.exportNetwork()).spec.blocks).toEqual([2]);
    model.dispose();
  });
});
