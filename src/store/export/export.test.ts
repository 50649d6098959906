import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../configuration/schema';
import { decodeConfiguration } from '../../configuration/url';
import { METRIC_COLUMNS } from '../../training/engine';
import { History } from '../series/history';
import { textCell } from './cells';
import { longCsv, parseCsv, readLongCsv } from './csv';
import { exportFileName, runFile, runFileSchema } from './runFile';
import { longRows } from './series';

/** A history of two runs with a branch; float32 values of all sizes, some not finite. */
function exampleHistory(values: number[]): History {
  const history = new History();
  const columns = METRIC_COLUMNS.length + 1;
  const data = new Float32Array(60 * columns);
  for (let i = 0; i < data.length; i++) data[i] = values[i % values.length];
  history.append({ runner: 'main', firstStep: 1, rows: 60, columns, values: data });
  history.append({ runner: 'baseline', firstStep: 1, rows: 60, columns, values: data });
  for (const step of [10, 30, 60]) {
    history.addEvaluation({
      runner: 'main',
      step,
      n: 1000,
      accuracy: 0.1 + 1 / (step + 3),
      loss: 0.3,
      energy: 1 / 7,
      layerEnergy: [1 / 7],
      squaredNorms: [],
      unitMeanSquare: [],
      aliveUnits: 1,
    });
    history.spectra.push({ step, sigma: [new Float64Array([Math.PI, 1 / 3])] });
  }
  history.rewind(40);
  return history;
}

const VALUES = [0.1, 1e-30, -2.5, 3.4e38, 1e-45, NaN, Infinity, -0, 123456.79];

describe('CSV', () => {
  it('reads back exactly, every raw value, branches included', () => {
    const history = exampleHistory(VALUES);
    const written = [...longRows(history)];
    const read = readLongCsv(longCsv(written).join(''));
    expect(read).toHaveLength(written.length);
    read.forEach((row, i) => {
      if (!Object.is(row.value, written[i].value))
        throw new Error(`${row.series} at ${row.step}: ${row.value}`);
      expect({ ...row, value: 0 }).toEqual({ ...written[i], value: 0 });
    });
    const steps = (run: string): number[] =>
      read.filter((r) => r.run === run && r.series === 'dataLoss').map((r) => r.step);
    expect(steps('main')).toHaveLength(40);
    expect(steps('main/branch-1')[0]).toBe(41);
    expect(read.filter((r) => r.series === 'sigma.layer1.2').map((r) => r.run)).toEqual([
      'main',
      'main',
      'main/branch-1',
    ]);
  });

  it('float32 values survive the text', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (x) => {
        const [row] = readLongCsv(longCsv([{ run: 'main', series: 's', step: 1, value: x }]).join(''));
        expect(Object.is(Math.fround(row.value), x)).toBe(true);
      }),
    );
  });

  it('a chart’s file holds its series only', () => {
    const rows = [...longRows(exampleHistory([1]), (series) => series === 'testAccuracy')];
    expect(new Set(rows.map((r) => r.series))).toEqual(new Set(['testAccuracy']));
    expect(rows).toHaveLength(3);
  });

  it('text cells are never formulas, and read back', () => {
    expect(textCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("'=x", "''-", '"', 'a\r\nb', '\t'), (run, series) => {
        const [row] = readLongCsv(longCsv([{ run, series, step: 0, value: 0 }]).join(''));
        expect(row).toMatchObject({ run, series });
        const [cells] = parseCsv(`${textCell(run)},x\n`);
        expect(cells[0]).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it('refuses other files', () => {
    expect(() => readLongCsv('a,b\n1,2\n')).toThrow(/run,series,step,value/);
  });
});

describe('run file', () => {
  const lab = (history: History): Parameters<typeof runFile>[0] => ({
    configuration: { ...DEFAULT_CONFIGURATION, lambda: 0.01, seed: 11 },
    running: DEFAULT_CONFIGURATION,
    engine: { id: 'tfjs-wasm', label: 'Wasm', adapter: 'CPU', software: false },
    run: {
      status: 'paused',
      step: 40,
      stepsPerSecond: 0,
      gpuMsPerStep: null,
      stepsPerEpoch: 469,
      pace: 'fast',
      message: null,
      undoDepth: 1,
    },
    pins: [{ id: 1, step: 20, kind: 'lambda', label: 'λ 0 → 0.01', report: null }],
    fullEvaluations: { main: { step: 40, n: 10_000, accuracy: 0.84 } },
    history,
  });

  it('keeps to its schema through JSON, with every value', () => {
    const history = exampleHistory(VALUES);
    const file = runFile(lab(history), new Date(0));
    const back = runFileSchema.parse(JSON.parse(JSON.stringify(file)));
    expect(back).toEqual(JSON.parse(JSON.stringify(file)));
    expect(back.runs.map((r) => [r.run, r.branch?.id ?? null, r.table.step.length])).toEqual([
      ['main', null, 40],
      ['baseline', null, 40],
      ['main', 1, 20],
      ['baseline', 1, 20],
    ]);
    const column = back.runs[0].table.columns.indexOf('energy');
    back.runs[0].table.values[column].forEach((x, r) => {
      const raw = history.tables.main.at(r, column);
      expect(x).toBe(Number.isFinite(raw) ? (raw === 0 ? 0 : raw) : null);
    });
    expect(decodeConfiguration(back.query).configuration).toEqual(back.configuration);
    expect(back.runs[0].table.columns.at(-1)).toBe('energy.layer1');
  });

  it('an empty lab is a valid file', () => {
    const file = runFile({ ...lab(new History()), running: null, engine: null }, new Date());
    expect(runFileSchema.parse(file).runs).toEqual([]);
  });

  it('file names say data set, seed and step', () => {
    expect(exportFileName({ ...DEFAULT_CONFIGURATION, seed: 3 }, 600, 'Test accuracy', 'csv')).toBe(
      'parsimony_fashion-mnist_seed3_step600_test-accuracy.csv',
    );
  });
});
