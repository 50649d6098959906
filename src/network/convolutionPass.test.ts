import { describe, expect, it } from 'vitest';
import { referenceEnergy, gradients } from '../energy/loss';
import type { EnergySite } from '../energy/ids';
import { MEASURES } from '../energy/measures';
import { seededStart } from './initialise';
import { multiplyMatrices, transposeMatrix } from './linearAlgebra';
import { cloneNetwork, parameterCount } from './network';
import { referenceForward, referenceForwardFrom } from './reference';
import { NORMALISE_EPSILON, type NetworkSpec } from './spec';
import { convolutionalLayers, dividedLayer, exampleOf, gradientError } from './testing';

const settings = { lambda: 0.7, measure: 'mean-square' as const, psiDecay: 0.1 };
/** Odd sizes, several planes, tanh on the second. */
const cnn = convolutionalLayers([2, 7, 6], [3, 2], [4], 3);
const normalised = (spec: NetworkSpec): NetworkSpec => ({
  ...spec,
  hidden: spec.hidden.map((layer) => ({ ...layer, normalise: true })),
});
const paths = normalised({
  inputs: 5,
  outputs: 3,
  activation: 'tanh',
  hidden: [
    { width: 4, o: 'off', psi: 'off' },
    dividedLayer(
      [
        [3, 'half-square', null],
        [3, 'softplus', null],
        [3, 'sigmoid', null],
      ],
      { kind: 'add', coefficients: [1, -1, 0.6] },
    ),
  ],
});
const isotropic: NetworkSpec = {
  ...convolutionalLayers([1, 6, 6], [2], [], 3),
  activation: 'isotropic-tanh',
};
isotropic.hidden.push({ width: 5, o: 'trained', psi: 'decay' });

