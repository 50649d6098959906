import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RidgeSample, RidgeSamples, MAX_RIDGE_SAMPLES } from './ridgeSamples';

const at = (step: number): RidgeSample => ({
  step,
  layers: [{ sigma: Float64Array.of(step), bias: new Float32Array(1) }],
});
const steps = (moments: RidgeSamples): number[] => moments.all().map(({ step }) => step);

describe('Moments', () => {
  it('stay few, in order, from the first to the present, without a gap far wider than the others', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 600 }), (gaps) => {
        const moments = new RidgeSamples();
        let step = 0;
        moments.add(at(0));
        for (const gap of gaps) moments.add(at((step += gap)));
        const kept = steps(moments);
        expect(kept[0]).toBe(0);
        expect(kept.at(-1)).toBe(step);
        expect(kept.length).toBeLessThanOrEqual(MAX_RIDGE_SAMPLES + 1);
        const widest = Math.max(...kept.slice(1).map((s, i) => s - kept[i]));
        // A stride is at most a 24th of the run once moments have gone; each lands at most one gap late.
        expect(widest).toBeLessThanOrEqual(step / 12 + 60);
      }),
    );
  });

  it('undo forgets what came after, and goes on from there', () => {
    const moments = new RidgeSamples();
    for (let step = 0; step <= 40; step += 10) moments.add(at(step));
    moments.rewind(25);
    expect(steps(moments)).toEqual([0, 10, 20]);
    moments.add(at(26));
    expect(steps(moments)).toEqual([0, 10, 20, 26]);
  });

  it('stored moments stand in front of new ones', () => {
    const moments = new RidgeSamples();
    moments.add(at(50));
    moments.adopt([at(10), at(30), at(70)], 50);
    expect(steps(moments)).toEqual([10, 30, 50]);
  });
});
