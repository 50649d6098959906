import { describe, expect, it } from 'vitest';
import { plotScale } from './axis';
import { plotMarkup } from './svg';
import type { PlotData, PlotPoint } from './types';

const point = (x: number | string, value: number, half: number): PlotPoint => ({
  x,
  mean: { value, low: value - half, high: value + half, n: 3 },
  runs: [value - half, value, value + half].map((one, i) => ({ value: one, trial: `seed=${i}` })),
});
const described = { id: 'p', title: 'E < 1 & "so"', about: 'n = 3' };
const log = { scale: 'log', label: 'λ', format: 'number' } as const;
const linear = { scale: 'linear', label: 'Accuracy', format: 'share' } as const;

const PLOTS: PlotData[] = [
  {
    ...described,
    kind: 'points',
    x: log,
    y: linear,
    series: [
      { label: 'MNIST', points: [point(0, 0.9, 0.01), point(1e-3, 0.92, 0.01), point(1e-2, 0.8, NaN)] },
      { label: 'Fashion', points: [] },
    ],
    marks: [{ axis: 'y', value: 0.85, label: 'published' }],
  },
  {
    ...described,
    kind: 'points',
    x: { scale: 'category', label: '', categories: ['one', 'two'] },
    y: log,
    series: [{ label: 'a', points: [point('one', 2, 3), point('two', 5, 1)] }],
    marks: [],
  },
  {
    ...described,
    kind: 'lines',
    x: { ...linear, label: 'Steps', format: 'count' },
    y: linear,
    lines: [{ label: 'a', x: [0, 1, 2, 3], y: [0.1, null, 0.3, 0.4], low: [0, 0, 0, 0], high: [1, 1, 1, 1] }],
    marks: [],
  },
  {
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
  {
    ...described,
    kind: 'scatter',
    x: log,
    y: { ...log, label: 'error' },
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
];

describe('plots as SVG', () => {
  it.each(PLOTS.map((plot, i) => [`${i}: ${plot.kind}`, plot] as const))('%s', (_, plot) => {
    const svg = plotMarkup(plot);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).toContain('<title>E &lt; 1 &amp; &quot;so&quot;</title>');
    // Every element that is opened is closed, in order.
    const open: string[] = [];
    for (const [, closing, name, empty] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (closing) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
    }
    expect(open).toEqual([]);
    expect(plotMarkup(plot)).toBe(svg);
  });

  it('draws plots without any data', () => {
    for (const plot of PLOTS) {
      const bare =
        plot.kind === 'points'
          ? { ...plot, series: [] }
          : plot.kind === 'lines'
            ? { ...plot, lines: [] }
            : plot.kind === 'scatter'
              ? { ...plot, sets: [] }
              : { ...plot, values: [], rows: { label: '', names: [] } };
      expect(plotMarkup(bare)).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('draws a power law through its points', () => {
    const svg = plotMarkup(PLOTS[4]);
    const dots = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) =>
      [x, y].map(Number),
    );
    const [, ...ends] =
      /<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)" stroke="#0072b2"/.exec(svg) ?? [];
    ends.map(Number).forEach((end, i) => expect(end).toBeCloseTo(dots.flat()[i], 0));
  });

  it('gives 0 a place apart on a logarithmic axis, and only where there is one', () => {
    const with0 = plotScale(log, [0, 1e-4, 1e-2], 6);
    expect(with0.gap).not.toBeNull();
    const [zero, low, middle, high] = [0, 1e-4, 1e-3, 1e-2].map((x) => with0.share(x) ?? NaN);
    expect(zero).toBeLessThan(with0.gap ?? 0);
    expect(with0.gap ?? 1).toBeLessThan(low);
    expect(middle).toBeCloseTo((low + high) / 2, 9);
    const without = plotScale(log, [1e-4, 1e-2], 6);
    expect(without.gap).toBeNull();
    expect(without.share(0)).toBeNull();
  });
});
