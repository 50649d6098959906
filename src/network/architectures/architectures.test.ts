import { describe, expect, it } from 'vitest';
import { regulationId } from '../settings';
import { DEFAULT_CONFIGURATION } from '../../configuration/schema';
import { initialNetwork } from '../initialise';
import { checkPaths, withMerge } from '../merge';
import { parameterCount } from '../network';
import { referenceForward } from '../reference';
import type { DataShape, SpecConfiguration } from './architecture';
import { layerCounts, multiplyCount, sizesName } from './counts';
import { lagrangianMerge } from './lagrangian';
import { matchParameters, referenceCount } from './match';
import { ARCHITECTURES, specOf } from './registry';

const FASHION: DataShape = { inputs: 784, outputs: 10, planes: { channels: 1, height: 28, width: 28 } };
const configuration = (change: Partial<SpecConfiguration>): SpecConfiguration => ({
  ...DEFAULT_CONFIGURATION,
  activation: 'relu',
  ...change,
});
const spec = (change: Partial<SpecConfiguration>, shape = FASHION) => specOf(configuration(change), shape);

describe('architectures', () => {
  it('give MLP the published counts: 784-256-128-10 has 235,146 parameters and 234,752 multiplies', () => {
    const mlp = spec({ hidden: [256, 128] });
    expect(parameterCount(mlp)).toBe(235_146);
    expect(multiplyCount(mlp)).toBe(234_752);
    expect(layerCounts(mlp).map(({ multiplies }) => multiplies)).toEqual([200_704, 32_768, 1_280]);
    expect(sizesName(mlp)).toBe('784→256→128→10');
  });

  it('count a CNN by the closed form: 9·in·out weights, each used at every place', () => {
    const cnn = spec({ architecture: 'cnn', channels: [32, 64], hidden: [128] });
    const dense = 64 * 7 * 7;
    expect(parameterCount(cnn)).toBe(10 * 32 + (9 * 32 + 1) * 64 + (dense + 1) * 128 + 129 * 10);
    expect(layerCounts(cnn).map(({ multiplies }) => multiplies)).toEqual([
      9 * 32 * 28 * 28,
      9 * 32 * 64 * 14 * 14,
      dense * 128,
      1280,
    ]);
    expect(sizesName(cnn)).toBe('784→32@14×14→64@7×7→128→10');
  });

  it('count BimodalTrue by the closed form, at every regulation', () => {
    for (const regulation of regulationId.options) {
      const bimodal = spec({ architecture: 'bimodal', hidden: [100, 50], gliaRatio: 0.3, regulation });
      const [f1, s1, f2] = [100, 30, 50];
      const s2 = regulation === 'concatenate' ? 15 : 50;
      const read = regulation === 'concatenate' ? f2 + s2 : f2;
      const weights = 784 * (f1 + s1) + f1 * f2 + s1 * s2 + read * 10;
      expect(multiplyCount(bimodal)).toBe(weights);
      expect(parameterCount(bimodal)).toBe(weights + f1 + s1 + f2 + s2 + 10);
    }
  });

  it('count Physics-Lagrangian by the closed form', () => {
    const lagrangian = spec({ architecture: 'lagrangian', hidden: [128, 64] });
    expect(parameterCount(lagrangian)).toBe(3 * 785 * 128 + 129 * 64 + 65 * 10);
    expect(multiplyCount(lagrangian)).toBe(3 * 784 * 128 + 128 * 64 + 64 * 10);
    expect(sizesName(lagrangian)).toBe('784→3×128→64→10');
  });

  it('have layer counts that add up to the parameter count, isotropic layers with o and ψ included', () => {
    for (const architecture of ['mlp', 'cnn', 'bimodal', 'lagrangian'] as const)
      for (const psi of ['off', 'trained', 'decay', 'fixed'] as const) {
        const one = spec({
          architecture,
          psi,
          activation: 'isotropic-tanh',
          oMode: 'trained',
          hidden: [12, 8],
        });
        const sum = layerCounts(one).reduce((total, { parameters }) => total + parameters, 0);
        expect(sum).toBe(parameterCount(one));
      }
  });

  it('compute what their descriptions say, in float64', () => {
    const change = { hidden: [3], mu: 0.7, seed: 5, initialisation: 'xavier' as const };
    const shape = { inputs: 4, outputs: 2 };
    const x = Float64Array.from([0.5, -1, 2, 0.3]);
    const look = (more: Partial<SpecConfiguration>) => {
      const net = initialNetwork(
        { ...DEFAULT_CONFIGURATION, ...change, ...more },
        shape.inputs,
        shape.outputs,
      );
      const { data } = net.parameters.weights[0];
      const z = (unit: number): number => x.reduce((sum, v, j) => sum + v * data[unit * 4 + j], 0);
      const out = net.parameters.weights[1];
      const logits = (read: number[]): number[] =>
        [0, 1].map((k) => read.reduce((sum, v, j) => sum + v * out.data[k * out.cols + j], 0));
      return { z, logits, seen: [...referenceForward(net, x, 1).logits] };
    };
    const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));
    const relu = (v: number): number => Math.max(0, v);
    const compare = (seen: number[], expected: number[]): void => {
      seen.forEach((v, k) => expect(v).toBeCloseTo(expected[k], 12));
    };
    const l = look({ architecture: 'lagrangian' });
    const units = [0, 1, 2];
    compare(
      l.seen,
      l.logits(units.map((i) => relu(l.z(i)) - Math.tanh(l.z(3 + i)) + 0.7 * sigmoid(l.z(6 + i)))),
    );
    const regulated = {
      add: (f: number, s: number) => f + Math.tanh(s),
      multiply: (f: number, s: number) => f * (1 + Math.tanh(s)),
      gate: (f: number, s: number) => f * sigmoid(s),
    };
    for (const [regulation, rule] of Object.entries(regulated)) {
      const b = look({ architecture: 'bimodal', regulation: regulation as keyof typeof regulated });
      compare(b.seen, b.logits(units.map((i) => rule(relu(b.z(i)), b.z(3 + i)))));
    }
    const side = look({ architecture: 'bimodal', gliaRatio: 0.7 });
    compare(
      side.seen,
      side.logits([...units.map((i) => relu(side.z(i))), Math.tanh(side.z(3)), Math.tanh(side.z(4))]),
    );
  });

  it('keep at least one glial unit, and none at ratio 0: an MLP in ReLU', () => {
    const thin = spec({ architecture: 'bimodal', hidden: [8, 4], gliaRatio: 0.01 });
    expect(thin.hidden.map(({ width }) => width)).toEqual([9, 5]);
    const none = spec({
      architecture: 'bimodal',
      hidden: [8, 4],
      gliaRatio: 0,
      activation: 'isotropic-tanh',
    });
    expect(none).toEqual(spec({ hidden: [8, 4] }));
  });

  it('normalise elementwise layers and leave isotropic ones', () => {
    for (const architecture of ['mlp', 'cnn', 'bimodal', 'lagrangian'] as const) {
      const flags = (activation: 'relu' | 'isotropic-tanh'): (boolean | undefined)[] => {
        const one = spec({ architecture, normalise: true, hidden: [6, 4], channels: [2], activation });
        checkPaths(one);
        return one.hidden.map(({ normalise }) => normalise);
      };
      expect(flags('relu').every(Boolean)).toBe(true);
      expect(flags('isotropic-tanh').filter(Boolean)).toHaveLength(
        { mlp: 0, cnn: 1, bimodal: 2, lagrangian: 1 }[architecture],
      );
    }
  });

  it('let μ be changed as data', () => {
    const layer = spec({ architecture: 'lagrangian', mu: 2 }).hidden[0];
    expect(withMerge(layer, lagrangianMerge(-3))).toEqual(
      spec({ architecture: 'lagrangian', mu: -3 }).hidden[0],
    );
  });

  it('refuse data and sizes in sentences', () => {
    const refusal = (change: Partial<SpecConfiguration>, shape: DataShape) => () =>
      specOf(configuration({ architecture: 'cnn', ...change }), shape);
    expect(refusal({}, { inputs: 2, outputs: 3 })).toThrow(/needs pictures or event frames/);
    expect(refusal({}, { ...FASHION, blocks: [0, 1] })).toThrow(/tasks lie side by side/);
    const small = { inputs: 12, outputs: 3, planes: { channels: 1, height: 3, width: 4 } };
    expect(refusal({ channels: [2, 2] }, small)).toThrow('Pictures of 4 × 3 can be pooled once, not 2 times');
    expect(refusal({ channels: [2, 2, 2], hidden: [4, 4, 4, 4] }, FASHION)).toThrow(
      /at most 6 hidden layers/,
    );
  });
});

