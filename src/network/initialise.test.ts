import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../configuration/schema';
import { initialNetwork, initialTrainingState, initialWeights, softmaxRegression } from './initialise';
import { multiplyMatrices, transposeMatrix } from './linearAlgebra';
import type { Matrix } from './network';

/** max |A·Aᵀ − I| over the shorter side. */
function orthonormality(a: Matrix): number {
  const wide = a.rows <= a.cols ? a : transposeMatrix(a);
  const gram = multiplyMatrices(wide, transposeMatrix(wide));
  return gram.data.reduce((worst, v, i) => Math.max(worst, Math.abs(v - (i % (gram.cols + 1) ? 0 : 1))), 0);
}

describe('initialisation', () => {
  it.each([
    [12, 30],
    [30, 12],
    [9, 9],
    [1, 5],
    [5, 1],
    [128, 784],
  ])('orthogonal %d×%d is orthonormal', (rows, cols) => {
    expect(orthonormality(initialWeights('orthogonal', rows, cols, 3, 0))).toBeLessThan(1e-13);
  });

  it('draws Xavier and He with their variances', () => {
    const variance = (kind: 'xavier' | 'he'): number =>
      initialWeights(kind, 100, 300, 5, 1).data.reduce((sum, v) => sum + v * v, 0) / 30000;
    expect(variance('xavier') / (2 / 400)).toBeCloseTo(1, 1);
    expect(variance('he') / (2 / 300)).toBeCloseTo(1, 1);
  });

  it('has no preferred direction: the mean entry of many orthogonal draws vanishes', () => {
    let sum = 0;
    for (let seed = 0; seed < 400; seed++) sum += initialWeights('orthogonal', 3, 3, seed, 0).data[0];
    expect(Math.abs(sum / 400)).toBeLessThan(0.1);
  });

  it('gives the same matrices to isotropic and elementwise networks of one seed, others to another', () => {
    const weights = (change: Partial<typeof DEFAULT_CONFIGURATION>): number[] => [
      ...initialNetwork({ ...DEFAULT_CONFIGURATION, hidden: [8, 6], ...change }, 20, 10).parameters.weights[1]
        .data,
    ];
    expect(weights({ activation: 'tanh' })).toEqual(weights({}));
    expect(weights({ seed: 8 })).not.toEqual(weights({}));
    // A layer's stream does not depend on how much another layer drew.
    expect(weights({ hidden: [8, 6, 5] })).toEqual(weights({}));
  });

  it('starts with zero biases and ψ, o as configured, modes off on elementwise layers', () => {
    const network = initialNetwork({ ...DEFAULT_CONFIGURATION, hidden: [8, 6, 5], o: [0.5, 2] }, 20, 10);
    expect([...network.parameters.o]).toEqual([0.5, 2, 2]);
    expect(network.parameters.psi.map((p) => p.length)).toEqual([6, 5, 10]);
    expect(network.parameters.biases.every((b) => b.every((v) => v === 0))).toBe(true);
    const control = initialNetwork({ ...DEFAULT_CONFIGURATION, activation: 'tanh' }, 20, 10);
    expect(control.spec.hidden.every((l) => l.o === 'off' && l.psi === 'off')).toBe(true);
    expect([...control.parameters.o]).toEqual([0, 0]);
  });

  it('gives SGD one moment and Adam two', () => {
    const network = softmaxRegression(5, 3);
    expect(initialTrainingState(network, 'sgd').optimiser.second).toBeNull();
    expect(initialTrainingState(network, 'adamw').optimiser.second?.weights[0].data).toHaveLength(15);
  });
});
