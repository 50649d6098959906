import { describe, expect, it } from 'vitest';
import type { Network } from '../../../network/network';
import type { ForwardPass } from '../../../network/reference';
import type { FactorLevels, Recipe, TrialResult } from '../../types';
import { verdictOf } from '../../verdict';
import { compressionRatio, compressionRatios, ratioLines } from './compressionRatio';
import { hiddenDimension } from './hiddenDimension';
import { jouleProxy } from './jouleProxy';
import { rescalingControl } from './rescalingControl';

/** A finished run as the runner yields it, with these factors and metrics. */
function finished(factors: FactorLevels, seed: number, metrics: Record<string, number>): TrialResult {
  return {
    format: 'parsimony-trial',
    recipe: 'synthetic',
    recipeVersion: 1,
    size: 'quick',
    trial: JSON.stringify([factors, seed]),
    factors: { ...factors },
    seed,
    steps: 1,
    status: 'done',
    reason: null,
    metrics,
    series: {},
    engine: { id: 'tfjs-wasm', label: '', adapter: '', software: true },
    lab: '',
    link: '',
    timings: {},
  };
}

const SEEDS = [0, 1, 2, 3];
const outcome = (recipe: Recipe, done: TrialResult[]): string =>
  verdictOf(recipe.analyse({ size: 'quick', done, all: done }).criteria, recipe.minimumSeeds).outcome;

describe('hidden-dimension', () => {
  const runs = (accuracy: (architecture: string, units: number) => number): TrialResult[] =>
    SEEDS.flatMap((seed) =>
      ['mlp', 'bimodal'].flatMap((architecture) =>
        [32, 64].map((units) =>
          finished({ data: 'mnist', architecture, units }, seed, {
            accuracy: accuracy(architecture, units) + 1e-4 * Math.sin(seed + units + architecture.length),
          }),
        ),
      ),
    );
  it('is reproduced where curves cross and one dips, and not where wider and one architecture always win', () => {
    const crossing = runs((a, u) => (a === 'mlp' ? (u === 32 ? 0.9 : 0.85) : u === 32 ? 0.8 : 0.95));
    expect(outcome(hiddenDimension, crossing)).toBe('reproduced');
    const ordered = runs((a, u) => (a === 'mlp' ? 0.9 : 0.8) + u / 1000);
    expect(outcome(hiddenDimension, ordered)).toBe('not reproduced');
    expect(
      outcome(
        hiddenDimension,
        crossing.filter(({ seed }) => seed < 3),
      ),
    ).toBe('cannot say');
  });
});

describe('compression-ratio', () => {
  it('counts directions: two in layer 1 for one in layer 2 is a ratio of 2', () => {
    const layer = (width: number) => ({
      width: 2 * width,
      paths: [
        { width, activation: 'relu', from: null },
        { width, activation: 'tanh', from: null },
      ],
    });
    const network = { spec: { hidden: [layer(2), layer(1)] } } as unknown as Network;
    // Neuronal: unit variance in each of two directions, then in one; glial: silent second units in both layers.
    const first = [1, 0, 1, 0, -1, 0, -1, 0, 0, 1, 0, 0, 0, -1, 0, 0];
    const second = [1, 1, -1, -1, 0, 0, 0, 0];
    const pass = { n: 4, h: [Float64Array.from(first), Float64Array.from(second)] } as unknown as ForwardPass;
    const found = compressionRatios(network, pass);
    expect(found.neuronal).toBeCloseTo(2, 12);
    expect(found.glial).toBeCloseTo(1, 12);
    expect(found.width).toBe(2);
    expect(found.active).toBeCloseTo(2, 12);
  });

  const runs = (ratio: (glia: number) => number): TrialResult[] =>
    SEEDS.flatMap((seed) =>
      [0.5, 1, 2].map((glia) =>
        finished({ units: 64, glia }, seed, { ratio: ratio(glia) + 1e-3 * Math.sin(3 * seed + glia) }),
      ),
    );
  it('finds the published line where it is, and says so where it is not', () => {
    const line = runs((glia) => 0.68 * glia + 0.12);
    expect(ratioLines(line, 'ratio')[0].slope).toBeCloseTo(0.68, 2);
    expect(outcome(compressionRatio, line)).toBe('reproduced');
    expect(
      outcome(
        compressionRatio,
        runs((glia) => 2 + 0.01 * glia),
      ),
    ).toBe('not reproduced');
  });
});

it('joule-proxy: flat costs reproduce the critique, proportional ones do not', () => {
  const runs = (exponent: number): TrialResult[] =>
    SEEDS.flatMap((seed) =>
      [0, 0.1, 1].map((lambda, k) => {
        const energy = 10 ** -k * (1 + 0.01 * seed);
        return finished({ data: 'mnist', lambda }, seed, {
          energy,
          joulesSkipping: 1e-6 * energy ** exponent,
        });
      }),
    );
  expect(outcome(jouleProxy, runs(0.02))).toBe('reproduced');
  expect(outcome(jouleProxy, runs(1))).toBe('not reproduced');
});

it('rescaling-control: what is left decides once the rescaled network answers as before', () => {
  const runs = (rest: number): TrialResult[] =>
    SEEDS.map((seed) =>
      finished({ data: 'mnist', lambda: 1 }, seed, {
        ...Object.fromEntries(
          ['base', 'rescaled', 'thousandth'].flatMap((id) => [
            [`${id} accuracy`, 0.9],
            [`${id} loss`, 0.3],
          ]),
        ),
        total: 100,
        rest: rest * (1 + 0.01 * seed),
      }),
    );
  expect(outcome(rescalingControl, runs(2))).toBe('reproduced');
  expect(outcome(rescalingControl, runs(60))).toBe('not reproduced');
});