describe('matching parameter counts', () => {
  it.each(['mlp', 'cnn', 'bimodal', 'lagrangian'] as const)(
    'brings %s to the MLP of the first visit',
    (id) => {
      const start = configuration({ architecture: id, ...ARCHITECTURES[id].sizes });
      const target = referenceCount('mlp', start, FASHION);
      expect(target).toBe(785 * 128 + 129 * 64 + 65 * 10);
      const match = matchParameters(start, FASHION, target);
      const sizes = { hidden: match.hidden, channels: match.channels };
      expect(parameterCount(specOf({ ...start, ...sizes }, FASHION))).toBe(match.parameters);
      expect(Math.abs(match.parameters / target - 1)).toBeLessThan(0.005);
      // Nothing that keeps to the proportion comes closer.
      for (let width = 2; width <= 1024; width += 1) {
        const factor = width / start.hidden[0];
        const other = specOf(
          { ...start, hidden: start.hidden.map((w) => Math.max(2, Math.min(1024, Math.round(factor * w)))) },
          FASHION,
        );
        if (id !== 'cnn')
          expect(Math.abs(parameterCount(other) - target)).toBeGreaterThanOrEqual(
            Math.abs(match.parameters - target),
          );
      }
    },
  );

  it('stays where the count is right already, and within the limits where it cannot be', () => {
    const start = configuration({ hidden: [20, 10] });
    const own = parameterCount(specOf(start, FASHION));
    expect(matchParameters(start, FASHION, own)).toMatchObject({ hidden: [20, 10], parameters: own });
    expect(matchParameters(start, FASHION, 1).hidden).toEqual([2, 2]);
    expect(Math.max(...matchParameters(start, FASHION, 1e9).hidden)).toBe(1024);
  });
});
