import { layoutStage } from './layoutStage';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameExtent, slotMiddle } from './unitAxis';
import { hitTest } from './hitTest';
import { type StageRectangle, type StageLayoutOptions } from './layout';

const frame = (fields: Partial<StageLayoutOptions>): StageLayoutOptions => ({
  width: 776,
  height: 708,
  dpr: 1,
  type: 1,
  kind: 'wide',
  size: [784, 128, 64, 10],
  kept: [128, 64],
  focus: 0,
  ...fields,
});

describe('the staircase', () => {
  it('stands at the measures of the reference: 112, 24, 152, 24, 88, 8, 256, 16, 96', () => {
    const l = layoutStage(frame({}));
    const right = l.tiles[1].x + l.tiles[1].w;
    expect([l.input?.w, l.tiles[0].x, right, l.bars.x, l.bars.w, l.matrix?.x, l.matrix?.w]).toEqual([
      112, 136, 288, 312, 88, 408, 256,
    ]);
    expect([l.classes?.box.x, l.classes?.box.w]).toEqual([680, 96]);
    expect(l.tiles).toHaveLength(12);
  });
  it('has rows of 4 px in the full height of 900, of 3 in that of 760', () => {
    expect(layoutStage(frame({ height: 708 })).rows.pitch).toBe(4);
    expect(layoutStage(frame({ height: 568 })).rows.pitch).toBe(3);
  });
  it('puts one unit on one row, one column and one class row', () => {
    const l = layoutStage(frame({}));
    expect(l.matrix?.y).toBe(l.bars.y);
    expect(l.rows.start).toBe(l.bars.y);
    expect(l.output?.across).toBe(l.columns);
    expect(l.output?.box.y).toBe(l.classes?.box.y);
    expect(l.next && l.next.y + l.next.h).toBeLessThanOrEqual(l.bars.y);
  });
  it('steps the classes down from the columns when the focus layer is the last', () => {
    const l = layoutStage(frame({ focus: 1 }));
    expect([l.output, l.next]).toEqual([null, null]);
    expect(l.columns?.n).toBe(10);
    expect(l.before.map((s) => s.layer)).toEqual([0]);
  });
  it('shows layers beyond the next as strips, the last of them over the output matrix', () => {
    const l = layoutStage(frame({ size: [784, 96, 48, 32, 16, 10], kept: [], focus: 0 }));
    expect(l.after.map((s) => s.layer)).toEqual([2, 3]);
    expect(l.output?.across).toBe(l.after[1].axis);
  });
  it('never leaves its room', () => {
    const widths = fc.array(fc.integer({ min: 2, max: 1024 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        widths,
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 640, max: 1100 }),
        fc.integer({ min: 420, max: 900 }),
        fc.constantFrom(1, 2),
        (hidden, f, width, height, dpr) => {
          const focus = f % hidden.length;
          const l = layoutStage(
            frame({ size: [784, ...hidden, 10], kept: hidden, focus, width, height, dpr }),
          );
          const boxes = [l.bars, l.matrix, l.next, l.output?.box, l.stairs, l.classes?.box, ...l.tiles];
          for (const box of boxes.filter((b): b is StageRectangle => !!b)) {
            expect(box.x + box.w).toBeLessThanOrEqual(width + 0.01);
            expect(box.y + box.h).toBeLessThanOrEqual(height + 0.01);
            expect(Math.min(box.x, box.y, box.w, box.h)).toBeGreaterThanOrEqual(0);
          }
          expect(frameExtent(l.rows)).toBeCloseTo(l.bars.h, 9);
        },
      ),
    );
  });
});

describe('the phone', () => {
  it('has nine tiles, bars and the image within 358 × 340', () => {
    const l = layoutStage(frame({ kind: 'phone', width: 358, height: 340, dpr: 2 }));
    expect(l.tiles).toHaveLength(9);
    expect(l.matrix).toBeNull();
    const right = Math.max(...l.tiles.map((t) => t.x + t.w));
    expect(right).toBeLessThanOrEqual(358);
    expect(l.bars.y + l.bars.h).toBeLessThanOrEqual(340);
  });
});

describe('hit', () => {
  const l = layoutStage(frame({}));
  const depth = 2;
  it('finds the unit, the weight and the class under the pointer', () => {
    const y = slotMiddle(l.rows, 40);
    expect(hitTest(l, [], depth, l.bars.x + 5, y)).toEqual({ kind: 'unit', layer: 0, unit: 40 });
    expect(hitTest(l, [], depth, l.columns ? slotMiddle(l.columns, 7) : 0, y)).toEqual({
      kind: 'weight',
      layer: 1,
      from: 40,
      to: 7,
    });
    const row = l.classes ? slotMiddle(l.classes.axis, 3) : 0;
    expect(hitTest(l, [], depth, l.columns ? slotMiddle(l.columns, 7) : 0, row)).toEqual({
      kind: 'weight',
      layer: 2,
      from: 7,
      to: 3,
    });
    expect(hitTest(l, [], depth, (l.classes?.box.x ?? 0) + 20, row)).toEqual({ kind: 'class', unit: 3 });
  });
  it('finds the unit of a tile, and nothing in the gaps', () => {
    expect(hitTest(l, [9, 4], depth, l.tiles[1].x + 2, l.tiles[1].y + 2)).toEqual({
      kind: 'unit',
      layer: 0,
      unit: 4,
    });
    expect(hitTest(l, [9, 4], depth, l.tiles[0].x - 3, l.tiles[0].y + 2)).toBeNull();
  });
  it('reads the reversed columns of the last layer', () => {
    const last = layoutStage(frame({ focus: 1 }));
    const x = last.columns ? slotMiddle(last.columns, 0) : 0;
    expect(hitTest(last, [], depth, x, slotMiddle(last.rows, 5))).toEqual({
      kind: 'weight',
      layer: 2,
      from: 5,
      to: 9,
    });
  });
});
