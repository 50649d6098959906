import { describe, expect, it } from 'vitest';
import { fitAxis } from '../geometry/unitAxis';
import { binLargest, largestIndices, rowNorms, steadyLargest } from './bars';
import { unitPatterns } from '../samples/patterns';
import { rasterise } from '../samples/raster';
import type { HiddenSpec, NetworkSpec } from '../../../network/spec';
import { COLOUR_STEPS } from '../paint/signedColours';

const dense = (width: number): HiddenSpec => ({ width, o: 'off', psi: 'off' });

describe('bars', () => {
  it('are row norms', () => {
    expect(Array.from(rowNorms([3, 4, 0, 0, 5, 12], 3, 2))).toEqual([5, 0, 13]);
  });
  it('bin by largest magnitude, keeping the sign', () => {
    expect(Array.from(binLargest([1, -3, 2, 0.5, -0.1], 2))).toEqual([-3, 2, -0.1]);
  });
});

describe('steadyLargest', () => {
  it('orders the largest first at the start', () => {
    expect(largestIndices([1, 5, 3, 5], 3)).toEqual([1, 3, 2]);
    expect(steadyLargest([], [1, 5, 3], 2)).toEqual([1, 2]);
  });
  it('keeps nearly equal units in their places', () => {
    expect(steadyLargest([0, 1], [1, 1.02, 1.05], 2)).toEqual([0, 1]);
  });
  it('replaces a unit that is clearly overtaken, in its place', () => {
    expect(steadyLargest([0, 1], [1, 1.02, 3], 2)).toEqual([0, 1]);
    expect(steadyLargest([0, 1], [1, 2, 3], 2)).toEqual([2, 1]);
  });
  it('starts anew when fewer units are left', () => {
    expect(steadyLargest([3, 1, 0], [1, 2], 3)).toEqual([1, 0]);
  });
});

describe('rasterise', () => {
  const colours = Uint32Array.from({ length: 2 * COLOUR_STEPS + 1 }, (_, i) => i);
  const w = Float32Array.from([1, 2, 3, -4, 5, -6]); // [2 outputs, 3 inputs]
  it('draws the transpose: inputs down, outputs across', () => {
    const r = rasterise(w, 3, true, fitAxis(3, 0, 30, 0), fitAxis(2, 0, 30, 0), 6, colours);
    expect([r.width, r.height]).toEqual([2, 3]);
    const at = (v: number): number => COLOUR_STEPS + Math.round((v / 6) * COLOUR_STEPS);
    expect(Array.from(r.pixels)).toEqual([1, -4, 2, 5, 3, -6].map(at));
  });
  it('bins several units to a slot by largest magnitude', () => {
    const binned = { n: 3, frame: 3, perSlot: 2, pitch: 1, start: 0 };
    const r = rasterise(w, 3, true, binned, fitAxis(2, 0, 30, 0), 6, colours);
    const at = (v: number): number => COLOUR_STEPS + Math.round((v / 6) * COLOUR_STEPS);
    expect(Array.from(r.pixels)).toEqual([2, 5, 3, -6].map(at));
  });
});

describe('patternsOf', () => {
  it('is the row of W for the first layer and the product of the linear parts beyond', () => {
    const w0 = Float32Array.from([1, 2, 0, -1]); // 2×2
    const w1 = Float32Array.from([3, 1]); // 1×2
    const spec: NetworkSpec = { inputs: 2, outputs: 1, activation: 'relu', hidden: [dense(2), dense(1)] };
    expect(unitPatterns(spec, [w0], 0, [1])).toEqual({ base: -1, values: [Float32Array.from([0, -1])] });
    expect(Array.from(unitPatterns(spec, [w0, w1], 1, [0]).values[0])).toEqual([3, 5]);
  });
});
