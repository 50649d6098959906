import { describe, expect, it } from 'vitest';
import { magnitudeQuantile, niceCeil, ScaleSet, SteadyScale } from './steadyScale';

describe('niceCeil', () => {
  it('rounds up to a step a reader can remember', () => {
    expect([0.137, 1, 1.01, 2.3, 9, 0.00042, 84].map(niceCeil)).toEqual([0.15, 1, 1.2, 2.5, 10, 0.0005, 100]);
    expect([0, -1, NaN, Infinity].map(niceCeil)).toEqual([0, 0, 0, 0]);
  });
});

describe('magnitudeQuantile', () => {
  it('is the quantile of magnitudes', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i % 2 ? i : -i));
    expect(magnitudeQuantile(values, 0.99)).toBe(990);
    expect(magnitudeQuantile([], 0.99)).toBe(0);
  });
  it('samples large matrices evenly', () => {
    const values = Float32Array.from({ length: 1_000_000 }, (_, i) => i);
    expect(magnitudeQuantile(values, 0.99) / 990_000).toBeCloseTo(1, 3);
  });
});

describe('SteadyScale', () => {
  it('grows with its data, shrinks only when they fill little of it', () => {
    const scale = new SteadyScale();
    expect(scale.follow(0.9, false)).toBe(1);
    expect(scale.follow(1.1, false)).toBe(1.2);
    expect(scale.follow(0.9, false)).toBe(1.2);
    expect(scale.follow(0.5, false)).toBe(0.5);
  });
  it('stands still while frozen, but never starts empty', () => {
    const scale = new SteadyScale();
    expect(scale.follow(2, true)).toBe(2);
    expect(scale.follow(40, true)).toBe(2);
    expect(scale.follow(0.01, true)).toBe(2);
    expect(scale.follow(40, false)).toBe(40);
    expect(scale.follow(0, false)).toBe(40);
    expect(new SteadyScale().follow(0, false)).toBe(1);
  });
  it('has one scale per name', () => {
    const scales = new ScaleSet();
    scales.follow('a', 5, false);
    expect(scales.follow('b', 1, false)).toBe(1);
    expect(scales.follow('a', 4, true)).toBe(5);
    scales.reset();
    expect(scales.follow('a', 1, true)).toBe(1);
  });
});
