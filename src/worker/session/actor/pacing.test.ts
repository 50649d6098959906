import { describe, expect, it } from 'vitest';
import { GpuTimeMeter } from './pacing';

describe('GPU meter', () => {
  it('weighs reads by their steps, the newer more, and has nothing to say before the first', () => {
    const meter = new GpuTimeMeter();
    meter.add(null);
    expect(meter.msPerStep).toBeNull();
    meter.add({ milliseconds: 6, steps: 3 });
    expect(meter.msPerStep).toBeCloseTo(2, 12);
    // A read too short for the timestamps counts with its steps.
    meter.add({ milliseconds: 0, steps: 1 });
    expect(meter.msPerStep).toBeCloseTo((0.8 * 6) / (0.8 * 3 + 1), 12);
    meter.clear();
    expect(meter.msPerStep).toBeNull();
    meter.add({ milliseconds: 0, steps: 4 });
    expect(meter.msPerStep).toBe(0);
  });
});
