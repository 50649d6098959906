import { describe, expect, it } from 'vitest';
import type { RidgeSample } from '../../../store/series/ridgeSamples';
import { biasAxis, ridgeHeights, RIDGE_RESOLUTION, ridgesOf, sigmaAxis } from './ridges';

const moment = (step: number, sigma: number[], bias: number[] = [0]): RidgeSample => ({
  step,
  layers: [{ sigma: Float64Array.from(sigma), bias: Float32Array.from(bias) }],
});
const peaks = (heights: Float64Array): number[] =>
  Array.from(heights.keys()).filter(
    (k) => heights[k] > 0.5 && heights[k] > (heights[k - 1] ?? 0) && heights[k] >= (heights[k + 1] ?? 0),
  );

describe('ridges', () => {
  it('a hundred equal values and one apart are two peaks, ten to one', () => {
    const heights = ridgeHeights([...Array<number>(100).fill(0.25), 0.75], (v) => v);
    expect(peaks(heights)).toEqual([0.25 * RIDGE_RESOLUTION, 0.75 * RIDGE_RESOLUTION]);
    expect(heights[0.25 * RIDGE_RESOLUTION]).toBeCloseTo(10, 6);
    expect(heights[0.75 * RIDGE_RESOLUTION]).toBeCloseTo(1, 6);
  });

  it('the σ axis is logarithmic, marks 1 and holds every moment', () => {
    const moments = [moment(0, [1, 1]), moment(10, [8, 0.2, 0])];
    const axis = sigmaAxis(moments, 0);
    expect(axis.scale.ticks.map(({ label }) => label)).toContain('1');
    expect(axis.share(8)).toBeLessThan(1);
    expect(axis.share(0.2)).toBeGreaterThan(0);
    expect(axis.share(0)).toBe(0);
    expect(axis.share(4) - axis.share(2)).toBeCloseTo(axis.share(2) - axis.share(1), 12);
  });

  it('the bias axis is symmetric, and exists while all biases are 0', () => {
    const axis = biasAxis([moment(0, [1], [-0.3, 0.1])], 0);
    expect(axis.share(0)).toBe(0.5);
    expect(axis.share(-0.3)).toBeGreaterThan(0);
    const empty = biasAxis([moment(0, [1], [0, 0])], 0).scale;
    expect(empty.domain[1]).toBeGreaterThan(0);
    expect(empty.ticks.map(({ value }) => value)).toContain(0);
  });

  it('marks the ridge that follows a change of classes', () => {
    const moments = [moment(0, [1]), moment(50, [1]), moment(100, [2])];
    const pin = { id: 1, step: 50, kind: 'classes' as const, label: '', report: null };
    const ridges = ridgesOf(moments, (m) => m.layers[0].sigma, sigmaAxis(moments, 0), [pin]);
    expect(ridges.map(({ classes }) => classes)).toEqual([false, false, true]);
  });
});
