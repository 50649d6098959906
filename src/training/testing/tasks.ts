/** Data made of tasks. */
import { gatherImages, gatherLabels, gatherRange } from '../../data/gather';
import { outputsOf } from '../../data/tasks';
import type { TrainingState } from '../../network/network';
import { gradients } from '../../energy/loss';
import { referenceForward } from '../../network/reference';
import type { Trains } from './trains';
import type { StepSettings } from '../engine';
import {
  gradientOnlySettings,
  disagreements,
  fixtureNetwork,
  randomState,
  taskData,
} from '../check/fixtures';

/**
 * Blocks of inputs and outputs added, dropped and reordered by imports, each time trained as the reference says; two models
 * of a group; networks without blocks; images of tasks that are not in the network.
 */
export async function tasks(engine: Trains): Promise<string[]> {
  const [size, classes, width] = [16, 3, 4];
  const data = { ...taskData(size, classes, 3, 96), width };
  const wrong: string[] = [];
  const stateOf = (blocks: number[] | undefined, hidden: number[], seed: number): TrainingState => {
    const n = blocks?.length ?? 1;
    const spec = fixtureNetwork(size * n, hidden, blocks ? classes * n : 3 * classes);
    return randomState(blocks ? { ...spec, blocks } : spec, seed, true);
  };
  const imagesOf = (blocks: number[] | undefined, count: number): Uint32Array =>
    Uint32Array.from(
      Array.from(data.train.labels.keys())
        .filter((i) => !blocks || blocks.includes(Math.floor(data.train.labels[i] / classes)))
        .slice(0, count),
    );
  const check = (
    what: string,
    start: TrainingState,
    actual: TrainingState,
    row: Float32Array,
    indices: Uint32Array,
    controls: StepSettings,
  ): void => {
    const { inputs, blocks } = start.network.spec;
    const x = new Float32Array(indices.length * inputs);
    const shiftStep = controls.augment === 'shift' ? 0 : null;
    gatherImages(data, data.train, indices, 0, indices.length, x, shiftStep, blocks);
    const labels = new Uint8Array(indices.length);
    gatherLabels(data.train, indices, 0, indices.length, labels);
    const expected = gradients(start.network, x, outputsOf(data, blocks, labels), controls);
    wrong.push(...disagreements(actual.optimiser.first, expected.tensors, 1e-4).map((w) => `${what} ∂ ${w}`));
    const [loss, , , , correct] = row;
    if (!(Math.abs(loss - expected.loss.dataLoss) <= 1e-4 * expected.loss.dataLoss))
      wrong.push(`${what}: loss ${loss} for ${expected.loss.dataLoss}`);
    if (correct !== expected.correct) wrong.push(`${what}: ${correct} right for ${expected.correct}`);
  };

  const shapes: (number[] | undefined)[] = [[0], [0, 1], [0, 1, 2], [2, 1], [1], undefined];
  const model = engine.createModel(stateOf(shapes[0], [7, 5], 1), data);
  for (const [i, blocks] of shapes.entries()) {
    const start = stateOf(blocks, i % 2 ? [7, 5] : [21, 5], 10 + i);
    const controls = gradientOnlySettings({ lambda: 0.2, augment: i % 2 ? 'shift' : 'none' });
    const indices = imagesOf(blocks, 13);
    model.importState(start);
    await model.train(indices, 13, 1, controls);
    const { values, columns, rows } = await model.metrics();
    check(
      `blocks ${blocks?.join() ?? 'none'}`,
      start,
      await model.exportState(),
      values.subarray((rows - 1) * columns),
      indices,
      controls,
    );
  }
  const start = stateOf([2, 0], [6], 30);
  model.importState(start);
  const seen = await model.observe('test', 2, 90, 'mean-square');
  const x = new Float32Array(90 * 2 * size);
  gatherRange(data, data.test, 2, 90, x, [2, 0]);
  referenceForward(start.network, x, 90).logits.forEach((v, i) => {
    if (!(Math.abs(seen.logits[i] - v) <= 2e-4 * Math.abs(v) + 1e-5))
      wrong.push(`logit ${i}: ${seen.logits[i]} for ${v}`);
  });
  model.dispose();

  const pair = [stateOf([1, 2], [9, 4], 40), stateOf([1, 2], [5, 30], 41)];
  const group = engine.createGroup(pair, data);
  const indices = imagesOf([1, 2], 29);
  const each = [gradientOnlySettings(), gradientOnlySettings({ lambda: 0.5 })];
  await group.train(indices, 29, 1, each);
  const rows = await group.metrics();
  for (const [m, own] of pair.entries())
    check(`model ${m}`, own, await group.exportState(m), rows[m].values, indices, each[m]);
  group.dispose();
  return wrong;
}
