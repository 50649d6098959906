import { describe, expect, it } from 'vitest';
import type { MeasureId } from './ids';
import { referenceForward } from '../network/reference';
import { exampleNetwork } from '../network/testing';
import { weightNorms } from './activity';
import { measuredEnergies } from './layers';
import { homogeneityDegree, rescaleTo } from './rescale';

const relu = (depth: number) =>
  exampleNetwork({ hidden: [9, 7, 6, 5].slice(0, depth), activation: 'relu', seed: 5, n: 20 });

describe('rescaling a network to an energy', () => {
  it.each([
    [1, 'mean-square', 'post', 0.01],
    [2, 'mean-square', 'post', 4],
    [4, 'sum-square', 'pre', 0.3],
    [3, 'l1', 'post', 100],
  ] as const)('keeps the logits and meets the target: depth %i, %s on %s', (depth, measure, site, target) => {
    const { network, x, n } = relu(depth);
    const { network: after, factor, predicted } = rescaleTo(network, { x, n }, target, { measure, site });
    const [was, is] = [network, after].map((net) => referenceForward(net, x, n));
    const size = Math.max(...was.logits.map(Math.abs));
    is.logits.forEach((value, i) => expect(Math.abs(value - was.logits[i])).toBeLessThan(1e-12 * size));
    const { total } = measuredEnergies(after.spec, site === 'pre' ? is.z : is.h, n, measure);
    expect(Math.abs(total / target - 1)).toBeLessThan(1e-12);
    expect(Math.abs(predicted / target - 1)).toBeLessThan(1e-12);
    is.h.forEach((h, l) =>
      h.forEach((value, i) =>
        expect(Math.abs(value - factor * was.h[l][i])).toBeLessThan(1e-12 * factor * size),
      ),
    );
    const [norms, scaled] = [weightNorms(network), weightNorms(after)];
    expect(scaled[0] / norms[0]).toBeCloseTo(factor, 12);
    expect((scaled[depth] / norms[depth]) * factor).toBeCloseTo(1, 12);
  });

  it('knows the degree of each measure', () => {
    expect([
      homogeneityDegree('mean-square'),
      homogeneityDegree('sum-square'),
      homogeneityDegree('l1'),
      homogeneityDegree('active-count'),
    ]).toEqual([2, 2, 1, null]);
  });

  it('refuses in a sentence', () => {
    const { network, x, n } = relu(2);
    const to = (target: number, measure: MeasureId = 'mean-square') =>
      rescaleTo(network, { x, n }, target, { measure });
    expect(() => to(1, 'active-count')).toThrow(/power of the activations/);
    expect(() => to(1, 'hoyer-square')).toThrow(/same at every scale/);
    expect(() => to(0)).toThrow(/above 0/);
    const tanh = exampleNetwork({ hidden: [5], activation: 'tanh' });
    expect(() => rescaleTo(tanh.network, tanh, 1, { measure: 'mean-square' })).toThrow(
      /tanh, which saturates/,
    );
    const isotropic = exampleNetwork({ hidden: [5] });
    expect(() => rescaleTo(isotropic.network, isotropic, 1, { measure: 'mean-square' })).toThrow(
      /length has a scale/,
    );
    network.parameters.biases.forEach((bias) => bias.fill(0));
    network.parameters.weights[0].data.fill(0);
    expect(() => to(1)).toThrow(/nothing to rescale/);
  });
});
