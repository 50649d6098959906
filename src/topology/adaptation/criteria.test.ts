import { describe, expect, it } from 'vitest';
import { criterionId, type CriterionId } from '../ids';
import { cloneNetwork, type Network } from '../../network/network';
import { crossEntropy, referenceForward } from '../../network/reference';
import { networkInBasis } from '../operations/basis';
import { allSigma, chosenUnits, removalScores } from './criteria';
import { applyOperation } from '../operations/operations';
import { svd } from '../linear/svd';
import { networkDeviation, exampleState, setSmallSigma } from '../testing';
import type { Operation, ProbeInputs } from '../types';

const by = (criterion: CriterionId | undefined, count: number, seed?: number): Operation => ({
  kind: 'remove',
  layer: 0,
  count,
  where: 'exact',
  criterion,
  seed,
});

function scores(criterion: CriterionId, network: Network, layer: number, probe?: ProbeInputs): Float64Array {
  return removalScores(criterion, {
    network,
    layer,
    parts: svd(network.parameters.weights[layer]),
    probe,
    seed: 1,
  });
}

describe('scores of the units of the diagonal basis', () => {
  it('gradient: |∂L/∂σ| by central differences of the rebuilt matrix', () => {
    const { state, ...probe } = exampleState({ hidden: [6, 5], inputs: 9, seed: 3 });
    for (const layer of [0, 1]) {
      const { r, sigma, qt } = svd(state.network.parameters.weights[layer]);
      const found = scores('gradient', state.network, layer, probe);
      const loss = (unit: number, by: number): number => {
        const shifted = cloneNetwork(state.network);
        const { data, rows, cols } = shifted.parameters.weights[layer];
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < cols; j++)
            data[i * cols + j] += by * r.data[i * rows + unit] * qt.data[unit * cols + j];
        return crossEntropy(referenceForward(shifted, probe.x, probe.n).logits, probe.labels, probe.n, 4)
          .loss;
      };
      sigma.forEach((_, i) => {
        expect(found[i]).toBeCloseTo(Math.abs(loss(i, 1e-5) - loss(i, -1e-5)) / 2e-5, 8);
      });
    }
  });

  it('energy: mean of (s·zᵢ)² in that basis; gradient: 0 for units beyond the inputs', () => {
    const { state, ...probe } = exampleState({ hidden: [9, 5], inputs: 6, seed: 4 });
    const { r } = svd(state.network.parameters.weights[0]);
    const pass = referenceForward(networkInBasis(state.network, 0, r), probe.x, probe.n);
    const found = scores('energy', state.network, 0, probe);
    for (let i = 0; i < 9; i++) {
      let sum = 0;
      for (let b = 0; b < probe.n; b++) sum += (pass.s[0][b] * pass.z[0][b * 9 + i]) ** 2;
      expect(found[i]).toBeCloseTo(sum / probe.n, 12);
    }
    // One more truth: the energies of all units add up to the mean of ‖h‖², which no basis changes.
    const { h } = referenceForward(state.network, probe.x, probe.n);
    expect(found.reduce((a, b) => a + b)).toBeCloseTo(h[0].reduce((a, v) => a + v * v, 0) / probe.n, 12);
    expect([...scores('gradient', state.network, 0, probe).subarray(6)]).toEqual([0, 0, 0]);
  });

  it('sigma and sigma·outgoing', () => {
    const { state } = exampleState({ hidden: [6, 5], inputs: 9 });
    const parts = svd(state.network.parameters.weights[0]);
    expect(scores('sigma', state.network, 0)).toEqual(allSigma(parts));
    const out = networkInBasis(state.network, 0, parts.r).parameters.weights[1];
    scores('sigma-outgoing', state.network, 0).forEach((score, i) => {
      const column = Array.from({ length: 5 }, (_, j) => out.data[j * 6 + i]);
      expect(score).toBeCloseTo(parts.sigma[i] * Math.hypot(...column), 12);
    });
  });

  it('choose the smallest, the later of equals, among the candidates only', () => {
    const list = Float64Array.from([3, 1, 2, 2, 5]);
    expect(chosenUnits(list, 3)).toEqual([1, 3, 2]);
    expect(chosenUnits(list, 2, 2)).toEqual([3, 4]);
  });
});

describe('removal by criterion', () => {
  it.each(criterionId.options)(
    '%s: keeps the promise, the order of the rest, and says which σ went',
    (criterion) => {
      const { state, ...probe } = exampleState({ hidden: [8, 6], inputs: 12, seed: 5 });
      const found = scores(criterion, state.network, 0, probe);
      const { sigma } = svd(state.network.parameters.weights[0]);
      const result = applyOperation(state, by(criterion, 3, 1), { probe });
      const chosen = chosenUnits(found, 3);
      expect(result.sigmaRemoved).toEqual(chosen.map((i) => sigma[i]));
      expect(result.promise).toBe('first-order');
      const w = result.state.network.parameters.weights[0];
      const rest = [...sigma].filter((_, i) => !chosen.includes(i));
      rest.forEach((s, i) => {
        expect(Math.hypot(...w.data.subarray(i * w.cols, (i + 1) * w.cols))).toBeCloseTo(s, 12);
      });
    },
  );

  describe.each(criterionId.options)('%s', (criterion) => {
    // Five of eight units are null: three can go for nothing, six cannot. A criterion other than σ may even take one of the other three first.
    const { state, ...probe } = exampleState({ hidden: [8, 6], inputs: 12, seed: 6 });
    setSmallSigma(state.network, 0, 5, 0);
    const removed = (count: number) => {
      const result = applyOperation(state, by(criterion, count, 3), { probe });
      const deviation = networkDeviation(state.network, result.state.network, probe.x, probe.labels);
      const inert = result.sigmaRemoved.every((sigma) => sigma === 0);
      return { inert, promise: result.promise, epsilon: deviation.epsilonScaledPercent };
    };

    it('promises to be exact if and only if every unit that goes is inert', () => {
      const few = removed(3);
      expect(few.promise).toBe(few.inert ? 'exact' : 'first-order');
      expect(few.epsilon < 1e-9).toBe(few.inert);
      expect(few.inert || !criterion.startsWith('sigma')).toBe(true);
    });

    it('promises less where units go that the network uses', () => {
      const many = removed(6);
      expect(many.inert).toBe(false);
      expect(many.promise).toBe('first-order');
      expect(many.epsilon).toBeGreaterThan(1e-3);
    });
  });

  it('default is σ; random repeats with its seed and differs without', () => {
    const { state } = exampleState({ hidden: [12, 6], inputs: 14 });
    expect(applyOperation(state, by(undefined, 3))).toEqual(applyOperation(state, by('sigma', 3)));
    expect(applyOperation(state, by('random', 3, 7))).toEqual(applyOperation(state, by('random', 3, 7)));
    const drawn = new Set(
      [1, 2, 3, 4].map((seed) => applyOperation(state, by('random', 3, seed)).sigmaRemoved.join()),
    );
    expect(drawn.size).toBeGreaterThan(1);
  });

  it.each(['gradient', 'energy'] as const)('%s says so when it has no images to look at', (criterion) => {
    const { state, x, labels } = exampleState({ hidden: [8, 6] });
    expect(() => applyOperation(state, by(criterion, 1))).toThrow(/needs a set of probe images/);
    expect(() => applyOperation(state, by(criterion, 1), { probe: { x, labels, n: 0 } })).toThrow(
      /probe images/,
    );
  });
});
