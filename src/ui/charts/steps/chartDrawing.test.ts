import { describe, expect, it } from 'vitest';
import { METRIC_INDEX, History } from '../../../store/series/history';
import { METRIC_COLUMNS } from '../../../training/engine';
import { chartDrawing, chartSummary } from './chartDrawing';
import {
  branchLines,
  columnRows,
  rowAt,
  runExtent,
  type ChartLine,
  chartLine,
  trailingMean,
} from './chartLine';

const room = { log: false, end: 10, width: 200, height: 150, type: 1 };
const line = (id: string, values: number[]): ChartLine =>
  chartLine(
    { id, label: id, colour: 'red', look: 'strong' },
    { n: values.length, stepAt: (r) => r + 1, valueAt: (r) => values[r] },
  );

describe('what a chart draws', () => {
  it('stacks: each line stands on the one before, the first on the axis', () => {
    const parts = [line('a', [1, 2]), line('b', [0.5, 0.5])];
    const sources = parts.map((part, k) => ({
      ...part,
      topAt: (r: number) => parts.slice(0, k + 1).reduce((sum, p) => sum + p.valueAt(r), 0),
    }));
    const { lines, y } = chartDrawing({ sources }, room);
    expect(lines[0].foot).toEqual([0, 0]);
    expect(lines[1].foot).toEqual([1, 2]);
    expect(lines[1].points.map((p) => p.y)).toEqual([1.5, 2.5]);
    expect(y.domain[0]).toBe(0);
    const log = chartDrawing({ sources }, { ...room, log: true });
    expect(log.lines[1].points.map((p) => p.y)).toEqual([0.5, 0.5]);
    expect(log.lines[1].foot).toBeUndefined();
  });

  it('leaves zeros off a log axis and says so', () => {
    const { lines, zeros, empty } = chartDrawing(
      { sources: [line('λ·E', [1, 0, 0])] },
      { ...room, log: true },
    );
    expect(lines[0].points.map((p) => p.y)).toEqual([1, null]);
    expect(zeros).toEqual(['λ·E']);
    expect(empty).toBe(false);
  });

  it('does not call zero what is no number, as after a diverged step', () => {
    const diverged = line('loss', [1, 5, NaN]);
    expect(chartDrawing({ sources: [diverged] }, { ...room, log: true }).zeros).toEqual([]);
  });

  it('keeps near marks in sight and leaves far ones below a log axis', () => {
    const sources = [line('σ', [1, 6])];
    const log = { ...room, log: true };
    const near = chartDrawing({ sources, references: [{ value: 0.5, label: 'θ' }] }, log).y;
    expect(near.domain[0]).toBeLessThan(0.5);
    const far = chartDrawing({ sources, references: [{ value: 0.01, label: 'θ' }] }, log).y;
    expect(far.domain[0]).toBeGreaterThan(0.3);
  });

  it('shows the error where accuracy asks for a log axis', () => {
    const logView = { title: 'Test error', map: (a: number) => 1 - a };
    const drawn = chartDrawing({ sources: [line('network', [0.5, 0.75])], logView }, { ...room, log: true });
    expect(drawn.lines[0].points.map((p) => p.y)).toEqual([0.5, 0.25]);
    expect(chartSummary(drawn, String, 2)).toBe('At step 2: network 0.25, between 0.25 and 0.5.');
  });

  it('does not blow noise up to the height of the axis', () => {
    const { y } = chartDrawing(
      { sources: [line('network', [0.845, 0.8451])], fit: 'data', least: 0.02 },
      room,
    );
    expect(y.domain[1] - y.domain[0]).toBeGreaterThanOrEqual(0.02);
  });
});

describe('sources', () => {
  const history = new History();
  const columns = METRIC_COLUMNS.length;
  const values = new Float32Array(50 * columns);
  for (let r = 0; r < 50; r++) values[r * columns + METRIC_INDEX.dataLoss] = r + 1;
  history.append({ runner: 'main', firstStep: 1, rows: 50, columns, values });
  history.rewind(30);
  const loss = columnRows(history.tables.main, METRIC_INDEX.dataLoss);

  it('means look back only', () => {
    const mean = trailingMean(loss, 3);
    expect([0, 1, 5].map((r) => mean.valueAt(r))).toEqual([1, 1.5, 5]);
  });

  it('read the row in force at a step', () => {
    expect([0, 7, 99].map((step) => rowAt(loss, step))).toEqual([
      { step: 1, value: 1 },
      { step: 7, value: 7 },
      { step: 30, value: 30 },
    ]);
    expect(rowAt({ ...loss, n: 0 }, 3)).toBeNull();
  });

  it('branches hang on the run they left, and stay in sight', () => {
    const [branch] = branchLines(history, (part) => columnRows(part.tables.main, METRIC_INDEX.dataLoss));
    expect([branch.n, branch.stepAt(0), branch.stepAt(1), branch.stepAt(20)]).toEqual([21, 30, 31, 50]);
    expect(runExtent(history, 30)).toBe(50);
  });
});
