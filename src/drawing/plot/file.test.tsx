import { DOMParser, type Document, type Element, onErrorStopParsing } from '@xmldom/xmldom';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { FILE_COLOURS, PAGE_COLOURS } from '../colours';
import { plotScale } from './axes';
import { EXAMPLE_PLOTS, LOG_AXIS } from './examples';
import { FILE_BOX, plotFile } from './file';
import { layOutPlot, PlotPicture } from './PlotPicture';
import type { PlotData } from './types';

const PLOTS: [string, PlotData][] = Object.entries(EXAMPLE_PLOTS);

/** The file as a document; throws where it is not well-formed. */
const parsed = (svg: string): Document =>
  new DOMParser({ onError: onErrorStopParsing }).parseFromString(svg, 'image/svg+xml');
const all = (document: Document, name: string): Element[] => [...document.getElementsByTagName(name)];
const numbers = (element: Element, ...names: string[]): number[] =>
  names.map((name) => {
    const value = element.getAttribute(name);
    if (value === null) throw new Error(`<${element.tagName}> has no ${name}.`);
    return Number(value);
  });
const texts = (document: Document): string[] =>
  all(document, 'text').map(({ textContent }) => textContent ?? '');

describe('plots as SVG files', () => {
  it.each(PLOTS)('%s: well-formed, of its size, with finite numbers, and the same each time', (_, plot) => {
    const file = plotFile(plot, 'what was run');
    expect(file.text).not.toMatch(/NaN|Infinity|undefined/);
    const document = parsed(file.text);
    const root = document.documentElement;
    expect(root?.tagName).toBe('svg');
    expect(numbers(root as Element, 'width', 'height')).toEqual([file.width, file.height]);
    expect(root?.getAttribute('viewBox')).toBe(`0 0 ${file.width} ${file.height}`);
    expect(all(document, 'title').map(({ textContent }) => textContent)).toEqual([plot.title]);
    for (const words of [plot.title, plot.about, 'what was run']) expect(texts(document)).toContain(words);
    const marks = ['path', 'rect', 'polyline', 'polygon', 'circle'].flatMap((name) => all(document, name));
    expect(marks.length).toBeGreaterThan(2);
    expect(plotFile(plot, 'what was run')).toEqual(file);
  });

  it.each(PLOTS)('%s: nothing stands outside the picture', (_, plot) => {
    const { width, height } = layOutPlot(plot, FILE_BOX).layout;
    const document = parsed(plotFile(plot, '').text);
    const places = [...all(document, 'text'), ...all(document, 'rect')].flatMap((element) =>
      element.hasAttribute('x') ? [numbers(element, 'x', 'y')] : [],
    );
    expect(places.length).toBeGreaterThan(4);
    for (const [x, y] of places) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(height);
    }
  });

  it.each(PLOTS)('%s: the page draws the very same picture, in its own colours', (_, plot) => {
    const laidOut = layOutPlot(plot, FILE_BOX);
    const inFile = renderToStaticMarkup(<PlotPicture laidOut={laidOut} colours={FILE_COLOURS} />);
    expect(inFile.length).toBeGreaterThan(500);
    expect(plotFile(plot, 'run').text).toContain(inFile);
    const onPage = renderToStaticMarkup(<PlotPicture laidOut={laidOut} colours={PAGE_COLOURS} />);
    const uncoloured = (markup: string): string =>
      markup.replace(/ (fill|stroke)="(#[0-9a-f]{6}|var\(--[\w-]+\))"/g, ' $1=""');
    expect(onPage).not.toBe(inFile);
    expect(uncoloured(onPage)).toBe(uncoloured(inFile));
  });

  it('draws plots without any data', () => {
    const { points, lines, scatter, heat } = EXAMPLE_PLOTS;
    const bare: PlotData[] = [
      { ...points, series: [] },
      { ...lines, lines: [] },
      { ...scatter, sets: [] },
      { ...heat, values: [], rows: { label: '', names: [] } },
    ];
    for (const plot of bare) {
      const { text } = plotFile(plot, '');
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
      expect(texts(parsed(text))).toContain(plot.title);
    }
  });

  it('draws a power law through its points', () => {
    const document = parsed(plotFile(EXAMPLE_PLOTS.scatter, '').text);
    const blue = FILE_COLOURS.series[0];
    // A circle begins at its left edge, 4.5 before its centre.
    const dots = all(document, 'path')
      .filter((path) => path.getAttribute('fill') === blue)
      .map(
        (path) =>
          /^M([\d.]+) ([\d.]+)a4\.5/
            .exec(path.getAttribute('d') ?? '')
            ?.slice(1)
            .map(Number) ?? [],
      );
    expect(dots.map((place) => place.length)).toEqual([2, 2]);
    const fits = all(document, 'line').filter((line) => line.getAttribute('stroke') === blue);
    expect(fits).toHaveLength(1);
    const ends = numbers(fits[0], 'x1', 'y1', 'x2', 'y2');
    dots
      .flatMap(([x, y]) => [x + 4.5, y])
      .forEach((place, i) => expect(Math.abs(ends[i] - place)).toBeLessThan(0.2));
  });

  it('counts in whole numbers, each once, also where there is nothing to count', () => {
    const empty = plotScale({ scale: 'linear', label: 'Steps', format: 'count' }, [], 6);
    expect(empty.ticks.map(({ label }) => label)).toEqual(['0', '1']);
  });

  it('gives 0 a place apart on a logarithmic axis, and only where there is one', () => {
    const with0 = plotScale(LOG_AXIS, [0, 1e-4, 1e-2], 6);
    expect(with0.gap).not.toBeNull();
    const [zero, low, middle, high] = [0, 1e-4, 1e-3, 1e-2].map((x) => with0.share(x) ?? NaN);
    expect(zero).toBeLessThan(with0.gap ?? 0);
    expect(with0.gap ?? 1).toBeLessThan(low);
    expect(middle).toBeCloseTo((low + high) / 2, 9);
    const without = plotScale(LOG_AXIS, [1e-4, 1e-2], 6);
    expect(without.gap).toBeNull();
    expect(without.share(0)).toBeNull();
  });
});