describe('convolution stages in the reference', () => {
  it('are what their definition says, value by value', () => {
    const { network, x, n } = exampleOf(cnn, 1, 2);
    const pass = referenceForward(network, x, n);
    let below = (b: number, c: number, y: number, at: number): number =>
      y < 0 || at < 0 || y >= 7 || at >= 6 ? 0 : x[b * 84 + c * 42 + y * 6 + at];
    [
      { channels: 3, planes: 2, height: 3, width: 3 },
      { channels: 2, planes: 3, height: 1, width: 1 },
    ].forEach(({ channels, planes, height, width }, l) => {
      const { data } = network.parameters.weights[l];
      const read = below;
      const at = (b: number, c: number, y: number, place: number): number => {
        let sum = network.parameters.biases[l][c];
        for (let p = 0; p < planes; p++)
          for (let dy = 0; dy < 3; dy++)
            for (let dx = 0; dx < 3; dx++)
              sum += data[(c * planes + p) * 9 + 3 * dy + dx] * read(b, p, y + dy - 1, place + dx - 1);
        return sum;
      };
      const z = (b: number, c: number, y: number, place: number): number =>
        Math.max(...[0, 1].flatMap((dy) => [0, 1].map((dx) => at(b, c, 2 * y + dy, 2 * place + dx))));
      let unit = 0;
      for (let b = 0; b < n; b++)
        for (let c = 0; c < channels; c++)
          for (let y = 0; y < height; y++)
            for (let place = 0; place < width; place++)
              expect(pass.z[l][unit++]).toBeCloseTo(z(b, c, y, place), 12);
      expect(pass.z[l]).toHaveLength(unit);
      below = (b, c, y, place) =>
        y < 0 || place < 0 || y >= height || place >= width ? 0 : Math.max(0, z(b, c, y, place));
    });
    for (const l of [0, 1, 2]) expect(referenceForwardFrom(network, l, pass.z[l], n)).toEqual(pass.logits);
  });

  const cases: [string, NetworkSpec][] = [
    ['ReLU', cnn],
    ['tanh', convolutionalLayers([1, 5, 4], [3], [], 3, 'tanh')],
    ['normalised', normalised(cnn)],
    ['normalised paths', paths],
    ['before isotropic layers', isotropic],
  ];
  it.each(cases)('have gradients that agree with finite differences, on either site of E: %s', (_, spec) => {
    for (const site of ['post', 'pre'] as EnergySite[])
      for (const { id: measure } of MEASURES)
        expect(gradientError(exampleOf(spec, 2, 4), { ...settings, measure, site })).toBeLessThan(
          measure === 'active-count' ? 1e-4 : 1e-6,
        );
  });

  it('hand the gradient of equal values to the first of the four', () => {
    // Two stages; the first sees nothing but zeros, so all it writes inside a channel is alike.
    const spec = convolutionalLayers([1, 8, 8], [2, 2], [], 3);
    const { network, labels } = exampleOf(spec, 3, 2);
    const { pass, tensors } = gradients(network, new Float64Array(128), labels, settings);
    expect(pass.picked[0]?.every((k) => k === 0)).toBe(true);
    // Whatever way a tie goes, biases feel it once.
    const shifted = cloneNetwork(network);
    const step = 1e-5;
    shifted.parameters.biases[0][0] += step;
    const { loss } = gradients(shifted, new Float64Array(128), labels, settings);
    const before = gradients(network, new Float64Array(128), labels, settings).loss;
    expect((loss.total - before.total) / step).toBeCloseTo(tensors.biases[0][0], 3);
    expect(tensors.weights[0].data.every((g) => g === 0)).toBe(true);
  });

  it('are normalised to a mean square of one, whatever the scale of their weights', () => {
    const { network, x, n } = exampleOf(normalised(cnn), 4, 5);
    const pass = referenceForward(network, x, n);
    const louder = cloneNetwork(network);
    for (const part of [louder.parameters.weights[2].data, louder.parameters.biases[2]])
      part.forEach((v, i) => (part[i] = 1e4 * v));
    const loud = referenceForward(louder, x, n);
    for (let b = 0; b < n; b++) {
      const h = pass.h[2].subarray(4 * b, 4 * b + 4);
      const [mean, rms] = [h.reduce((sum, v) => sum + v * v, 0) / 4, pass.rms[2][b]];
      expect(mean).toBeCloseTo(1 - NORMALISE_EPSILON / rms ** 2, 12);
    }
    pass.logits.forEach((v, i) => expect(loud.logits[i]).toBeCloseTo(v, 3));
    const pinned = referenceEnergy(louder, loud, 'mean-square').energy;
    expect(pinned / referenceEnergy(network, pass, 'mean-square').energy).toBeCloseTo(1, 3);
    expect(referenceEnergy(louder, loud, 'mean-square', 'pre').energy).toBeGreaterThan(1e6);
  });

  it('start as matrices of kernels: orthonormal in either shape, He by 9 values per plane', () => {
    const spec = convolutionalLayers([1, 28, 28], [16, 8], [4], 10);
    const { weights, biases } = seededStart(spec, 'orthogonal', 1, () => 0).parameters;
    expect(weights.map((w) => [w.rows, w.cols])).toEqual([
      [16, 9],
      [8, 144],
      [4, 392],
      [10, 4],
    ]);
    expect(biases.map((b) => b.length)).toEqual([16, 8, 4, 10]);
    for (const gram of [
      multiplyMatrices(transposeMatrix(weights[0]), weights[0]),
      multiplyMatrices(weights[1], transposeMatrix(weights[1])),
    ])
      gram.data.forEach((v, i) => expect(v).toBeCloseTo(i % (gram.cols + 1) === 0 ? 1 : 0, 12));
    const { data } = seededStart(convolutionalLayers([1, 8, 8], [64, 64], [], 2), 'he', 1, () => 0).parameters
      .weights[1];
    expect((data.reduce((sum, v) => sum + v * v, 0) / data.length) * (9 * 64)).toBeCloseTo(2, 1);
    expect(parameterCount(spec)).toBe(16 * 10 + 8 * 145 + 4 * 393 + 50);
  });
});
