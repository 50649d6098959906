import { describe, expect, it } from 'vitest';
import { gradients } from '../energy/loss';
import type { MeasureId } from '../energy/ids';
import { MEASURES } from '../energy/measures';
import { applyOperation } from '../topology/operations/operations';
import { initialTrainingState, seededStart } from './initialise';
import { weightParts, checkPaths, inputWidths, parameterMask, withMerge } from './merge';
import { cloneSpec, parameterCount, zerosLike } from './network';
import { referenceForward } from './reference';
import type { HiddenSpec, NetworkSpec } from './spec';
import type { ElementwiseId } from '../activations/lookup';
import { dividedLayer, exampleOf, gradientError, threePathways, twoPathways } from './testing';

const settings = { lambda: 0.7, measure: 'mean-square' as MeasureId, psiDecay: 0.1 };
const plain = (width: number, mode: 'off' | 'trained' = 'off'): HiddenSpec => ({ width, o: mode, psi: mode });

/** A network of every kind of merge, and one with isotropic layers on both sides of its paths. */
const NETWORKS: Record<string, NetworkSpec> = {
  concatenated: twoPathways(6, [5, 3, 4, 2], 3),
  multiplied: twoPathways(6, [5, 3, 4, 4], 3, { kind: 'multiply', offsets: [0, 1] }),
  'of three factors': {
    ...threePathways(6, 5, 3, 1),
    hidden: [
      dividedLayer(
        [
          [4, 'half-square', null],
          [4, 'tanh', null],
          [4, 'softplus', null],
        ],
        { kind: 'multiply', offsets: [0, 1, -0.5] },
      ),
      plain(3),
    ],
  },
  added: threePathways(6, 5, 3, 0.7),
  'between isotropic layers': {
    inputs: 6,
    outputs: 3,
    activation: 'isotropic-tanh',
    hidden: [
      plain(5, 'trained'),
      dividedLayer([
        [3, 'tanh', null],
        [1, 'softplus', null],
      ]),
      dividedLayer([
        [2, 'relu', 1],
        [3, 'sigmoid', null],
        [1, 'tanh', 0],
      ]),
      plain(4, 'trained'),
    ],
  },
};

