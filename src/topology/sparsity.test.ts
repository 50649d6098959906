import { describe, expect, it } from 'vitest';
import { parameterCount, type TrainingState } from '../network/network';
import { initialTrainingState, seededStart } from '../network/initialise';
import { referenceForward } from '../network/reference';
import { exampleOf, twoPathways } from '../network/testing';
import { applyOperation } from './operations/operations';
import { sparsifiable } from './operations/sparsify';
import { removedByDiagonalising } from './analysis/counts';
import { nonZeroParameters, ZERO_THRESHOLD } from './sparsity';
import { networkDeviation, exampleState } from './testing';

const SPARSIFY = { kind: 'sparsify', layer: 0 } as const;
const ZERO = { kind: 'zero-biases', layer: 0 } as const;

function isDiagonal(state: TrainingState, l: number): boolean {
  const { data, cols } = state.network.parameters.weights[l];
  return data.every((v, i) => v === 0 || i % cols === Math.floor(i / cols));
}

describe('sparsify', () => {
  it.each([
    [[6, 5], [1]],
    [[6, 5, 7], [1]],
    [
      [6, 5, 7, 4],
      [1, 3],
    ],
    [
      [5, 5, 5, 5, 5],
      [1, 3],
    ],
    [
      [6, 6, 4, 6, 7, 5],
      [1, 3, 5],
    ],
  ])('makes every second matrix of %j diagonal and changes nothing', (hidden, diagonal) => {
    for (const psi of ['decay', 'off', 'fixed', 'expectation'] as const)
      for (const o of ['trained', 'off'] as const) {
        const { state, x, labels } = exampleState({ hidden, o, psi });
        const { state: next, promise } = applyOperation(state, SPARSIFY);
        expect(promise).toBe('exact');
        expect(sparsifiable(state.network.spec)).toEqual(diagonal);
        diagonal.forEach((l) => {
          expect(isDiagonal(next, l)).toBe(true);
        });
        expect(networkDeviation(state.network, next.network, x, labels).epsilonScaledPercent).toBeLessThan(
          1e-9,
        );
        // Counted, it is what the closed form says: no other entry of a random network is 0.
        const total = parameterCount(state.network.spec);
        expect(nonZeroParameters(state.network, 0)).toBe(total);
        expect(nonZeroParameters(next.network, 0)).toBe(total - removedByDiagonalising(state.network.spec));
      }
  });

  it('breaks the elementwise control, and says what it needs', () => {
    const { state, x, labels } = exampleState({ hidden: [6, 5], activation: 'tanh' });
    const { state: next, promise } = applyOperation(state, SPARSIFY);
    expect(promise).toBe('none');
    expect(networkDeviation(state.network, next.network, x, labels).epsilonScaledPercent).toBeGreaterThan(1);
    expect(() => applyOperation(exampleState({ hidden: [6] }).state, SPARSIFY)).toThrow(
      /two hidden layers or more/,
    );
    const divided = seededStart(twoPathways(6, [5, 3, 4, 2], 3), 'he', 1, () => 0);
    for (const operation of [SPARSIFY, ZERO])
      expect(() => applyOperation(initialTrainingState(divided, 'adam'), operation)).toThrow(/paths/);
  });

  it('takes the optimiser along as transport says', () => {
    const { state } = exampleState({ hidden: [6, 5, 4, 4] });
    const off = applyOperation(state, SPARSIFY, { transport: 'off' }).state.optimiser;
    expect([0, 1, 2, 3].every((l) => off.first.weights[l].data.every((m) => m === 0))).toBe(true);
    const squares = (v: Float64Array): number => v.reduce((sum, m) => sum + m * m, 0);
    const both = applyOperation(state, SPARSIFY).state.optimiser;
    for (const l of [0, 1, 2, 3, 4])
      expect(squares(both.first.weights[l].data)).toBeCloseTo(
        squares(state.optimiser.first.weights[l].data),
        9,
      );
  });
});

describe('zero-biases', () => {
  it('leaves a network whose argmax is that of one matrix, at any depth', () => {
    for (const hidden of [[6], [6, 5], [5, 7, 6, 5]]) {
      const { state, x, n } = exampleState({ hidden, psi: 'decay', inputs: 9, n: 200, seed: hidden.length });
      const { state: next, promise } = applyOperation(state, ZERO);
      expect(promise).toBe('none');
      const { biases, psi, weights } = next.network.parameters;
      expect([...biases, ...psi].every((v) => v.every((b) => b === 0))).toBe(true);
      const { logits } = referenceForward(next.network, x, n);
      for (let b = 0; b < n; b++) {
        let product: number[] = [...x.subarray(b * 9, (b + 1) * 9)];
        for (const w of weights)
          product = Array.from({ length: w.rows }, (_, i) =>
            product.reduce((sum, v, j) => sum + w.data[i * w.cols + j] * v, 0),
          );
        const own = [...logits.subarray(b * 4, (b + 1) * 4)];
        expect(own.indexOf(Math.max(...own))).toBe(product.indexOf(Math.max(...product)));
        // More than the argmax: the logits are the product times one positive number.
        const factor = own[0] / product[0];
        expect(factor).toBeGreaterThan(0);
        own.forEach((v, j) => {
          expect(v / (factor * product[j])).toBeCloseTo(1, 9);
        });
      }
    }
  });

  it('stops the momentum of what it zeroed, and keeps the rest', () => {
    const { state } = exampleState({ hidden: [6, 5] });
    const next = applyOperation(state, ZERO).state.optimiser;
    expect([...next.first.biases, ...next.first.psi].every((v) => v.every((m) => m === 0))).toBe(true);
    expect(next.first.weights).toEqual(state.optimiser.first.weights);
    expect(next.second).toEqual(state.optimiser.second);
    const off = applyOperation(state, ZERO, { transport: 'off' }).state.optimiser;
    expect(off.second?.biases.every((v) => v.every((m) => m === 0))).toBe(true);
    expect(off.second?.weights).toEqual(state.optimiser.second?.weights);
  });
});

describe('non-zero parameters', () => {
  it('count what parameterCount counts, above a threshold', () => {
    const { network } = exampleState({ hidden: [6, 5] }).state;
    expect(nonZeroParameters(network, 0)).toBe(parameterCount(network.spec));
    const { weights, biases, psi, o } = network.parameters;
    weights[0].data[3] = ZERO_THRESHOLD / 2;
    biases[1][0] = -ZERO_THRESHOLD;
    psi[1][2] = 0;
    expect(nonZeroParameters(network)).toBe(parameterCount(network.spec) - 3);
    expect(nonZeroParameters(network, ZERO_THRESHOLD / 4)).toBe(parameterCount(network.spec) - 1);
    // o is trained as log o: 1 counts as 0, the floor 1e-6 does not.
    o[0] = 1;
    o[1] = 1e-6;
    expect(nonZeroParameters(network, 0)).toBe(parameterCount(network.spec) - 2);
  });

  it('leave out o and ψ that are not trained, and what parallel paths do not have', () => {
    for (const mode of ['fixed', 'off'] as const) {
      const { network } = exampleState({ hidden: [6, 5], o: mode, psi: mode }).state;
      expect(nonZeroParameters(network, 0)).toBe(parameterCount(network.spec));
      expect(parameterCount(network.spec)).toBe(7 * 6 + 6 * 5 + 5 * 4 + 6 + 5 + 4);
    }
    const { network } = exampleOf(twoPathways(6, [5, 3, 4, 2], 3), 2);
    expect(nonZeroParameters(network, 0)).toBe(parameterCount(network.spec));
  });
});
