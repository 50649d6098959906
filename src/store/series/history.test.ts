import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METRIC_COLUMNS } from '../../training/engine';
import { twoPathways } from '../../network/testing';
import type { EvaluationPoint, MetricsBlock, RunnerId } from '../../worker/protocol';
import { METRIC_INDEX, History, layerEnergyColumn } from './history';
import { SeriesTable } from './seriesTable';

const COLUMNS = METRIC_COLUMNS.length + 2;

/** Steps first … first + rows − 1; value = 100·step + column. */
function block(runner: RunnerId, firstStep: number, rows: number, columns = COLUMNS): MetricsBlock {
  const values = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) values[r * columns + c] = 100 * (firstStep + r) + c;
  return { runner, firstStep, rows, columns, values };
}

const evaluation = (runner: RunnerId, step: number): EvaluationPoint => ({
  runner,
  step,
  n: 1000,
  accuracy: step / 1000,
  loss: 1,
  energy: 1,
  layerEnergy: [1, 1],
  squaredNorms: [new Float32Array(3)],
  unitMeanSquare: [new Float32Array(3)],
  aliveUnits: 1,
});

describe('SeriesTable', () => {
  it('grows without losing a row, and finds steps across gaps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ rows: fc.integer({ min: 1, max: 700 }), gap: fc.integer({ min: 0, max: 5 }) }), {
          maxLength: 8,
        }),
        (posts) => {
          const table = new SeriesTable();
          const steps: number[] = [];
          let next = 1;
          for (const { rows, gap } of posts) {
            next += gap;
            table.append(block('main', next, rows));
            for (let r = 0; r < rows; r++) steps.push(next++);
          }
          expect(table.rows).toBe(steps.length);
          steps.forEach((step, row) => {
            if (table.stepAt(row) !== step || table.at(row, 3) !== Math.fround(100 * step + 3))
              throw new Error(`row ${row}`);
          });
          for (const step of [0, 1, 57, next, next + 9])
            expect(table.lowerBound(step)).toBe(steps.filter((s) => s < step).length);
        },
      ),
    );
  });

  it('refuses a change of columns', () => {
    const table = new SeriesTable();
    table.append(block('main', 1, 2));
    expect(() => table.append(block('main', 3, 2, 5))).toThrow();
  });

  it('cuts after a step and goes on from there', () => {
    const table = new SeriesTable();
    table.append(block('main', 1, 1500));
    const rest = table.cutAfter(600);
    expect([table.rows, rest.rows, rest.stepAt(0), rest.at(899, 1)]).toEqual([600, 900, 601, 150_001]);
    table.append(block('main', 601, 10));
    expect([table.rows, table.stepAt(609), table.at(609, 2)]).toEqual([610, 610, 61_002]);
    expect(rest.at(0, 0)).toBe(60_100);
    rest.append(block('main', 1501, 2000));
    expect([rest.rows, rest.stepAt(2899), rest.at(2899, 0)]).toEqual([2900, 3500, 350_000]);
  });
});

describe('History', () => {
  const filled = (): History => {
    const history = new History();
    history.append(block('main', 1, 100));
    history.append(block('baseline', 1, 100, METRIC_COLUMNS.length));
    for (const step of [20, 60, 100]) {
      history.addEvaluation(evaluation('main', step));
      history.addEvaluation(evaluation('baseline', step));
      history.spectra.push({ step, sigma: [new Float64Array([2, 1])] });
    }
    return history;
  };

  it('undo leaves a branch with everything that came after', () => {
    const history = filled();
    history.rewind(50);
    expect(history.lastStep('main')).toBe(50);
    expect(history.lastStep('twin')).toBe(0);
    expect(history.evaluations.map((p) => p.step)).toEqual([20, 20]);
    expect(history.spectra.map((p) => p.step)).toEqual([20]);
    const [branch] = history.branches;
    expect(branch).toMatchObject({ id: 1, fromStep: 50, toStep: 100 });
    expect(branch.tables.main.rows).toBe(50);
    expect(branch.tables.baseline.stepAt(0)).toBe(51);
    expect(branch.evaluations).toHaveLength(4);
    expect(branch.spectra.map((p) => p.step)).toEqual([60, 100]);
  });

  it('two undos leave two branches; nothing abandoned leaves none', () => {
    const history = filled();
    history.rewind(100);
    expect(history.branches).toHaveLength(0);
    history.rewind(80);
    history.append(block('main', 81, 5));
    history.rewind(82);
    expect(history.branches.map((b) => [b.id, b.fromStep, b.toStep])).toEqual([
      [1, 80, 100],
      [2, 82, 85],
    ]);
  });

  it('keeps the heavy parts of the newest evaluation only', () => {
    const history = filled();
    expect(history.evaluations.filter((p) => p.squaredNorms.length)).toHaveLength(2);
    expect(history.latestEvaluation('main')).toMatchObject({ step: 100 });
    expect(history.latestEvaluation('main')?.squaredNorms).toHaveLength(1);
  });

  it('averages the last rows, and clears one runner', () => {
    const history = filled();
    expect(history.recentMean('main', METRIC_INDEX.dataLoss, 3)).toBe(9900);
    expect(history.recentMean('main', layerEnergyColumn(1), 1)).toBe(10_007);
    expect(history.recentMean('twin', 0, 5)).toBeNaN();
    history.clearRunner('baseline');
    expect(history.lastStep('baseline')).toBe(0);
    expect(history.evaluations.every((p) => p.runner === 'main')).toBe(true);
  });
});

