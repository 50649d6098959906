import { describe, expect, it } from 'vitest';
import { METRIC_INDEX, History } from '../../store/series/history';
import { METRIC_COLUMNS } from '../../training/engine';
import type { Pin, RunnerId } from '../../worker/protocol';
import { energyReduction } from './energyReduction';

const feed = (history: History, runner: RunnerId, energies: number[]): void => {
  const columns = METRIC_COLUMNS.length;
  const values = new Float32Array(energies.length * columns);
  energies.forEach((e, r) => (values[r * columns + METRIC_INDEX.energy] = e));
  history.append({ runner, firstStep: 1, rows: energies.length, columns, values });
};
const pin = (id: number, step: number, kind: Pin['kind']): Pin => ({
  id,
  step,
  kind,
  label: '',
  report: null,
});
const fall = [...Array<number>(100).fill(8), ...Array<number>(100).fill(2)];

describe('reduction of E since the last λ pin', () => {
  it('compares the steps before the pin with the last ones', () => {
    const history = new History();
    feed(history, 'main', fall);
    feed(history, 'twin', Array<number>(200).fill(6));
    expect(energyReduction(history, [pin(1, 100, 'lambda')], 'mean-square', 25)).toMatchObject({
      before: 8,
      now: 2,
      twin: 6,
      caveat: null,
    });
  });

  it('never mixes steps from both sides of a pin that was just set', () => {
    const history = new History();
    feed(history, 'main', fall.slice(0, 103));
    expect(energyReduction(history, [pin(1, 100, 'lambda')], 'mean-square', 25)).toMatchObject({
      before: 8,
      now: 2,
    });
  });

  it('says nothing where there is nothing to compare', () => {
    const history = new History();
    expect(energyReduction(history, [], 'mean-square', 25)).toBeNull();
    feed(history, 'main', fall);
    expect(energyReduction(history, [], 'mean-square', 25)).toMatchObject({ before: null, twin: null });
    expect(energyReduction(history, [pin(1, 200, 'lambda')], 'mean-square', 25)).toMatchObject({
      before: null,
    });
    expect(energyReduction(history, [pin(1, 0, 'lambda')], 'mean-square', 25)).toMatchObject({
      before: null,
    });
  });

  it('does not compare two measures', () => {
    const history = new History();
    feed(history, 'main', fall);
    const pins = [pin(1, 100, 'lambda'), pin(2, 150, 'measure')];
    const result = energyReduction(history, pins, 'l1', 25);
    expect(result?.before).toBeNull();
    expect(result?.caveat).toMatch(/measure/);
  });
});
