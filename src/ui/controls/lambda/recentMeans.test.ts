import { METRIC_COLUMNS } from '../../../training/engine';
import { describe, expect, it } from 'vitest';
import { History, METRIC_INDEX } from '../../../store/series/history';
import { recentMeans } from './recentMeans';

describe('recent means of the data loss and E', () => {
  it('are those of the evaluation before the first step, and unknown without one', () => {
    const history = new History();
    expect(recentMeans(history, { loss: 2.30258, energy: 0.01 })).toEqual({ loss: 2.3, energy: 0.01 });
    expect(recentMeans(history, null)).toEqual({ loss: NaN, energy: NaN });
  });

  it('are those of the last thirty steps as soon as there are steps', () => {
    const history = new History();
    const [rows, columns] = [100, METRIC_COLUMNS.length];
    const values = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      values[row * columns + METRIC_INDEX.dataLoss] = row < 70 ? 9 : 0.5;
      values[row * columns + METRIC_INDEX.energy] = row < 70 ? 9 : 0.25;
    }
    history.append({ runner: 'main', firstStep: 1, rows, columns, values });
    expect(recentMeans(history, { loss: 2.3, energy: 0.01 })).toEqual({ loss: 0.5, energy: 0.25 });
  });
});
