import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../network/initialise';
import { multiplyMatrices } from '../../network/linearAlgebra';
import { cloneTrainingState, layerWidths, type Matrix, type TrainingState } from '../../network/network';
import { twoPathways } from '../../network/testing';
import { seededStart, initialTrainingState } from '../../network/initialise';
import { adaptNetwork, adaptingLayers, layersPastCooldown, type AdaptationSettings } from './adapt';
import { removeNeurons } from '../operations/remove';
import { svd } from '../linear/svd';
import { networkDeviation, exampleState } from '../testing';

const RULE: AdaptationSettings = { scaffold: 5, theta: 0.1, seed: 1 };

/** A [rows, cols] matrix with these singular values. */
function withSigma(rows: number, cols: number, sigma: number[]): Matrix {
  const left = initialWeights('orthogonal', rows, sigma.length, 1, 'left');
  const right = initialWeights('orthogonal', sigma.length, cols, 1, 'right');
  for (let i = 0; i < left.data.length; i++) left.data[i] *= sigma[i % sigma.length];
  return multiplyMatrices(left, right);
}

/** A network whose layer l has exactly the singular values sigmas[l]. */
function withSpectra(hidden: number[], inputs: number, sigmas: number[][]): ReturnType<typeof exampleState> {
  const example = exampleState({ hidden, inputs, psi: 'decay' });
  const { weights } = example.state.network.parameters;
  sigmas.forEach((sigma, l) => (weights[l] = withSigma(weights[l].rows, weights[l].cols, sigma)));
  return example;
}

const hiddenOf = (state: TrainingState): number[] => layerWidths(state.network.spec).slice(1, -1);

