import { describe, expect, it } from 'vitest';
import { initialTrainingState, softmaxRegression } from '../../network/initialise';
import { cloneTrainingState, layerWidths, zerosLike, type TrainingState } from '../../network/network';
import { referenceForward } from '../../network/reference';
import { removeBlock, removeEnd, growBlock, growEnd } from './networkEnds';
import { exampleState } from '../testing';

/** Rows [n, width] with `count` columns of `value` inserted before `at`. */
function padded(x: Float64Array, width: number, at: number, count: number, value = 0): Float64Array {
  const n = x.length / width;
  const out = new Float64Array(n * (width + count)).fill(value);
  for (let b = 0; b < n; b++)
    for (let j = 0; j < width; j++) out[b * (width + count) + (j < at ? j : j + count)] = x[b * width + j];
  return out;
}

/** Columns from … to of rows [n, width]. */
function columns(x: Float64Array, width: number, from: number, to: number): number[] {
  return [...x].filter((_, i) => i % width >= from && i % width < to);
}

const logits = (state: TrainingState, x: Float64Array, n: number): Float64Array =>
  referenceForward(state.network, x, n).logits;

/** Every tensor of the parameters and moments has the shape of the specification. */
function expectWhole({ network, optimiser }: TrainingState): void {
  const sizes = JSON.stringify(shape(zerosLike(network.spec)));
  for (const t of [network.parameters, optimiser.first, optimiser.second])
    if (t) expect(JSON.stringify(shape(t))).toBe(sizes);
}
const shape = (t: ReturnType<typeof zerosLike>): unknown => [
  t.weights.map((w) => [w.rows, w.cols, w.data.length]),
  [...t.biases, ...t.psi, t.o].map((v) => v.length),
];

/** Equal up to the order of summation. */
function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i] - expected[i])).toBeLessThan(1e-13);
}

