import { formatNumber } from '../../../drawing/format';
import type { PlotData } from '../../../drawing/plot/types';

const LAMBDA = { scale: 'log', label: 'λ', format: 'number' } as const;
const ACCURACY = { scale: 'linear', label: 'Accuracy', format: 'share' } as const;
const ERROR = { scale: 'log', label: 'max |Δlogit|', format: 'number' } as const;
const described = { id: 'gallery', about: 'mean of 3 seeds · bars: 95 % interval' };
const interval = (value: number, half: number) => ({ value, low: value - half, high: value + half, n: 3 });

/** Before the first run is there. */
export const EMPTY_PLOTS: Readonly<Record<string, PlotData>> = {
  'no points yet': {
    ...described,
    kind: 'points',
    title: 'Accuracy against λ',
    x: LAMBDA,
    y: ACCURACY,
    series: [{ label: 'MNIST', points: [] }],
    marks: [],
  },
  'no lines yet': {
    ...described,
    kind: 'lines',
    title: 'Accuracy over training',
    x: { scale: 'linear', label: 'Steps', format: 'count' },
    y: ACCURACY,
    lines: [],
    marks: [],
  },
  'no value in the table': {
    ...described,
    kind: 'heat',
    title: 'From width to width',
    rows: { label: 'Start', names: ['7', '10'] },
    columns: { label: 'End', names: ['7', '10'] },
    values: [
      [null, null],
      [null, null],
    ],
    format: 'share',
    label: 'Accuracy',
  },
};

/** As much, as small, as large and as long as plots get. */
export const EXTREME_PLOTS: Readonly<Record<string, PlotData>> = {
  'seven series, thirteen decades': {
    ...described,
    kind: 'points',
    title:
      'What a removal changes, by layer, criterion and correction, where the function should be the same',
    x: LAMBDA,
    y: ERROR,
    series: Array.from({ length: 7 }, (_, s) => ({
      label: `criterion ${s + 1}, with a long name`,
      points: [0, 1e-6, 1e-4, 1e-2, 1].map((x, i) => ({
        x,
        mean: interval(10 ** (2 * i - 2 * s + 1), 10 ** (2 * i - 2 * s)),
        runs: [],
      })),
    })),
    marks: [{ axis: 'y', value: 1e-9, label: 'tolerance' }],
  },
  'one point': {
    ...described,
    kind: 'points',
    title: 'One run',
    x: LAMBDA,
    y: ACCURACY,
    series: [{ label: 'MNIST', points: [{ x: 1e-3, mean: interval(0.97, NaN), runs: [] }] }],
    marks: [],
  },
  'eight lines of which two end early': {
    ...described,
    kind: 'lines',
    title: 'Accuracy over training',
    x: { scale: 'linear', label: 'Steps', format: 'count' },
    y: ACCURACY,
    lines: Array.from({ length: 8 }, (_, s) => {
      const x = Array.from({ length: s < 2 ? 20 : 100 }, (_, i) => 200 * i);
      return {
        label: `λ ${formatNumber(10 ** (s - 7), 'number')}`,
        x,
        y: x.map((at) => 0.95 - 0.05 * s - 0.6 * Math.exp(-at / 2000)),
      };
    }),
    marks: [],
  },
  'twelve rows by twelve columns': {
    ...described,
    kind: 'heat',
    title: 'From width to width',
    rows: { label: 'Start', names: Array.from({ length: 12 }, (_, i) => String(2 ** i)) },
    columns: { label: 'End', names: Array.from({ length: 12 }, (_, i) => String(2 ** i)) },
    values: Array.from({ length: 12 }, (_, r) =>
      Array.from({ length: 12 }, (_, c) => (r + c === 11 ? null : 0.97 * Math.exp(-((r - c) ** 2) / 30))),
    ),
    format: 'share',
    label: 'Accuracy',
  },
  'equal values': {
    ...described,
    kind: 'scatter',
    title: 'Loss against energy',
    x: { ...ACCURACY, label: 'Energy', format: 'number' },
    y: { ...ACCURACY, label: 'Loss', format: 'number' },
    sets: [{ label: 'all runs', points: Array.from({ length: 5 }, () => ({ x: 0.5, y: 0.5 })) }],
    fits: [],
    marks: [],
  },
};
