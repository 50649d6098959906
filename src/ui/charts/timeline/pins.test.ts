import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pin } from '../../../worker/protocol';
import { clusterGlyph, clusterPins, pinGlyph } from './pins';

const pin = (id: number, step: number, kind: Pin['kind'] = 'lambda', label = ''): Pin => ({
  id,
  step,
  kind,
  label,
  report: null,
});

describe('pins', () => {
  it('far pins stand alone, near ones share a place and say how many they are', () => {
    const clusters = clusterPins([pin(1, 100), pin(2, 300, 'o'), pin(3, 310)], (step) => step, 24);
    expect(clusters.map((c) => [c.x, c.pins.map((p) => p.id)])).toEqual([
      [100, [1]],
      [305, [2, 3]],
    ]);
    expect(clusters.map(clusterGlyph)).toEqual(['λ', '2']);
  });

  it('pins of one kind keep their sign when they share a place', () => {
    const held = [1, 2, 3].map((id) => pin(id, 50 + id, 'operation', 'Remove 1'));
    expect(clusterPins(held, (step) => step, 24).map(clusterGlyph)).toEqual(['−']);
  });

  it('lose no pin, keep step order and keep their distance', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 80 }), (steps) => {
        const clusters = clusterPins(
          steps.map((step, id) => pin(id, step)),
          (step) => step / 10,
          24,
        );
        const members = clusters.flatMap((c) => c.pins);
        expect(members).toHaveLength(steps.length);
        for (let i = 1; i < members.length; i++)
          expect(members[i].step).toBeGreaterThanOrEqual(members[i - 1].step);
        for (let i = 1; i < clusters.length; i++)
          expect(clusters[i].x - clusters[i - 1].x).toBeGreaterThanOrEqual(24);
      }),
    );
  });

  it('operations without a report are read from their label', () => {
    expect(pinGlyph(pin(1, 1, 'operation', 'Grow 5'))).toBe('+');
    expect(pinGlyph(pin(1, 1, 'operation', 'Diagonalise layer 1'))).toBe('⟂');
  });
});
