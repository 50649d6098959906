import { describe, expect, it } from 'vitest';
import type { AdaptDecision } from '../../../run/automatic';
import { RunPins } from './pins';

const decision = (step: number, layer: number, change: number, widths: number[]): AdaptDecision => ({
  step,
  layer,
  change,
  widths,
  small: 4 - change,
  scaffold: 4,
  theta: 1.05,
  sigmas: [],
});

describe('pins of automatic adaptation', () => {
  it('name the σ that decided, and join for a stretch of steps', () => {
    const pins = new RunPins();
    const first = pins.decided([decision(20, 1, 3, [12, 9])], 20);
    expect(first).toMatchObject({ id: 1, step: 20, kind: 'adapt' });
    expect(first.label).toBe('Adapt: layer 2 +3 (1 σ ≤ 1.05, 4 wanted)');
    const joined = pins.decided([decision(40, 1, -1, [12, 8]), decision(40, 0, -2, [10, 8])], 20);
    expect(joined).toMatchObject({ id: 1, step: 20 });
    expect(joined.label).toBe('Adapt: layer 1 12 → 10, layer 2 6 → 8 (3 decisions)');
    expect(pins.decided([decision(220, 0, -1, [9, 8])], 20).id).toBe(2);
  });

  it('stand apart where something else came between', () => {
    const pins = new RunPins();
    pins.decided([decision(20, 1, 3, [12, 9])], 20);
    pins.add(30, { kind: 'note', label: 'between', report: null });
    expect(pins.decided([decision(40, 1, 1, [12, 10])], 20).id).toBe(3);
  });

  it('lose the decisions undone, and no others', () => {
    const pins = new RunPins();
    pins.decided([decision(20, 1, 3, [12, 9])], 20);
    pins.decided([decision(40, 1, -2, [12, 7])], 20);
    pins.add(50, { kind: 'note', label: 'after', report: null });
    const { gone, changed } = pins.restore(1, 30);
    expect(gone).toEqual([2]);
    expect(changed.map(({ id, label }) => [id, label])).toEqual([
      [1, 'Adapt: layer 2 +3 (1 σ ≤ 1.05, 4 wanted)'],
    ]);
    expect(pins.restore(1, 30)).toEqual({ gone: [], changed: [] });
  });
});
