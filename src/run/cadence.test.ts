import { describe, expect, it } from 'vitest';
import { actionsAfter, type CadenceSettings, stepsUntilAction } from './cadence';

const settings = (
  configuration: Partial<CadenceSettings['configuration']> = {},
  more: Partial<CadenceSettings> = {},
): CadenceSettings => ({
  configuration: { keepDiagonal: false, adapt: false, adaptEvery: 0, schedule: [], ...configuration },
  isotropic: true,
  tasks: true,
  stepsPerEpoch: 7,
  ...more,
});
const kinds = (of: CadenceSettings, step: number): string[] => actionsAfter(of, step).map(({ kind }) => kind);

describe('the cadence of a run', () => {
  it('does nothing by itself where nothing is switched on', () => {
    expect(stepsUntilAction(settings(), 0)).toBe(Infinity);
    expect(actionsAfter(settings(), 20)).toEqual([]);
  });

  it('turns diagonal every 20 steps, and adapts every so many or once an epoch', () => {
    expect([0, 1, 19, 20].map((step) => stepsUntilAction(settings({ keepDiagonal: true }), step))).toEqual([
      20, 19, 1, 20,
    ]);
    expect(stepsUntilAction(settings({ adapt: true, adaptEvery: 5 }), 13)).toBe(2);
    expect(stepsUntilAction(settings({ adapt: true }), 13)).toBe(1);
    expect(kinds(settings({ adapt: true }), 14)).toEqual(['adapt']);
    expect(kinds(settings({ adapt: true }), 15)).toEqual([]);
  });

  it('adapts, then switches tasks, then turns where all fall on one step', () => {
    const all = settings({
      keepDiagonal: true,
      adapt: true,
      adaptEvery: 10,
      schedule: [{ step: 40, tasks: [0, 1] }],
    });
    expect(kinds(all, 40)).toEqual(['adapt', 'switch-tasks', 'turn-diagonal']);
    expect(kinds(all, 20)).toEqual(['adapt', 'turn-diagonal']);
    expect(stepsUntilAction(all, 39)).toBe(1);
  });

  it('leaves networks without an isotropic layer, and data of one task, alone', () => {
    const asked = { keepDiagonal: true, adapt: true, schedule: [{ step: 20, tasks: [1] }] };
    expect(stepsUntilAction(settings(asked, { isotropic: false, tasks: false }), 0)).toBe(Infinity);
    expect(kinds(settings(asked, { isotropic: false }), 20)).toEqual(['switch-tasks']);
    expect(kinds(settings(asked, { tasks: false }), 140)).toEqual(['adapt', 'turn-diagonal']);
  });

  it('stops at every step where it then acts, and nowhere else', () => {
    const all = settings({
      keepDiagonal: true,
      adapt: true,
      adaptEvery: 6,
      schedule: [
        { step: 9, tasks: [1] },
        { step: 31, tasks: [0] },
      ],
    });
    const acting = Array.from({ length: 100 }, (_, step) => step).filter(
      (step) => step > 0 && actionsAfter(all, step).length > 0,
    );
    const stops: number[] = [];
    for (let step = stepsUntilAction(all, 0); step < 100; step += stepsUntilAction(all, step))
      stops.push(step);
    expect(stops).toEqual(acting);
  });
});
