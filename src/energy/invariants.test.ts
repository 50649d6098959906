import { describe, expect, it } from 'vitest';
import { convolutionLayer } from '../network/convolution';
import type { Network } from '../network/network';
import { seededRandom } from '../network/random';
import { referenceAffine, referenceForward, referenceForwardFrom } from '../network/reference';
import type { NetworkSpec } from '../network/spec';
import { dividedLayer, exampleNetwork, exampleOf, threePathways, twoPathways } from '../network/testing';
import { layerActivity, participationRatio } from './activity';
import { balanceOf, balancedEnergy } from './balance';
import { scaleFreedom, whyNotHomogeneous, withScales } from './scaleFreedom';
import { gradientEnergy, pathEnergy } from './invariants';
import { logitEnergyOf } from './layers';
import { waterfall } from './waterfall';

const relu = (depth: number, seed: number) =>
  exampleNetwork({ hidden: [9, 7, 6, 5].slice(0, depth), activation: 'relu', seed, n: 24 });

/** Random factors over four orders of magnitude for every group. */
function shaken(network: Network, seed: number): Network {
  const rng = seededRandom(seed, 'shake');
  return withScales(
    network,
    scaleFreedom(network.spec).map(({ groups }) =>
      Float64Array.from({ length: groups }, () => Math.exp(1.5 * rng.normal())),
    ),
  );
}

const close = (found: number, expected: number, relative = 1e-12): void =>
  expect(Math.abs(found - expected) / Math.abs(expected)).toBeLessThan(relative);

/** Added ReLU paths above a divided layer, so that paths, masks and coefficients all take part. */
const PATHS: NetworkSpec = {
  inputs: 6,
  outputs: 3,
  activation: 'relu',
  hidden: [
    dividedLayer([
      [5, 'relu', null],
      [4, 'relu', null],
    ]),
    dividedLayer(
      [
        [3, 'relu', 0],
        [3, 'relu', 1],
      ],
      { kind: 'add', coefficients: [1, -0.7] },
    ),
    { width: 4, o: 'off', psi: 'off' },
  ],
};

const TWO_RELU: Parameters<typeof dividedLayer>[0] = [
  [3, 'relu', null],
  [3, 'relu', null],
];

/** Two convolution stages and a dense layer. */
const CNN: NetworkSpec = {
  inputs: 128,
  outputs: 3,
  activation: 'relu',
  hidden: [
    convolutionLayer({ inChannels: 2, inHeight: 8, inWidth: 8, channels: 3, activation: 'relu' }),
    convolutionLayer({ inChannels: 3, inHeight: 4, inWidth: 4, channels: 4, activation: 'relu' }),
    { width: 5, o: 'off', psi: 'off' },
  ],
};

describe('function-preserving rescaling', () => {
  const cases = [1, 2, 3, 4].map((depth) => [`depth ${depth}`, relu(depth, depth)] as const);
  it.each([...cases, ['paths', exampleOf(PATHS, 3, 24)], ['convolutions', exampleOf(CNN, 4, 24)]] as const)(
    'leaves logits, path, gradient and balanced energy, activity as they were: %s',
    (_, { network, x, n }) => {
      const before = referenceForward(network, x, n);
      const balanced = balancedEnergy(network, before, 'mean-square', 'post');
      for (const seed of [1, 2]) {
        const other = shaken(network, seed);
        const after = referenceForward(other, x, n);
        const size = Math.max(...before.logits.map(Math.abs));
        after.logits.forEach((value, i) =>
          expect(Math.abs(value - before.logits[i])).toBeLessThan(1e-12 * size),
        );
        for (const measure of [pathEnergy, gradientEnergy]) {
          const [was, is] = [measure(network, before), measure(other, after)];
          if (!was || !is) {
            expect([measure, network.spec.hidden[0].convolution !== undefined]).toEqual([pathEnergy, true]);
            continue;
          }
          close(is.total, was.total);
          is.layers.forEach((value, l) => close(value, was.layers[l]));
          is.pathways.forEach((paths, l) =>
            paths?.forEach((value, p) => close(value, was.pathways[l]?.[p] ?? NaN)),
          );
        }
        const rebalanced = balancedEnergy(other, after, 'mean-square', 'post');
        expect(rebalanced?.tolerance).toBeLessThan(1e-14);
        close(rebalanced?.total ?? NaN, balanced?.total ?? NaN);
        layerActivity(other, after).forEach(({ active, alive }, l) =>
          expect({ active, alive }).toEqual({
            active: layerActivity(network, before)[l].active,
            alive: layerActivity(network, before)[l].alive,
          }),
        );
        // The raw energy does move, or the test would say nothing.
        const raw = (h: Float64Array[]): number =>
          h.reduce((sum, layer) => sum + layer.reduce((s, v) => s + v * v, 0), 0);
        expect(Math.abs(Math.log(raw(after.h) / raw(before.h)))).toBeGreaterThan(0.05);
      }
    },
  );

  it('balances: in and out of every unit equal, function kept, Σ‖W‖² never more; dead units get nothing', () => {
    const { network, x, n } = relu(3, 8);
    network.parameters.weights[1].data.fill(0, 0, 9);
    network.parameters.biases[1][0] = 0;
    for (let k = 0; k < 4; k++) network.parameters.weights[3].data[k * 6 + 2] = 0;
    const { scales } = balanceOf(network);
    expect([scales[1][0], scales[2][2]]).toEqual([0, 0]);
    const alive = scales.map((layer) => layer.map((c) => c || 1));
    const after = withScales(network, alive);
    // Dead units taken out by hand: their weights are nobody's.
    for (let j = 0; j < 7; j++) after.parameters.weights[2].data[2 * 7 + j] = 0;
    after.parameters.biases[2][2] = 0;
    for (let k = 0; k < 6; k++) after.parameters.weights[2].data[k * 7] = 0;
    const { weights, biases } = after.parameters;
    const [was, is] = [network, after].map((net) => referenceForward(net, x, n).logits);
    is.forEach((value, i) => expect(Math.abs(value - was[i])).toBeLessThan(1e-12));
    for (let l = 0; l < 3; l++)
      for (let i = 0; i < weights[l].rows; i++) {
        const row = weights[l].data.subarray(i * weights[l].cols, (i + 1) * weights[l].cols);
        const incoming = row.reduce((sum, w) => sum + w * w, biases[l][i] ** 2);
        let outgoing = 0;
        for (let k = 0; k < weights[l + 1].rows; k++)
          outgoing += weights[l + 1].data[k * weights[l + 1].cols + i] ** 2;
        expect(Math.abs(incoming - outgoing)).toBeLessThan(1e-12);
      }
  });
});

