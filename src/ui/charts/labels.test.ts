import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadLabels } from './labels';

describe('end labels', () => {
  it('stay where they are while they have room', () => {
    expect(spreadLabels([40, 10], 14, 0, 100)).toEqual([40, 10]);
  });

  it('part evenly where they touch', () => {
    expect(spreadLabels([50, 50], 10, 0, 100)).toEqual([45, 55]);
    expect(spreadLabels([99, 100], 10, 0, 100)).toEqual([90, 100]);
  });

  it('never overlap, leave or change order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 12 }), (wanted) => {
        const placed = spreadLabels(wanted, 14, 0, 200);
        const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
        order.forEach((i, k) => {
          expect(placed[i]).toBeGreaterThanOrEqual(-1e-9);
          expect(placed[i]).toBeLessThanOrEqual(200 + 1e-9);
          if (k) expect(placed[i] - placed[order[k - 1]]).toBeGreaterThanOrEqual(14 - 1e-6);
        });
      }),
    );
  });
});
