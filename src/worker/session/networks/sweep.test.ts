import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../../configuration/schema';
import { initialNetwork, initialTrainingState } from '../../../network/initialise';
import { sweepSettings, withHeldLength } from './sweep';

describe('sweeps', () => {
  it('lays a map out row by row, λ outermost', () => {
    expect(sweepSettings({ kind: 'map', lambdas: [0, 1], os: [0.1, 10] })).toEqual([
      { lambda: 0, o: 0.1 },
      { lambda: 0, o: 10 },
      { lambda: 1, o: 0.1 },
      { lambda: 1, o: 10 },
    ]);
    expect(sweepSettings({ kind: 'ladder', lambdas: [0, 0.1] })).toEqual([
      { lambda: 0, o: null },
      { lambda: 0.1, o: null },
    ]);
  });

  it('refuses values out of range and too many copies, in words', () => {
    expect(() => sweepSettings({ kind: 'ladder', lambdas: [-1] })).toThrow('between 1e-6 and 1e4');
    expect(() => sweepSettings({ kind: 'ladder', lambdas: [] })).toThrow('copies');
    expect(() => sweepSettings({ kind: 'ladder', lambdas: Array<number>(65).fill(0) })).toThrow('65');
  });

  it('holds o of a copy and leaves the original alone; says why where there is none', () => {
    const isotropic = initialTrainingState(
      initialNetwork({ ...DEFAULT_CONFIGURATION, hidden: [8, 4] }, 16, 3),
      'adam',
    );
    const held = withHeldLength(isotropic, 100);
    expect([...held.network.parameters.o]).toEqual([100, 100]);
    expect(held.network.spec.hidden.map((layer) => layer.o)).toEqual(['fixed', 'fixed']);
    expect(isotropic.network.spec.hidden[0].o).toBe('trained');
    expect(isotropic.network.parameters.o[0]).toBeCloseTo(1e-6);
    const relu = initialTrainingState(
      initialNetwork({ ...DEFAULT_CONFIGURATION, hidden: [8], activation: 'relu' }, 16, 3),
      'adam',
    );
    expect(() => withHeldLength(relu, 1)).toThrow('isotropic');
  });
});
