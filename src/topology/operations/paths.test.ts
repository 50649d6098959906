import { describe, expect, it } from 'vitest';
import { identityMatrix } from '../../network/linearAlgebra';
import { seededRandom } from '../../network/random';
import { networkInBasis } from './basis';
import { basisTargets } from './diagonalise';
import { applyOperation } from './operations';
import { determinantSign, flipColumn, randomRotation } from '../linear/orthogonal';
import { basisPath, givensPath, rotationAt } from './paths';
import { networkDeviation, exampleState, orthogonalityError } from '../testing';

const apart = (a: Float64Array, b: Float64Array): number =>
  a.reduce((top, v, i) => Math.max(top, Math.abs(v - b[i])), 0);

describe('paths of bases', () => {
  it.each([2, 3, 8, 64])('reach a random rotation of size %d through orthogonal matrices', (n) => {
    const r = randomRotation(n, 5);
    expect(determinantSign(r)).toBe(1);
    const path = givensPath(r);
    expect(rotationAt(path, 0).data).toEqual(identityMatrix(n).data);
    expect(apart(rotationAt(path, 1).data, r.data)).toBeLessThan(1e-12);
    const rng = seededRandom(n, 'path');
    for (let i = 0; i < 5; i++)
      expect(orthogonalityError(rotationAt(path, rng.uniform()))).toBeLessThan(1e-12);
  });

  it('have small steps: no jump between neighbouring frames', () => {
    const path = givensPath(randomRotation(16, 1));
    let last = rotationAt(path, 0);
    for (let i = 1; i <= 120; i++) {
      const next = rotationAt(path, i / 120);
      expect(apart(next.data, last.data)).toBeLessThan(0.35);
      last = next;
    }
  });

  it('handle a half turn and refuse reflections and other matrices', () => {
    const half = identityMatrix(4);
    flipColumn(half, 1);
    flipColumn(half, 2);
    expect(apart(rotationAt(givensPath(half), 1).data, half.data)).toBeLessThan(1e-15);
    flipColumn(half, 3);
    expect(() => givensPath(half)).toThrow(/determinant/);
    const stretched = identityMatrix(3);
    stretched.data[8] = 2;
    expect(() => givensPath(stretched)).toThrow(/orthogonal/);
  });

  it.each([
    [[8, 6], 7],
    [[6, 8], 7],
    [[7, 7], 7],
  ])('end where full diagonalisation ends, for widths %j', (hidden, inputs) => {
    for (let seed = 0; seed < 8; seed++) {
      const { state } = exampleState({ hidden, inputs, seed });
      const operation = { kind: 'full', layer: 1 } as const;
      const { r, q } = basisTargets(state.network, operation);
      expect([determinantSign(r), q && determinantSign(q)]).toEqual([1, 1]);
      const end = basisPath(state.network, operation).at(1);
      const reached = networkInBasis(state.network, 1, end.r, end.q).parameters;
      const applied = applyOperation(state, operation).state.network.parameters;
      for (const l of [0, 1, 2]) {
        expect(apart(reached.weights[l].data, applied.weights[l].data)).toBeLessThan(1e-11);
        expect(apart(reached.biases[l], applied.biases[l])).toBeLessThan(1e-11);
      }
    }
  });

  it('keep the isotropic function at every moment, while the elementwise control sags', () => {
    const residual = (activation: 'isotropic-tanh' | 'tanh', t: number): number => {
      const { state, x, labels } = exampleState({ hidden: [16, 12], inputs: 20, activation });
      const { r, q } = basisPath(state.network, { kind: 'left', layer: 0 }).at(t);
      return networkDeviation(state.network, networkInBasis(state.network, 0, r, q), x, labels).maxAbsLogit;
    };
    const rng = seededRandom(1, 'moments of a path');
    for (let i = 0; i < 8; i++) expect(residual('isotropic-tanh', rng.uniform())).toBeLessThan(1e-12);
    expect(residual('tanh', 0)).toBe(0);
    expect(residual('tanh', 0.5)).toBeGreaterThan(1e-2);
  });
});
