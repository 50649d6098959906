import { describe, expect, it } from 'vitest';
import type { Pin } from '../../../worker/protocol';
import { taskPeriods, widthRows } from './taskPeriods';

const NAMES = ['MNIST', 'Fashion-MNIST', 'Letters'];
const pin = (id: number, step: number, label: string): Pin => ({
  id,
  step,
  kind: 'task',
  label,
  report: null,
});

describe('taskSpans', () => {
  it('follows the switches back to the start', () => {
    const pins = [pin(1, 100, 'Task + Fashion-MNIST'), pin(2, 250, 'Tasks + Letters − MNIST')];
    expect(taskPeriods(pins, [1, 2], NAMES, 400)).toEqual([
      [{ from: 0, to: 250 }],
      [{ from: 100, to: 400 }],
      [{ from: 250, to: 400 }],
    ]);
  });

  it('a task that went and came back has two spans', () => {
    const pins = [pin(1, 10, 'Task − MNIST'), pin(2, 30, 'Task + MNIST')];
    expect(taskPeriods(pins, [0, 1], NAMES, 50)[0]).toEqual([
      { from: 0, to: 10 },
      { from: 30, to: 50 },
    ]);
  });
});

describe('widthRows', () => {
  it('stands until the next width, and on to the end', () => {
    const rows = widthRows(
      [
        { step: 0, widths: [64, 40, 10] },
        { step: 20, widths: [64, 16, 10] },
      ],
      0,
      35,
    );
    expect(Array.from({ length: rows.n }, (_, r) => [rows.stepAt(r), rows.valueAt(r)])).toEqual([
      [0, 40],
      [20, 40],
      [20, 16],
      [35, 16],
    ]);
  });
});
