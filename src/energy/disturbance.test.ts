import { describe, expect, it } from 'vitest';
import { crossEntropy, referenceForward } from '../network/reference';
import { exampleNetwork, exampleOf, threePathways } from '../network/testing';
import { scaledBy } from './scaleFreedom';
import { cacheFirstLayer, disturbedLogits, robustness } from './disturbance';

const OPTIONS = { draws: 4, seed: 3 };

describe('disturbed passes', () => {
  it.each([
    ['ReLU', exampleNetwork({ hidden: [9, 7], activation: 'relu' })],
    ['isotropic with ψ', exampleNetwork({ hidden: [9, 7] })],
    ['three pathways', exampleOf(threePathways(5, 4, 3, 0.5))],
  ])('are the plain pass where nothing disturbs: %s', (_, { network, x, labels, n }) => {
    const bench = cacheFirstLayer(network, x, n);
    const plain = referenceForward(network, x, n).logits;
    expect(disturbedLogits(bench, () => undefined)).toEqual(plain);
    const { loss, correct } = crossEntropy(plain, labels, n, network.spec.outputs);
    for (const kind of ['noise', 'quantisation'] as const) {
      const [[found]] = robustness([bench], labels, kind, [0], OPTIONS);
      expect(found).toMatchObject({ accuracy: correct / n, accuracyDeviation: 0, crossEntropyDeviation: 0 });
      expect(found.crossEntropy).toBeCloseTo(loss, 12);
    }
  });

  it('add noise of σ·‖row‖ to the logits of one hidden layer, equal for equal seeds', () => {
    const { network, x, labels, n } = exampleNetwork({
      hidden: [120],
      outputs: 2,
      activation: 'relu',
      n: 400,
    });
    const bench = cacheFirstLayer(network, x, n);
    const plain = referenceForward(network, x, n).logits;
    const row = network.parameters.weights[1].data.subarray(0, 120);
    const expected = 0.1 * Math.sqrt(row.reduce((sum, w) => sum + w * w, 0));
    let squares = 0;
    let draw = 0;
    const noise = (h: Float64Array): void => {
      let state = ++draw;
      // A plain generator of its own, so that the law is judged apart from the code's noise.
      const uniform = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
      for (let i = 0; i < h.length; i++)
        h[i] += 0.1 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    };
    const logits = disturbedLogits(bench, noise);
    for (let b = 0; b < n; b++) squares += (logits[2 * b] - plain[2 * b]) ** 2;
    expect(Math.sqrt(squares / n) / expected).toBeCloseTo(1, 1);
    const once = robustness([bench, bench], labels, 'noise', [0.1, 3], OPTIONS);
    expect(once[0]).toEqual(once[1]);
    expect(robustness([bench], labels, 'noise', [3, 0.1], OPTIONS)[0].reverse()).toEqual(once[0]);
    expect(once[0][1].crossEntropy).toBeGreaterThan(once[0][0].crossEntropy);
    expect(once[0][1]).toMatchObject({ size: 3, draws: 4 });
    expect(once[0][1].crossEntropyDeviation).toBeGreaterThan(0);
    expect(robustness([bench], labels, 'noise', [3], { draws: 4, seed: 4 })[0]).not.toEqual([once[0][1]]);
  });

  it('tell how far draws differ: the sample deviation of two is their distance over √2', () => {
    const { network, x, labels, n } = exampleNetwork({ hidden: [12, 8], activation: 'relu', n: 60 });
    const run = (draws: number) =>
      robustness([cacheFirstLayer(network, x, n)], labels, 'noise', [1.5], { draws, seed: 3 })[0][0];
    const [first, both] = [run(1), run(2)];
    for (const [value, spread] of [
      ['accuracy', 'accuracyDeviation'],
      ['crossEntropy', 'crossEntropyDeviation'],
    ] as const) {
      const second = 2 * both[value] - first[value];
      expect(second).not.toBeCloseTo(first[value], 6);
      expect(both[spread]).toBeCloseTo(Math.abs(second - first[value]) / Math.SQRT2, 10);
      expect(first[spread]).toBe(0);
    }
  });

  it('scale with the network: noise σ on h is noise c·σ on c·h', () => {
    const { network, x, labels, n } = exampleNetwork({ hidden: [12, 8], activation: 'relu', n: 60 });
    const small = cacheFirstLayer(scaledBy(network, 1 / 16), x, n);
    const run = (bench: typeof small, kind: 'noise' | 'quantisation', size: number) =>
      robustness([bench], labels, kind, [size], OPTIONS)[0][0];
    const bench = cacheFirstLayer(network, x, n);
    for (const kind of ['noise', 'quantisation'] as const) {
      const [was, is] = [run(bench, kind, 1.6), run(small, kind, 0.1)];
      expect(is.accuracy).toBeCloseTo(was.accuracy, 10);
      expect(is.crossEntropy).toBeCloseTo(was.crossEntropy, 8);
    }
    expect(run(small, 'noise', 1.6).crossEntropy).toBeGreaterThan(2 * run(bench, 'noise', 1.6).crossEntropy);
  });

  it('round to multiples of the step, once', () => {
    const { network, x, labels, n } = exampleNetwork({ hidden: [6], activation: 'tanh' });
    const bench = cacheFirstLayer(network, x, n);
    const coarse = robustness([bench], labels, 'quantisation', [10], OPTIONS)[0][0];
    const bias = network.parameters.biases[1];
    const constant = Float64Array.from({ length: n * 4 }, (_, i) => bias[i % 4]);
    expect(coarse.crossEntropy).toBeCloseTo(crossEntropy(constant, labels, n, 4).loss, 12);
    expect(coarse.draws).toBe(1);
    expect(() => robustness([bench], labels, 'noise', [-1], OPTIONS)).toThrow(/0 or more/);
    expect(() => robustness([bench], labels, 'noise', [NaN], OPTIONS)).toThrow(/0 or more/);
  });
});
