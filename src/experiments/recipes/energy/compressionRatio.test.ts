import { expect, describe, it } from 'vitest';
import type { Network } from '../../../network/network';
import type { ForwardPass } from '../../../network/reference';
import { madeUpResults } from '../../testing';
import { compressionRatio, compressionRatios, ratioLines } from './compressionRatio';

describe('compression-ratio', () => {
  it('counts directions: two in layer 1 for one in layer 2 is a ratio of 2', () => {
    const layer = (width: number) => ({
      width: 2 * width,
      paths: [
        { width, activation: 'relu', from: null },
        { width, activation: 'tanh', from: null },
      ],
    });
    const network = { spec: { hidden: [layer(2), layer(1)] } } as unknown as Network;
    // Neuronal: unit variance in each of two directions, then in one; glial: silent second units in both layers.
    const first = [1, 0, 1, 0, -1, 0, -1, 0, 0, 1, 0, 0, 0, -1, 0, 0];
    const second = [1, 1, -1, -1, 0, 0, 0, 0];
    const pass = { n: 4, h: [Float64Array.from(first), Float64Array.from(second)] } as unknown as ForwardPass;
    const found = compressionRatios(network, pass);
    expect(found.neuronal).toBeCloseTo(2, 12);
    expect(found.glial).toBeCloseTo(1, 12);
    expect(found.width).toBe(2);
    expect(found.active).toBeCloseTo(2, 12);
  });

  it('finds the line that the runs lie on, seed by seed', () => {
    const runs = madeUpResults(compressionRatio, ({ f, seed }) => ({
      metrics: { ratio: 0.68 * Number(f.glia) + 0.1 * seed },
    }));
    const lines = ratioLines(runs, 'ratio');
    expect(lines).toHaveLength(compressionRatio.minimumSeeds);
    lines.forEach(({ slope, intercept, r2 }, seed) => {
      expect(slope).toBeCloseTo(0.68, 12);
      expect(intercept).toBeCloseTo(0.1 * seed, 12);
      expect(r2).toBeCloseTo(1, 12);
    });
  });
});