describe('path and gradient energy', () => {
  it('are, of one hidden layer, Σᵢ E[hᵢ²]·‖wᵢ‖² both', () => {
    const { network, x, n } = relu(1, 4);
    const pass = referenceForward(network, x, n);
    const { data } = network.parameters.weights[1];
    let expected = 0;
    for (let b = 0; b < n; b++)
      for (let i = 0; i < 9; i++)
        for (let k = 0; k < 4; k++) expected += (pass.h[0][b * 9 + i] * data[k * 9 + i]) ** 2 / n;
    close(pathEnergy(network, pass)?.total ?? NaN, expected);
    close(gradientEnergy(network, pass).total, expected);
    // Where paths are added, each with its coefficient squared.
    const added = exampleOf(
      { ...PATHS, hidden: [dividedLayer(TWO_RELU, { kind: 'add', coefficients: [1, -0.7] })] },
      4,
    );
    const both = referenceForward(added.network, added.x, added.n);
    close(pathEnergy(added.network, both)?.total ?? NaN, gradientEnergy(added.network, both).total);
  });

  it.each([
    ['ReLU', relu(3, 5)],
    ['tanh', exampleNetwork({ hidden: [6, 5], activation: 'tanh', n: 6 })],
    ['isotropic with o and ψ', exampleNetwork({ hidden: [6, 5, 4], n: 6 })],
    [
      'two pathways, multiplied',
      exampleOf(twoPathways(5, [4, 3, 3, 3], 3, { kind: 'multiply', offsets: [0, 1] }), 2, 6),
    ],
    ['three pathways', exampleOf(threePathways(5, 4, 3, 0.5), 2, 6)],
    ['convolutions', exampleOf(CNN, 4, 3)],
    [
      'normalised',
      exampleOf({ ...PATHS, hidden: PATHS.hidden.map((layer) => ({ ...layer, normalise: true })) }, 2, 6),
    ],
    ['two pathways', exampleOf(twoPathways(5, [4, 3, 3, 2], 3), 2, 6)],
  ])('gradient energy is that of central differences: %s', (_, { network, x, n }) => {
    const pass = referenceForward(network, x, n);
    const depth = network.spec.hidden.length;
    const found = gradientEnergy(network, pass);
    const { outputs } = network.spec;
    for (let l = 0; l < depth; l++) {
      const { width } = network.spec.hidden[l];
      let sum = 0;
      const step = 1e-6;
      for (let i = 0; i < width; i++) {
        // One unit of layer l nudged on all images at once: what the next weights write changes by its column alone.
        const logits = (sign: number): Float64Array => {
          const nudged = pass.h[l].slice();
          for (let b = 0; b < n; b++) nudged[b * width + i] += sign * step;
          return above(network, pass, l, nudged, n);
        };
        const [up, down] = [logits(1), logits(-1)];
        for (let b = 0; b < n; b++)
          for (let k = 0; k < outputs; k++) {
            const slope = (up[b * outputs + k] - down[b * outputs + k]) / (2 * step);
            sum += (pass.h[l][b * width + i] * slope) ** 2 / n;
          }
      }
      close(found.layers[l], sum, 1e-6);
    }
  });

  it('are null where they mean nothing', () => {
    for (const activation of ['tanh', 'isotropic-tanh'] as const) {
      const { network, x, n } = exampleNetwork({ hidden: [5], activation });
      const pass = referenceForward(network, x, n);
      expect(pathEnergy(network, pass)).toBeNull();
      expect(balancedEnergy(network, pass, 'mean-square', 'post')).toBeNull();
      expect(whyNotHomogeneous(network.spec)).toMatch(/Hidden layer 1 is (isotropic )?tanh/);
      expect(() => withScales(network, [[1, 1, 1, 1, 1]])).toThrow(/tanh/);
    }
    expect(
      whyNotHomogeneous({ ...PATHS, hidden: [{ width: 3, o: 'off', psi: 'off', normalise: true }] }),
    ).toMatch(/normalised/);
    const product: NetworkSpec = {
      ...PATHS,
      hidden: [dividedLayer(TWO_RELU, { kind: 'multiply', offsets: [0, 1] })],
    };
    expect(whyNotHomogeneous(product)).toMatch(/product/);
    expect(whyNotHomogeneous({ ...PATHS, hidden: [] })).toMatch(/no hidden layer/);
    expect(whyNotHomogeneous(twoPathways(4, [2, 2, 2, 2], 2))).toMatch(/tanh path/);
  });
});

