import { describe, expect, it } from 'vitest';
import { textWidth } from '../text';
import { EXAMPLE_PLOTS } from './examples';
import { layOutAxes, layOutHeat } from './layout';
import type { PointsPlot } from './types';

const box = { width: 680, dataHeight: 300, text: 12 };
const named = (labels: string[]): PointsPlot => ({
  ...EXAMPLE_PLOTS.points,
  series: labels.map((label) => ({ label, points: [] })),
});

describe('the legend of a plot', () => {
  it('is one row while there is room, and stacks only where there is none', () => {
    const plot = named(['isotropic tanh', 'tanh', 'linear']);
    const wide = layOutAxes(plot, box).legend;
    expect(new Set(wide.map(({ y }) => y)).size).toBe(1);
    for (const [i, { x, lines }] of wide.slice(0, -1).entries())
      expect(wide[i + 1].x).toBeGreaterThan(x + textWidth(lines[0], 12));
    const narrow = layOutAxes(plot, { ...box, width: 110 }).legend;
    expect(new Set(narrow.map(({ y }) => y)).size).toBe(3);
    expect(new Set(narrow.map(({ x }) => x)).size).toBe(1);
  });

  it('is left out for a single series', () => {
    expect(layOutAxes(named(['only']), box).legend).toEqual([]);
  });

  it('breaks a name that is wider than the plot', () => {
    const [first] = layOutAxes(named(['a very long name of a series indeed', 'b']), {
      ...box,
      width: 150,
    }).legend;
    expect(first.lines.length).toBeGreaterThan(1);
    for (const line of first.lines) expect(first.x + 10 + textWidth(line, 12)).toBeLessThanOrEqual(152);
  });
});

describe('labels of categories', () => {
  const among = (categories: string[]): PointsPlot => ({
    ...named(['a']),
    x: { scale: 'category', label: '', categories },
  });
  it('stand level, broken into lines, while they fit; slope and stay inside where they do not', () => {
    const level = layOutAxes(among(['standard tanh', 'isotropic tanh']), { ...box, width: 190 });
    expect(level.slanted).toBe(false);
    expect(level.xLabels).toEqual([
      ['standard', 'tanh'],
      ['isotropic', 'tanh'],
    ]);
    const sloping = layOutAxes(among(['extraordinarily-long-name-one', 'b', 'c', 'd', 'e', 'f']), box);
    expect(sloping.slanted).toBe(true);
    const { area, x, xLabels, height } = sloping;
    const [{ share }] = x.ticks;
    const reach = textWidth(xLabels[0][0], 12);
    expect(area.left + share * area.width - 0.914 * reach).toBeGreaterThanOrEqual(-1);
    expect(area.top + area.height + 16 + 0.407 * reach).toBeLessThanOrEqual(height);
  });
});

describe('a heat map', () => {
  it('is as wide as its numbers need, also where that is more than the box', () => {
    const names = Array.from({ length: 12 }, (_, i) => `width ${i}`);
    const plot = {
      ...EXAMPLE_PLOTS.heat,
      columns: { label: '', names },
      values: [names.map((_, i) => i / 12), names.map(() => null)],
    };
    const { width, columns } = layOutHeat(plot, { ...box, width: 300 });
    for (const column of columns) expect(column.width).toBeGreaterThan(textWidth('83.33 %', 12));
    const last = columns[11];
    expect(width).toBeGreaterThanOrEqual(last.left + last.width);
    expect(width).toBeGreaterThan(600);
    expect(layOutHeat(EXAMPLE_PLOTS.heat, box).width).toBe(680);
  });
});