describe('growth and removal at the ends', () => {
  const shapes = [{ hidden: [6, 5] }, { hidden: [4] }, { hidden: [5], activation: 'relu' as const }];

  it.each(shapes)('new inputs leave the logits, whatever they hold: %j', (options) => {
    const { state, x, n } = exampleState({ ...options, inputs: 7 });
    const before = logits(state, x, n);
    for (const from of [undefined, 0, 3, 7]) {
      const grown = growEnd(state, 'inputs', { from, count: 4 });
      expectWhole(grown);
      expect(grown.network.spec.inputs).toBe(11);
      const after = logits(grown, padded(x, 7, from ?? 7, 4, 1e3), n);
      expectClose(after, before);
      expect(removeEnd(grown, 'inputs', { from, count: 4 })).toEqual(state);
    }
    expect(growEnd(state, 'inputs', { count: 4 })).toEqual(growEnd(state, 'inputs', { from: 7, count: 4 }));
  });

  it.each(shapes)('new outputs are 0 and leave the old logits exactly: %j', (options) => {
    const { state, x, n } = exampleState({ ...options, outputs: 4 });
    const before = logits(state, x, n);
    for (const from of [undefined, 0, 2]) {
      const at = from ?? 4;
      const grown = growEnd(state, 'outputs', { from, count: 3 });
      expectWhole(grown);
      const after = logits(grown, x, n);
      expect(columns(after, 7, at, at + 3).every((v) => v === 0)).toBe(true);
      expectClose(columns(after, 7, 0, at), columns(before, 4, 0, at));
      expectClose(columns(after, 7, at + 3, 7), columns(before, 4, at, 4));
      expect(removeEnd(grown, 'outputs', { from, count: 3 })).toEqual(state);
    }
  });

  it('dropping outputs keeps the logits that stay; dropping inputs that are zero keeps all', () => {
    const { state, x, n } = exampleState({ hidden: [6, 5], inputs: 7, outputs: 4 });
    const untouched = cloneTrainingState(state);
    const fewer = removeEnd(state, 'outputs', { from: 1, count: 2 });
    expectWhole(fewer);
    const before = logits(state, x, n);
    expectClose(columns(logits(fewer, x, n), 2, 0, 1), columns(before, 4, 0, 1));
    expectClose(columns(logits(fewer, x, n), 2, 1, 2), columns(before, 4, 3, 4));
    const blank = x.map((v, i) => (i % 7 < 3 ? 0 : v));
    const narrower = removeEnd(state, 'inputs', { from: 0, count: 3 });
    const expected = logits(state, blank, n);
    expectClose(logits(narrower, Float64Array.from(columns(x, 7, 3, 7)), n), expected);
    // Inputs that are not zero are missed.
    const missed = logits(narrower, Float64Array.from(columns(x, 7, 3, 7)), n);
    expect(Math.max(...missed.map((v, i) => Math.abs(v - before[i])))).toBeGreaterThan(1e-3);
    expect(state).toEqual(untouched);
  });

  it('moments of new entries are 0, or the mean with warm-up; transport off resets the end it touches', () => {
    const { state } = exampleState({ hidden: [6, 5], inputs: 7 });
    const { second } = growEnd(state, 'inputs', { count: 2 }).optimiser;
    const v = state.optimiser.second?.weights[0].data ?? new Float64Array();
    expect([7, 8].map((j) => second?.weights[0].data[j])).toEqual([0, 0]);
    const warm = growEnd(state, 'inputs', { count: 2 }, { warmUp: true }).optimiser.second?.weights[0].data;
    expect(warm?.[7]).toBeCloseTo(v.reduce((a, b) => a + b, 0) / v.length, 12);
    expect(warm?.[6]).toBe(v[6]);
    const off = growEnd(state, 'outputs', { count: 1 }, { transport: 'off' }).optimiser;
    expect(
      [...off.first.weights[2].data, ...off.first.biases[2], ...off.first.psi[1]].every((m) => m === 0),
    ).toBe(true);
    expect(off.first.weights[1]).toEqual(state.optimiser.first.weights[1]);
  });

  it('works on softmax regression, whose only weights have both ends', () => {
    const state = initialTrainingState(softmaxRegression(5, 3), 'sgd');
    state.network.parameters.weights[0].data.forEach((_, i, w) => (w[i] = i));
    const grown = growEnd(growEnd(state, 'inputs', { count: 2 }), 'outputs', { count: 1 });
    expectWhole(grown);
    expect([...grown.network.parameters.weights[0].data.subarray(0, 7)]).toEqual([0, 1, 2, 3, 4, 0, 0]);
    expect([...grown.network.parameters.weights[0].data.subarray(21)]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('refuses what is not there', () => {
    const { state } = exampleState({ hidden: [6], inputs: 7, outputs: 4 });
    expect(() => growEnd(state, 'inputs', { from: 8, count: 1 })).toThrow(/place 8: the network has 7/);
    expect(() => growEnd(state, 'inputs', { count: 0 })).toThrow(/Cannot grow 0 inputs/);
    expect(() => removeEnd(state, 'outputs', { from: 2, count: 3 })).toThrow(
      /Cannot drop 3 outputs from place 2/,
    );
    expect(() => removeEnd(state, 'outputs', { count: 5 })).toThrow(/the network has 4/);
    expect(() => removeEnd(state, 'outputs', { count: 4 })).toThrow(/lose all of its outputs/);
  });
});

describe('blocks of tasks', () => {
  const SIZE = 7;
  const CLASSES = 4;
  const start = (): ReturnType<typeof exampleState> => {
    const example = exampleState({ hidden: [6, 5], inputs: SIZE, outputs: CLASSES });
    example.state.network.spec.blocks = [0];
    return example;
  };
  const grow = (state: TrainingState, task: number): TrainingState => growBlock(state, task, SIZE, CLASSES);
  const drop = (state: TrainingState, task: number): TrainingState => removeBlock(state, task, SIZE, CLASSES);

  it('are appended without touching the old logits, and dropped wherever they lie', () => {
    const { state, x, n } = start();
    const before = logits(state, x, n);
    const three = grow(grow(state, 1), 2);
    expectWhole(three);
    expect(three.network.spec.blocks).toEqual([0, 1, 2]);
    expect(layerWidths(three.network.spec)).toEqual([21, 6, 5, 12]);
    expect(state.network.spec.blocks).toEqual([0]);
    const wide = padded(padded(x, 7, 7, 7), 14, 14, 7);
    const after = logits(three, wide, n);
    expectClose(columns(after, 12, 0, 4), before);
    expect(columns(after, 12, 4, 12).every((v) => v === 0)).toBe(true);
    expect(drop(three, 1)).toEqual({ ...grow(state, 2) });
    expect(drop(drop(three, 2), 1)).toEqual(state);
    // The first block goes as well as any: what the others say of their own images stays.
    const trained = cloneTrainingState(three);
    trained.network.parameters.weights[0].data.forEach((_, i, w) => (w[i] += Math.sin(i)));
    trained.network.parameters.weights[2].data.forEach((_, i, w) => (w[i] += Math.cos(i)));
    const second = padded(padded(x, 7, 0, 7), 14, 14, 7);
    const kept = columns(logits(trained, second, n), 12, 4, 12);
    const rest = drop(trained, 0);
    expect(rest.network.spec.blocks).toEqual([1, 2]);
    expectClose(logits(rest, padded(x, 7, 7, 7), n), kept);
  });

  it('say what is wrong', () => {
    const { state } = start();
    expect(() => grow(state, 0)).toThrow(/Task 1 has its block already/);
    expect(() => drop(state, 2)).toThrow(/Task 3 has no block/);
    expect(() => drop(state, 0)).toThrow(/only block/);
    expect(() => growBlock(state, 1, 8, CLASSES)).toThrow(/1 blocks of 8 inputs and 4 outputs do not make 7/);
    expect(() => growEnd(state, 'inputs', { count: 1 })).toThrow(/whole blocks/);
    expect(() => removeEnd(state, 'outputs', { count: 1 })).toThrow(/whole blocks/);
    const { state: plain } = exampleState({ hidden: [6] });
    expect(() => grow(plain, 1)).toThrow(/not divided into blocks/);
  });
});
