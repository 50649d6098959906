import type { Pin, WidthsPoint } from '../../../worker/protocol';
import type { SeriesRows } from '../../charts/steps/decimate';

/** Steps [from, to] during which a task was being learnt. */
export interface TaskPeriod {
  from: number;
  to: number;
}

/**
 * When each of `names` was being learnt, up to step `end`: the present tasks followed back through the switches on the pins
 * ("Tasks + Letters − MNIST").
 */
export function taskPeriods(
  pins: readonly Pin[],
  now: readonly number[],
  names: readonly string[],
  end: number,
): TaskPeriod[][] {
  const spans: TaskPeriod[][] = names.map(() => []);
  const switches = pins.filter(({ kind }) => kind === 'task').sort((a, b) => b.step - a.step || b.id - a.id);
  let active = new Set(now);
  let to = end;
  const close = (from: number): void => {
    if (to <= from) return;
    for (const task of active) {
      const next = spans[task].at(0);
      if (next !== undefined && next.from === to) next.from = from;
      else spans[task].unshift({ from, to });
    }
  };
  for (const { step, label } of switches) {
    close(step);
    to = step;
    const before = new Set(active);
    names.forEach((name, task) => {
      if (label.includes(`+ ${name}`)) before.delete(task);
      if (label.includes(`− ${name}`)) before.add(task);
    });
    active = before;
  }
  close(0);
  return spans;
}

/** The width of a hidden layer as a step line up to `end`: each width stands until the next. */
export function widthRows(trail: readonly WidthsPoint[], layer: number, end: number): SeriesRows {
  const steps: number[] = [];
  const values: number[] = [];
  trail.forEach(({ step, widths }, i) => {
    if (i > 0) {
      steps.push(step);
      values.push(trail[i - 1].widths[layer + 1]);
    }
    steps.push(step);
    values.push(widths[layer + 1]);
  });
  if (trail.length > 0 && end > trail[trail.length - 1].step) {
    steps.push(end);
    values.push(values[values.length - 1]);
  }
  return { n: steps.length, stepAt: (r) => steps[r], valueAt: (r) => values[r] };
}