describe('automatic adaptation', () => {
  it('the official rule runs away on a layer wider than its input; counting missing σ as 0 ends that', () => {
    const { state } = withSpectra([10], 8, [new Array<number>(8).fill(2)]);
    const run = (rule: { countMissing?: boolean }): number[] => {
      let now = state;
      return Array.from({ length: 5 }, (_, seed) => {
        now = adaptNetwork(now, { ...RULE, seed, ...rule }).state;
        return hiddenOf(now)[0];
      });
    };
    expect(run({ countMissing: false })).toEqual([15, 20, 25, 30, 35]);
    // The rule of the lab is the one without being told so.
    expect(run({})).toEqual([13, 13, 13, 13, 13]);
  });

  it('grows once by S where nothing is small, from the output to the input, without changing the function', () => {
    const { state, x, labels } = withSpectra([6, 4], 12, [new Array<number>(6).fill(1), [1, 1, 1, 1]]);
    const untouched = cloneTrainingState(state);
    const first = adaptNetwork(state, { ...RULE, theta: 0.95 });
    expect(state).toEqual(untouched);
    expect(first.decisions.map(({ layer, count, change }) => [layer, count, change])).toEqual([
      [1, 0, 5],
      [0, 0, 5],
    ]);
    expect(first.promise).toBe('exact');
    expect(hiddenOf(first.state)).toEqual([11, 9]);
    expect(networkDeviation(state.network, first.state.network, x, labels).epsilonScaledPercent).toBeLessThan(
      1e-9,
    );
    const second = adaptNetwork(first.state, { ...RULE, theta: 0.95, seed: 2 });
    expect(second.decisions.map((d) => d.change)).toEqual([0, 0]);
    expect(second.state).toBe(first.state);
  });

  it('removes the surplus and says which σ decided and which went', () => {
    const sigma = [3, 2, 1, 0.09, 0.08, 0.05, 0.02, 0.01];
    const { state } = withSpectra([8, 5], 12, [sigma, [3, 2, 1, 1, 1]]);
    const { decisions, state: next, promise } = adaptNetwork(state, { ...RULE, scaffold: 2, layers: [0] });
    expect(decisions).toHaveLength(1);
    const [{ sigmas, count, change, sigmaRemoved, widthBefore, widthAfter, corrections }] = decisions;
    expect([count, change, widthBefore, widthAfter]).toEqual([5, -3, 8, 5]);
    sigmas.forEach((s, i) => {
      expect(s).toBeCloseTo(sigma[3 + i], 8);
    });
    expect(sigmas).toHaveLength(5);
    [0.01, 0.02, 0.05].forEach((s, i) => {
      expect(sigmaRemoved[i]).toBeCloseTo(s, 12);
    });
    expect(corrections.length).toBeGreaterThan(0);
    expect(promise).toBe('first-order');
    expect(hiddenOf(next)).toEqual([5, 5]);
    // At the goal: nothing more to do.
    expect(adaptNetwork(next, { ...RULE, scaffold: 2, layers: [0] }).decisions[0].change).toBe(0);
  });

  it('takes the surplus from the small units whatever the criterion', () => {
    const sigma = [3, 2, 1, 0.09, 0.08, 0.05, 0.02, 0.01];
    const { state, ...probe } = withSpectra([8, 5], 12, [sigma]);
    const removed = new Set<string>();
    for (const criterion of ['sigma', 'sigma-outgoing', 'gradient', 'energy', 'random'] as const)
      for (const seed of [1, 2, 3]) {
        const settings = { ...RULE, scaffold: 2, layers: [0], criterion, seed };
        const { decisions, state: next } = adaptNetwork(state, settings, { probe });
        expect(decisions[0].sigmaRemoved.every((s) => s <= 0.1)).toBe(true);
        expect([...svd(next.network.parameters.weights[0]).sigma].filter((s) => s > 0.1)).toHaveLength(3);
        removed.add(decisions[0].sigmaRemoved.map((s) => s.toFixed(4)).join());
      }
    expect(removed.size).toBeGreaterThan(1);
    expect(() => adaptNetwork(state, { ...RULE, scaffold: 2, layers: [0], criterion: 'energy' })).toThrow(
      /probe/,
    );
  });

  it('keeps to the cap and to the least width', () => {
    const ones = new Array<number>(6).fill(1);
    const { state } = withSpectra([6, 6], 12, [ones, ones]);
    expect(hiddenOf(adaptNetwork(state, { ...RULE, cap: 8 }).state)).toEqual([8, 8]);
    // A cap below the present width stops growth and cuts nothing.
    expect(hiddenOf(adaptNetwork(state, { ...RULE, cap: 4 }).state)).toEqual([6, 6]);
    expect(hiddenOf(adaptNetwork(state, { ...RULE, cap: 0 }).state)).toEqual([11, 11]);
    const faint = withSpectra([6], 12, [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1].map((s) => s / 2)]);
    const { decisions, state: least } = adaptNetwork(faint.state, { ...RULE, scaffold: 0 });
    expect(decisions[0]).toMatchObject({ count: 6, change: -4, widthAfter: 2 });
    expect(hiddenOf(least)).toEqual([2]);
    expect(adaptNetwork(least, { ...RULE, scaffold: 0 }).decisions[0].change).toBe(0);
  });

  it('does as transport, warm-up and outgoing say', () => {
    const ones = new Array<number>(6).fill(1);
    const { state } = withSpectra([6], 12, [ones]);
    const zero = adaptNetwork(state, { ...RULE, outgoing: 'zero' }, { warmUp: true }).state;
    const { weights } = zero.network.parameters;
    for (let j = 0; j < weights[1].rows; j++)
      expect([...weights[1].data.subarray(j * 11 + 6, (j + 1) * 11)]).toEqual([0, 0, 0, 0, 0]);
    expect(zero.optimiser.second?.weights[0].data.subarray(72).every((v) => v > 0)).toBe(true);
    const off = adaptNetwork(state, RULE, { transport: 'off' }).state;
    expect(off.optimiser.first.weights[0].data.every((v) => v === 0)).toBe(true);
  });

  it('counts exactly where θ is below or beside what the fast singular values can tell', () => {
    const counted = (inputs: number, sigma: number[], theta: number, countMissing = true): number => {
      const { state } = withSpectra([8], inputs, [sigma]);
      return adaptNetwork(state, { ...RULE, theta, countMissing }).decisions[0].count;
    };
    const faint = [1, 1, 1, 1, 1, 1e-12, 0, 0];
    expect([0, 1e-11, 0.5].map((theta) => counted(12, faint, theta))).toEqual([2, 3, 3]);
    // Three units lie just above θ, nearer than the rounding of a Gram matrix of σ_max = 1.
    const theta = 1e-5;
    expect(
      counted(
        12,
        [1, 1, 1, 1, 1, theta, theta, theta].map((s) => (s < 1 ? s + 2e-14 : s)),
        theta,
      ),
    ).toBe(0);
    expect(
      counted(
        12,
        [1, 1, 1, 1, 1, theta, theta, theta].map((s) => (s < 1 ? s - 2e-14 : s)),
        theta,
      ),
    ).toBe(3);
    const tall = [1, 1, 1, 1, 0.2];
    expect([counted(5, tall, 0.5), counted(5, tall, 0.5, false)]).toEqual([4, 1]);
  });

  it('tells the σ that decided as accurately as a removal does, whether units come or go', () => {
    const sigma = [1, 1, 1, 3e-5, 2e-8, 1e-9, 0, 0];
    const { state } = withSpectra([8], 12, [sigma]);
    for (const scaffold of [2, 7]) {
      const [{ sigmas, change }] = adaptNetwork(state, { ...RULE, scaffold }).decisions;
      expect(change).toBe(scaffold - 5);
      sigmas.forEach((s, i) => {
        expect(Math.abs(s - sigma[3 + i])).toBeLessThan(1e-14);
      });
    }
  });

  it('removes what a removal by itself would remove, from one decomposition', () => {
    const sigma = [3, 2, 1, 0.09, 0.08, 0.05, 0.02, 0.01];
    const { state } = withSpectra([8, 5], 12, [sigma]);
    const round = adaptNetwork(state, { ...RULE, scaffold: 2, layers: [0] });
    const alone = removeNeurons(state, { layer: 0, count: 3, where: 'exact' });
    expect(round.state).toEqual(alone.state);
    const parts = svd(state.network.parameters.weights[0]);
    expect(removeNeurons(state, { layer: 0, count: 3, where: 'exact', parts })).toEqual(alone);
  });

  it('leaves out layers that rest, are switched off, or lie at parallel paths', () => {
    const { spec } = exampleState({ hidden: [6, 5, 4] }).state.network;
    expect(adaptingLayers(spec)).toEqual([2, 1, 0]);
    expect(adaptingLayers(spec, [0, 2])).toEqual([2, 0]);
    const last = new Map([
      [0, 90],
      [2, 95],
    ]);
    expect(layersPastCooldown(spec, null, 100, 10, last)).toEqual([1, 0]);
    expect(layersPastCooldown(spec, [2], 105, 10, last)).toEqual([2]);
    expect(layersPastCooldown(spec, null, 95, 0, last)).toEqual([2, 1, 0]);
    const divided = twoPathways(6, [5, 3, 4, 2], 3);
    expect(adaptingLayers(divided)).toEqual([]);
    const network = seededStart(divided, 'he', 1, () => 0);
    expect(adaptNetwork(initialTrainingState(network, 'adam'), RULE).decisions).toEqual([]);
  });
});
