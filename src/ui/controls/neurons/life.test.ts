import { describe, expect, it } from 'vitest';
import type { EvaluationPoint } from '../../../worker/protocol';
import { networkViability } from './networkViability';

const point = (accuracy: number, step: number, units: number[][]): EvaluationPoint => ({
  runner: 'main',
  step,
  n: 1000,
  accuracy,
  loss: 2.3,
  energy: 0,
  layerEnergy: [],
  squaredNorms: [],
  unitMeanSquare: units.map((layer) => Float32Array.from(layer)),
  aliveUnits: 1,
});

describe('what λ has done to a network', () => {
  it('is dead when one whole layer is off, and says which', () => {
    expect(
      networkViability(
        point(0.1, 500, [
          [1, 2],
          [0, 1e-13],
        ]),
        10,
        10,
      ),
    ).toEqual({ state: 'dead', layer: 1 });
    expect(
      networkViability(
        point(0.8, 500, [
          [0, 2],
          [0, 3],
        ]),
        10,
        10,
      ),
    ).toEqual({ state: 'alive' });
  });

  it('is silenced at chance accuracy under λ, but not at its very start or without λ', () => {
    expect(networkViability(point(0.12, 500, [[1]]), 10, 10).state).toBe('silenced');
    expect(networkViability(point(0.12, 5, [[1]]), 10, 10).state).toBe('alive');
    expect(networkViability(point(0.12, 500, [[1]]), 0, 10).state).toBe('alive');
    expect(networkViability(undefined, 10, 10).state).toBe('alive');
  });
});
