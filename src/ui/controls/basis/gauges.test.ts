import { describe, expect, it } from 'vitest';
import { ISOTROPIC_TANH } from '../../../activations/isotropicTanh';
import { layerGauges } from './gauges';

/** f along z: r ↦ tanh(√(o + r²))/√(o + r²)·r, differentiated numerically. */
const f = (r: number, o: number): number => (Math.tanh(Math.sqrt(o + r * r)) / Math.sqrt(o + r * r)) * r;
const slope = (r: number, o: number): number => (f(r + 1e-5, o) - f(r - 1e-5, o)) / 2e-5;

describe('gaugesOf', () => {
  it('radial is the derivative of the length, tangential the ratio of the lengths', () => {
    for (const r of [0.3, 1, 2, 4])
      for (const o of [1e-6, 0.5, 9]) {
        const { radial, tangential, length } = layerGauges(Float32Array.of(r * r), o, ISOTROPIC_TANH);
        expect(radial).toBeCloseTo(slope(r, o), 5);
        expect(tangential).toBeCloseTo(f(r, o) / r, 5);
        expect(length).toBeCloseTo(f(r, o), 5);
      }
  });

  it('gives the table of the closed form at o = 0: r = 3 leaves .332 across and .0099 along', () => {
    const { radial, tangential } = layerGauges(Float32Array.of(9), 0, ISOTROPIC_TANH);
    expect(tangential).toBeCloseTo(0.3317, 3);
    expect(radial).toBeCloseTo(0.00987, 4);
  });

  it('means over images; a large o takes them off the shell; nothing without images', () => {
    const norms = Float32Array.of(1, 400);
    const both = layerGauges(norms, 0, ISOTROPIC_TANH);
    expect(both.tangential).toBeCloseTo((Math.tanh(1) + 1 / 20) / 2, 4);
    expect(both.shell).toBe(0.5);
    expect(layerGauges(norms, 1e4, ISOTROPIC_TANH).shell).toBe(0);
    expect(layerGauges(norms, 1e4, ISOTROPIC_TANH).radial).toBeGreaterThan(0);
    expect(layerGauges(new Float32Array(), 1, ISOTROPIC_TANH).radial).toBeNaN();
  });
});
