import { describe, expect, it } from 'vitest';
import { convolutionLayer } from '../network/convolution';
import { initialNetwork } from '../network/initialise';
import { referenceForward } from '../network/reference';
import type { NetworkSpec } from '../network/spec';
import { exampleNetwork, exampleOf, twoPathways } from '../network/testing';
import { estimateCost, layerCosts, timeToTarget, trainingStep } from './costs';
import { defaultRates } from './costTable';

const mlp = () => {
  const start = {
    activation: 'relu',
    oMode: 'off',
    o: [0],
    psi: 'off',
    initialisation: 'he',
    seed: 1,
  } as const;
  return initialNetwork({ ...start, hidden: [256, 128], o: [0] }, 784, 10);
};

describe('costs', () => {
  it('are those of the fact sheet: 784-256-128-10 takes 1.08 µJ to compute, 1.18 µJ of SRAM or 150 µJ of DRAM', () => {
    const layers = layerCosts(mlp(), new Float64Array(784), 1, null);
    expect(layers.map(({ dense }) => dense)).toEqual([784 * 256, 256 * 128, 1280]);
    const sram = estimateCost(layers, defaultRates(), { memory: 'sram', skip: false });
    const dram = estimateCost(layers, defaultRates(), { memory: 'dram', skip: false });
    expect([sram.multiplies, sram.weightWords, sram.activationWords]).toEqual([
      234_752,
      235_146,
      784 + 2 * 384 + 10,
    ]);
    expect((1e6 * sram.arithmetic).toFixed(2)).toBe('1.08');
    expect((1e6 * sram.weights).toFixed(2)).toBe('1.18');
    expect((1e6 * dram.weights).toFixed(0)).toBe('150');
    expect(sram.joules).toBeCloseTo(sram.arithmetic + sram.weights + sram.activations, 18);
    expect(sram.bits).toBe(32 * (235_146 + 1562));
  });

  it('skip exact zeros, black pixels among them', () => {
    const { network, x, n } = exampleNetwork({ hidden: [9, 7], activation: 'relu', inputs: 7, n: 30 });
    const black = Float32Array.from({ length: 7 }, (_, j) => -0.25 - j / 8);
    let dark = 0;
    for (let i = 0; i < x.length; i += 3) {
      x[i] = black[i % 7];
      dark++;
    }
    const pass = referenceForward(network, x, n);
    const layers = layerCosts(network, x, n, black);
    const active = pass.h.map((h) => h.filter((v) => v !== 0).length);
    expect(layers[0].skipping).toBeCloseTo((9 * (210 - dark)) / n, 10);
    expect(layers[1].skipping).toBeCloseTo((7 * active[0]) / n, 10);
    expect(layers[2].skipping).toBeCloseTo((4 * active[1]) / n, 10);
    expect(layers[0].activationWordsSkipping).toBeCloseTo((210 - dark + active[0]) / n, 10);
    expect(layerCosts(network, x, n, null)[0].skipping).toBe(63);
    const [all, some] = [false, true].map((skip) =>
      estimateCost(layers, defaultRates(), { memory: 'sram', skip }),
    );
    expect(some.joules).toBeLessThan(all.joules);
    expect(some.weights).toBe(all.weights);
  });

  it('count only the weights paths have', () => {
    const { network, x, n } = exampleOf(twoPathways(5, [4, 3, 3, 2], 3));
    expect(layerCosts(network, x, n, null).map(({ dense }) => dense)).toEqual([35, 4 * 3 + 3 * 2, 15]);
    const tanh = referenceForward(network, x, n).h[0];
    let on = 0;
    for (let b = 0; b < n; b++) for (let j = 0; j < 7; j++) if (tanh[b * 7 + j] !== 0) on += j < 4 ? 3 : 2;
    expect(layerCosts(network, x, n, null)[1].skipping).toBeCloseTo(on / n, 10);
  });

  it('count the windows of a convolution, borders and all, and skip those of zeros', () => {
    const stage = { inChannels: 2, inHeight: 5, inWidth: 4, channels: 3, activation: 'relu' as const };
    const spec: NetworkSpec = {
      inputs: 40,
      outputs: 2,
      activation: 'relu',
      hidden: [convolutionLayer(stage)],
    };
    const { network, x, n } = exampleOf(spec, 1, 3);
    for (let i = 0; i < x.length; i += 4) x[i] = 0;
    let uses = 0;
    for (let b = 0; b < n; b++)
      for (let y = 0; y < 5; y++)
        for (let col = 0; col < 4; col++)
          for (let c = 0; c < 2; c++)
            for (let ky = Math.max(0, y - 1); ky <= Math.min(4, y + 1); ky++)
              for (let kx = Math.max(0, col - 1); kx <= Math.min(3, col + 1); kx++)
                if (x[b * 40 + c * 20 + ky * 4 + kx] !== 0) uses += 3;
    const [own, out] = layerCosts(network, x, n, null);
    expect([own.dense, out.dense, own.weightWords]).toEqual([3 * 18 * 20, 24, 3 * 18 + 3]);
    expect(own.skipping).toBeCloseTo(uses / n, 10);
  });

  it('of training: twice the first layer and three times the others, weights and their moments moved', () => {
    const layers = layerCosts(mlp(), new Float64Array(784), 1, null);
    const rates = { multiply: 2, add: 1, sram: 0, dram: 7 };
    const macs = 2 * 784 * 256 + 3 * (256 * 128 + 1280);
    expect(trainingStep(layers, rates, { memory: 'dram', batch: 64, moments: 2 })).toBeCloseTo(
      1e-12 * (64 * macs * 3 + 8 * 235_146 * 7),
      18,
    );
  });

  it('time the way to a target by the first look that reaches it', () => {
    const points = [0.2, 0.7, 0.8, 0.75].map((accuracy, i) => ({ step: 50 * (i + 1), accuracy }));
    expect(timeToTarget(points, 0.72, { msPerStep: 4, joulesPerStep: 0.5 })).toEqual({
      step: 150,
      accuracy: 0.8,
      seconds: 0.6,
      joules: 75,
    });
    expect(timeToTarget(points, 0.9, { msPerStep: 4, joulesPerStep: 0.5 })).toBeNull();
    expect(timeToTarget(points, 0.1, { msPerStep: null, joulesPerStep: 0.5 })?.seconds).toBeNull();
  });
});