describe('undo at the very step', () => {
  it('keeps the look before the operation and turns those after it grey', () => {
    const history = new History();
    for (const step of [10, 20, 20, 20]) history.addEvaluation(evaluation('main', step));
    history.addUnits({ step: 20, layer: 0, units: 8, accuracy: 0.5, n: 1000 });
    history.rewind(20);
    expect(history.evaluations.map((point) => point.step)).toEqual([10, 20]);
    expect(history.branches[0].evaluations).toHaveLength(2);
    expect(history.units).toEqual([]);
  });
});

describe('widths over steps', () => {
  const trailOf = (history: History): [number, number[]][] =>
    history.widths.main.map(({ step, widths }) => [step, widths]);

  it('keep one point a step, and none where nothing changed', () => {
    const history = new History();
    history.addWidths('main', { step: 0, widths: [64, 12, 10] });
    history.addWidths('main', { step: 20, widths: [64, 12, 10] });
    history.addWidths('main', { step: 40, widths: [64, 15, 10] });
    history.addWidths('main', { step: 40, widths: [64, 16, 10] });
    expect(trailOf(history)).toEqual([
      [0, [64, 12, 10]],
      [40, [64, 16, 10]],
    ]);
    // Undo at the very step: the widths told afterwards take the place of the operation's.
    history.rewind(40);
    history.addWidths('main', { step: 40, widths: [64, 12, 10] });
    expect(trailOf(history)).toEqual([[0, [64, 12, 10]]]);
  });

  it('go back with undo, decisions too, and come back from storage', () => {
    const history = new History();
    const decision = (step: number) => ({
      step,
      layer: 0,
      change: 1,
      widths: [13],
      small: 3,
      scaffold: 4,
      theta: 1,
      sigmas: [0.5],
    });
    history.addWidths('main', { step: 0, widths: [64, 12, 10] });
    history.addDecisions([decision(20)]);
    history.addWidths('main', { step: 20, widths: [64, 13, 10] });
    history.addDecisions([decision(60)]);
    history.addWidths('main', { step: 60, widths: [64, 14, 10] });
    const stored = structuredClone(history.stored());
    history.rewind(30);
    expect(trailOf(history)).toEqual([
      [0, [64, 12, 10]],
      [20, [64, 13, 10]],
    ]);
    expect(history.decisions.map(({ step }) => step)).toEqual([20]);
    const resumed = new History();
    resumed.addWidths('main', { step: 50, widths: [64, 13, 10] });
    resumed.adopt(stored, 50);
    expect(trailOf(resumed)).toEqual(trailOf(history));
    expect(resumed.decisions.map(({ step }) => step)).toEqual([20]);
    resumed.clear();
    expect(trailOf(resumed)).toEqual([]);
  });
});

describe('energies of pathways', () => {
  const spec = twoPathways(2, [1, 2, 2, 1], 2);
  const point = (step: number, widths: number[]): EvaluationPoint => ({
    ...evaluation('main', step),
    unitMeanSquare: widths.map((n) => Float32Array.from({ length: n }, (_, i) => step + i)),
  });

  it('stay with each look, while those of single units go', () => {
    const history = new History();
    history.addEvaluation(point(1, [3, 3]), spec);
    history.addEvaluation(point(2, [3, 3]), spec);
    // Units 1 2 3, then 2 3 4: one neuron and two glial units below, two and one above.
    expect(history.evaluations.map((look) => look.pathMeanSquare)).toEqual([
      [
        [1, 2.5],
        [1.5, 3],
      ],
      [
        [2, 3.5],
        [2.5, 4],
      ],
    ]);
    expect(history.evaluations[0].unitMeanSquare).toEqual([]);
  });

  it('are not read off a network of other widths, nor of one that is not divided', () => {
    const history = new History();
    history.addEvaluation(point(1, [4, 3]), spec);
    const plain = {
      ...spec,
      hidden: spec.hidden.map(({ width }) => ({ width, o: 'off', psi: 'off' }) as const),
    };
    history.addEvaluation(point(2, [3, 3]), plain);
    history.addEvaluation(point(3, [3, 3]));
    expect(history.evaluations.some((look) => 'pathMeanSquare' in look)).toBe(false);
  });
});
