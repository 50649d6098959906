import { plotMarkup } from '../../../experiments/plot/svg';
import { escapeMarkup } from '../../../experiments/plot/text';
import type { PlotData } from '../../../experiments/plot/types';
import { plotPng } from '../../../ui/charts/exportPlot';

const HEAD = 56;
const FOOT = 28;

/** A plot as one SVG file, drawn as in the Markdown report, with its title, what it shows, and what was run. */
export function plotSvgFile(plot: PlotData, foot: string): string {
  const inner = plotMarkup(plot);
  const [width, height] = [/ width="([\d.]+)"/, / height="([\d.]+)"/].map((pattern) =>
    Number(pattern.exec(inner)?.[1] ?? 0),
  );
  const total = height + HEAD + FOOT;
  const line = (text: string, y: number, size: number, weight = 400, fill = '#59636e'): string =>
    `<text x="16" y="${y}" font-size="${Math.min(size, ((width - 32) / (0.54 * text.length)) | 0 || size)}" font-weight="${weight}" fill="${fill}">${escapeMarkup(text)}</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}" font-family="Inter, system-ui, sans-serif">` +
    `<rect width="${width}" height="${total}" fill="#ffffff"/>` +
    line(plot.title, 26, 16, 600, '#1f2328') +
    line(plot.about, 46, 12) +
    inner.replace('<svg ', `<svg y="${HEAD}" `) +
    line(foot, total - 10, 11) +
    '</svg>'
  );
}

/** The same as PNG, three pixels for each CSS pixel. */
export function plotPngFile(svg: string): Promise<Blob> {
  const [width, height] = [/ width="([\d.]+)"/, / height="([\d.]+)"/].map((pattern) =>
    Number(pattern.exec(svg)?.[1] ?? 0),
  );
  return plotPng({ text: svg, width, height });
}
