import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  barsApart,
  axisLength,
  fitAxis,
  frameExtent,
  slotMiddle,
  slotCount,
  slotStart,
  unitAt,
} from './unitAxis';

describe('fitAxis', () => {
  it('takes the largest whole pixel that fits, at most 12', () => {
    expect(fitAxis(128, 0, 526, 0).pitch).toBe(4);
    expect(fitAxis(128, 0, 386, 0).pitch).toBe(3);
    expect(fitAxis(8, 0, 500, 0).pitch).toBe(12);
  });
  it('uses device pixels, and quarters of them where bars are thin', () => {
    expect(fitAxis(128, 0, 450, 0, 2).pitch).toBe(3.5);
    expect(fitAxis(128, 0, 342, 0, 1).pitch).toBe(2.5);
    expect(barsApart(fitAxis(128, 0, 342, 0, 1), 1)).toBe(false);
    expect(barsApart(fitAxis(128, 0, 386, 0, 1), 1)).toBe(true);
  });
  it('bins below one pixel a unit', () => {
    const axis = fitAxis(1024, 0, 300, 10);
    expect([axis.perSlot, axis.pitch, slotCount(axis)]).toEqual([4, 1, 256]);
    expect(slotStart(axis, 7)).toBe(11);
    expect(unitAt(axis, 11.5)).toBe(4);
  });
  it('keeps room for units that were removed', () => {
    const axis = fitAxis(16, 128, 386, 0);
    expect([axis.pitch, axisLength(axis), frameExtent(axis)]).toEqual([3, 48, 384]);
    expect(unitAt(axis, 50)).toBeNull();
  });
  it('always fits, and every unit is found where it is drawn', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1024 }),
        fc.integer({ min: 0, max: 1024 }),
        fc.integer({ min: 40, max: 700 }),
        fc.constantFrom(1, 1.5, 2, 3),
        (n, frame, room, dpr) => {
          const axis = fitAxis(n, frame, room, 17, dpr);
          expect(frameExtent(axis)).toBeLessThanOrEqual(room + 1e-9);
          for (const i of [0, n >> 1, n - 1]) {
            const found = unitAt(axis, slotMiddle(axis, i));
            expect(found).toBe(Math.floor(i / axis.perSlot) * axis.perSlot);
          }
        },
      ),
    );
  });
});