/** Logits when the units of layer l have these values; s of ψ as it was. */
function above(
  network: Network,
  pass: ReturnType<typeof referenceForward>,
  l: number,
  h: Float64Array,
  n: number,
): Float64Array {
  return referenceForwardFrom(network, l + 1, nextOf(network, pass, l, h, n), n);
}

function nextOf(
  network: Network,
  pass: ReturnType<typeof referenceForward>,
  l: number,
  h: Float64Array,
  n: number,
): Float64Array {
  if (network.spec.hidden.at(l + 1)?.convolution)
    return referenceAffine(network, l + 1, h, new Float64Array(0), n);
  const last = l + 1 === network.spec.hidden.length;
  const z = last ? pass.logits : pass.z[l + 1];
  const { rows, cols, data } = network.parameters.weights[l + 1];
  const layer = network.spec.hidden[l];
  const out = z.slice();
  const read = (values: Float64Array, b: number, j: number): number => {
    const merge = layer.merge;
    if (!layer.paths || !merge || merge.kind === 'concatenate') return values[b * layer.width + j];
    const parts = layer.paths.map((_, p) => values[b * layer.width + p * cols + j]);
    return merge.kind === 'add'
      ? parts.reduce((sum, part, p) => sum + merge.coefficients[p] * part, 0)
      : parts.reduce((product, part, p) => product * (merge.offsets[p] + part), 1);
  };
  for (let b = 0; b < n; b++)
    for (let r = 0; r < rows; r++)
      for (let j = 0; j < cols; j++)
        out[b * rows + r] += data[r * cols + j] * (read(h, b, j) - read(pass.h[l], b, j));
  return out;
}

describe('the rest', () => {
  it('splits a fall of E into factors whose product it is', () => {
    const { network, x, n } = relu(2, 6);
    const other = shaken(relu(2, 7).network, 3);
    const [before, after] = [network, other].map((net) => {
      const pass = referenceForward(net, x, n);
      const energy = pass.h.reduce((sum, h) => sum + h.reduce((s, v) => s + v * v, 0), 0);
      return { energy, gradient: gradientEnergy(net, pass).total, logits: logitEnergyOf(pass, 4) };
    });
    const split = waterfall(before, after);
    if (!split) throw new Error('No waterfall.');
    close(split.rescaling * split.logits * split.rest, before.energy / after.energy);
    close(split.total, before.energy / after.energy);
    // A rescaled copy of the same network: all of it is rescaling.
    const { logits, gradient } = before;
    expect(waterfall(before, { energy: before.energy / 39, logits, gradient })).toEqual({
      total: expect.closeTo(39, 10) as number,
      rescaling: expect.closeTo(39, 10) as number,
      logits: 1,
      rest: 1,
    });
    expect(waterfall(before, { ...after, energy: 0 })).toBeNull();
  });

  it('counts directions by the participation ratio', () => {
    const plane = Float64Array.from([1, 1, -1, -1, 1, -1, -1, 1]);
    close(participationRatio(plane, 4, 2), 2);
    close(participationRatio(Float64Array.from([1, 2, 2, 4, 3, 6, 4, 8]), 4, 2), 1);
    // More units than images: the Gram matrix of the images gives the same.
    const rng = seededRandom(1, 'wide');
    const wide = Float64Array.from({ length: 3 * 5 }, () => rng.normal());
    const twice = new Float64Array(6 * 5);
    twice.set(wide);
    twice.set(wide, 15);
    close(participationRatio(twice, 6, 5), participationRatio(wide, 3, 5));
    expect(participationRatio(new Float64Array(6).fill(2), 3, 2)).toBe(0);
  });
});