describe('merges of paths in the reference', () => {
  it.each(Object.keys(NETWORKS))('have gradients that agree with finite differences: %s', (name) => {
    for (const { id } of MEASURES)
      for (const seed of [1, 2])
        expect(gradientError(exampleOf(NETWORKS[name], seed), { ...settings, measure: id })).toBeLessThan(
          id === 'active-count' ? 1e-4 : 1e-6,
        );
  });

  it('are what the formulas say, by hand for one image', () => {
    const value: Record<ElementwiseId, (z: number) => number> = {
      relu: (z) => Math.max(0, z),
      tanh: Math.tanh,
      sigmoid: (z) => 1 / (1 + Math.exp(-z)),
      softplus: (z) => Math.log(1 + Math.exp(z)),
      'half-square': (z) => z ** 2 / 2,
    };
    const { network, x } = exampleOf(threePathways(4, 2, 3, 0.6), 3, 1);
    const { weights, biases } = network.parameters;
    const row = (l: number, i: number, input: number[]): number =>
      input.reduce((sum, v, j) => sum + weights[l].data[i * input.length + j] * v, biases[l][i]);
    const first = [0, 1, 2, 3, 4, 5].map((i) => row(0, i, [...x]));
    const read = [0, 1].map(
      (j) => value.relu(first[j]) - value.softplus(first[2 + j]) + 0.6 * value.sigmoid(first[4 + j]),
    );
    const half = value.relu(row(1, 0, read));
    const { logits } = referenceForward(network, x, 1);
    logits.forEach((v, i) => expect(v).toBeCloseTo(row(2, i, [half]), 12));

    const gated = exampleOf(twoPathways(4, [2, 1, 2, 2], 3, { kind: 'multiply', offsets: [0, 1] }), 4, 1);
    const { h } = referenceForward(gated.network, gated.x, 1);
    const p = gated.network.parameters;
    const product = [0, 1].map((j) => h[1][j] * (1 + h[1][2 + j]));
    referenceForward(gated.network, gated.x, 1).logits.forEach((v, i) =>
      expect(v).toBeCloseTo(
        p.biases[2][i] + p.weights[2].data[2 * i] * product[0] + p.weights[2].data[2 * i + 1] * product[1],
        12,
      ),
    );
  });

  it('keep weights between separate paths at 0: at the start, in the gradient, in the count', () => {
    const spec = twoPathways(6, [5, 3, 4, 2], 3);
    const mask = parameterMask(spec, 1);
    expect(mask && Array.from(mask.subarray(0, 8))).toEqual([1, 1, 1, 1, 1, 0, 0, 0]);
    expect(mask && Array.from(mask.subarray(40))).toEqual([0, 0, 0, 0, 0, 1, 1, 1]);
    expect([parameterMask(spec, 0), parameterMask(spec, 2)]).toEqual([null, null]);
    for (const kind of ['orthogonal', 'xavier', 'he'] as const) {
      const { network, x, labels } = exampleOf(spec);
      network.parameters = seededStart(spec, kind, 5, () => 0).parameters;
      const gradient = gradients(network, x, labels, settings).tensors.weights[1].data;
      network.parameters.weights[1].data.forEach((w, i) => expect(w !== 0).toBe(mask?.[i] === 1));
      expect(gradient.every((g, i) => mask?.[i] === 1 || g === 0)).toBe(true);
      expect(gradient.some((g) => g !== 0)).toBe(true);
    }
  });

  it('start orthogonal path by path, and one path’s draw does not depend on another', () => {
    const { parameters } = seededStart(twoPathways(9, [5, 3, 4, 2], 3), 'orthogonal', 1, () => 0);
    const rows = (l: number, from: number, to: number): number[][] =>
      Array.from({ length: to - from }, (_, i) => {
        const { cols, data } = parameters.weights[l];
        return Array.from(data.subarray((from + i) * cols, (from + i + 1) * cols));
      });
    for (const block of [rows(0, 0, 5), rows(0, 5, 8), rows(1, 0, 4), rows(1, 4, 6)])
      block.forEach((a, i) =>
        block.forEach((b, j) =>
          expect(a.reduce((sum, v, k) => sum + v * b[k], 0)).toBeCloseTo(i === j ? 1 : 0, 12),
        ),
      );
    const wider = seededStart(twoPathways(9, [5, 8, 4, 2], 3), 'orthogonal', 1, () => 0).parameters;
    expect(wider.weights[0].data.slice(0, 45)).toEqual(parameters.weights[0].data.slice(0, 45));
  });

  it('count parameters as the closed forms do', () => {
    // BimodalTrue, H = 128, glia ratio ½: two paths of two layers, concatenated or multiplied.
    const [f1, s1, f2, s2] = [128, 64, 64, 32];
    expect(parameterCount(twoPathways(784, [f1, s1, f2, s2], 10))).toBe(
      785 * (f1 + s1) + (f1 + 1) * f2 + (s1 + 1) * s2 + (f2 + s2 + 1) * 10,
    );
    const gated = twoPathways(784, [f1, s1, f2, f2], 10, { kind: 'multiply', offsets: [0, 1] });
    expect(parameterCount(gated)).toBe(785 * (f1 + s1) + (f1 + 1) * f2 + (s1 + 1) * f2 + (f2 + 1) * 10);
    // Physics-Lagrangian, H = 128: three pathways to one of H, then H/2.
    expect(parameterCount(threePathways(784, 128, 10, 1))).toBe(3 * 785 * 128 + 129 * 64 + 65 * 10);
    expect(inputWidths(threePathways(784, 128, 10, 1))).toEqual([784, 128, 64]);
    expect(weightParts(gated, 2)).toEqual([{ row: 0, rows: 10, col: 0, cols: 64 }]);
    expect(zerosLike(gated).weights.map((w) => [w.rows, w.cols])).toEqual([
      [192, 784],
      [128, 192],
      [10, 64],
    ]);
  });

  it('are refused in words where they do not fit', () => {
    const refused = (change: (spec: NetworkSpec) => void, words: RegExp): void => {
      const spec = cloneSpec(twoPathways(6, [5, 3, 4, 4], 3, { kind: 'multiply', offsets: [0, 1] }));
      expect(() => checkPaths(spec)).not.toThrow();
      change(spec);
      expect(() => seededStart(spec, 'he', 1, () => 0)).toThrow(words);
    };
    const path = (spec: NetworkSpec, l: number, p: number) => (spec.hidden[l].paths ?? [])[p];
    refused((spec) => (path(spec, 1, 1).width = 3), /8 units, its paths have 7/);
    refused((spec) => {
      path(spec, 1, 1).width = 3;
      spec.hidden[1].width = 7;
    }, /equal widths, not 4 and 3/);
    refused((spec) => (path(spec, 1, 0).from = 2), /no path 3 below, only 2/);
    refused((spec) => (path(spec, 1, 0).from = -1), /no path 0 below/);
    refused((spec) => (path(spec, 0, 0).from = 0), /where there are no paths/);
    refused((spec) => (path(spec, 0, 0).width = 0), /at least one unit/);
    refused((spec) => (spec.hidden[1].merge = { kind: 'add', coefficients: [1] }), /as many numbers/);
    refused((spec) => (spec.hidden[1].merge = { kind: 'add', coefficients: [1, NaN] }), /as many numbers/);
    refused((spec) => (spec.hidden[1].o = 'fixed'), /neither o nor ψ/);
    refused((spec) => delete spec.hidden[1].paths, /a merge and no paths/);
    refused((spec) => (spec.hidden[0].paths = []), /has 0 paths/);
    refused((spec) => (path(spec, 0, 0).activation = 'gelu' as ElementwiseId), /no path activation “gelu”/);
    refused((spec) => {
      path(spec, 0, 0).width = 4;
      path(spec, 0, 1).width = 4;
      spec.hidden[0].merge = { kind: 'add', coefficients: [1, 1] };
    }, /can only read all of it/);
  });

  it('take other numbers, not another merge', () => {
    const [layer] = threePathways(6, 5, 3, 1).hidden;
    const changed = withMerge(layer, { kind: 'add', coefficients: [1, -1, 3] });
    expect(changed.merge).toEqual({ kind: 'add', coefficients: [1, -1, 3] });
    expect(layer.merge).toEqual({ kind: 'add', coefficients: [1, -1, 1] });
    expect(() => withMerge(layer, { kind: 'multiply', offsets: [1, 1, 1] })).toThrow(/cannot take multiply/);
    expect(() => withMerge(layer, { kind: 'add', coefficients: [1, 1] })).toThrow(/cannot take add/);
    expect(() => withMerge(plain(3), { kind: 'add', coefficients: [] })).toThrow(/merged by nothing/);
  });

  it('keep structural operations off the divided layer and its neighbours', () => {
    const spec = NETWORKS['between isotropic layers'];
    const state = initialTrainingState(
      exampleOf({ ...spec, hidden: [...spec.hidden, plain(4)] }).network,
      'adam',
    );
    for (const layer of [0, 1, 2, 3])
      for (const operation of [
        { kind: 'left' as const, layer },
        { kind: 'rotate' as const, layer, seed: 1 },
        { kind: 'remove' as const, layer, count: 1, where: 'exact' as const },
        { kind: 'grow' as const, layer, count: 1, seed: 1 },
      ])
        expect(() => applyOperation(state, operation)).toThrow(/parallel paths.*neither turned nor resized/);
    expect(applyOperation(state, { kind: 'grow', layer: 4, count: 1, seed: 1 }).promise).toBe('exact');
  });
});
