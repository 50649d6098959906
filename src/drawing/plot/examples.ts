import type { PlotData, PlotPoint } from './types';

/** Plots of every kind on fixed data, with what is hard about each: 0 on a log axis, missing limits, missing values, text that must be escaped. */
const point = (x: number | string, value: number, half: number): PlotPoint => ({
  x,
  mean: { value, low: value - half, high: value + half, n: 3 },
  runs: [value - half, value, value + half].map((one, i) => ({ value: one, trial: `seed=${i}` })),
});
const described = { id: 'p', title: 'E < 1 & "so"', about: 'n = 3' };
export const LOG_AXIS = { scale: 'log', label: 'λ', format: 'number' } as const;
const linear = { scale: 'linear', label: 'Accuracy', format: 'share' } as const;

export const EXAMPLE_PLOTS = {
  points: {
    ...described,
    kind: 'points',
    x: LOG_AXIS,
    y: linear,
    series: [
      { label: 'MNIST', points: [point(0, 0.9, 0.01), point(1e-3, 0.92, 0.01), point(1e-2, 0.8, NaN)] },
      { label: 'Fashion', points: [] },
    ],
    marks: [{ axis: 'y', value: 0.85, label: 'published' }],
  },
  categories: {
    ...described,
    kind: 'points',
    x: { scale: 'category', label: '', categories: ['one', 'two'] },
    y: LOG_AXIS,
    series: [{ label: 'a', points: [point('one', 2, 3), point('two', 5, 1)] }],
    marks: [],
  },
  lines: {
    ...described,
    kind: 'lines',
    x: { ...linear, label: 'Steps', format: 'count' },
    y: linear,
    lines: [{ label: 'a', x: [0, 1, 2, 3], y: [0.1, null, 0.3, 0.4], low: [0, 0, 0, 0], high: [1, 1, 1, 1] }],
    marks: [{ axis: 'x', value: 1, label: 'change' }],
  },
  heat: {
    ...described,
    kind: 'heat',
    rows: { label: 'Start', names: ['7', '10'] },
    columns: { label: 'End', names: ['7', '10'] },
    values: [
      [0.4, null],
      [0.5, 0.6],
    ],
    format: 'share',
    label: 'Accuracy',
  },
  scatter: {
    ...described,
    kind: 'scatter',
    x: LOG_AXIS,
    y: { ...LOG_AXIS, label: 'error' },
    sets: [
      {
        label: 'a',
        points: [
          { x: 1, y: 2 },
          { x: 10, y: 20 },
        ],
      },
    ],
    fits: [{ label: 'slope 1', slope: 1, intercept: Math.log(2) }],
    marks: [],
  },
} as const satisfies Record<string, PlotData>;
