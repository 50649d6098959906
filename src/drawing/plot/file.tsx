import { renderToStaticMarkup } from 'react-dom/server';
import { FILE_COLOURS } from '../colours';
import type { PictureFile } from '../pictureFile';
import { wrapText } from '../text';
import { TextLines } from './AxesFrame';
import { layOutPlot, PlotPicture } from './PlotPicture';
import type { PlotBox } from './layout';
import type { PlotData } from './types';

/** What a plot is laid out for in a file, in pixels at scale 1. */
export const FILE_BOX: PlotBox = { width: 680, dataHeight: 320, text: 12 };
const PAD = 16;
/** The page's type, and what stands in for it where a file is looked at elsewhere. */
const FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

/** Title, what the plot shows, the plot itself, and what was run, one under the other. */
function PlotFile({ plot, foot }: { plot: PlotData; foot: string }) {
  const { ink, quiet, paper } = FILE_COLOURS;
  const laidOut = layOutPlot(plot, FILE_BOX);
  const width = laidOut.layout.width + 2 * PAD;
  const lines = (text: string, size: number): string[] => wrapText(text, size, width - 2 * PAD);
  const [title, about, run] = [lines(plot.title, 16), lines(plot.about, 12), lines(foot, 11)];
  const aboutAt = PAD + title.length * 21.5 + 10;
  const head = Math.round(aboutAt + about.length * 16 + 2);
  const runAt = head + laidOut.layout.height + 18;
  const height = Math.round(
    run.length > 0 ? runAt + (run.length - 1) * 14.7 + PAD : head + laidOut.layout.height + PAD,
  );
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      fontFamily={FONT}
      role="img"
      aria-label={`${plot.title}. ${plot.about}`}
    >
      <title>{plot.title}</title>
      <rect width={width} height={height} fill={paper} />
      <g fontWeight={600}>
        <TextLines lines={title} x={PAD} y={PAD + 14} text={16} fill={ink} />
      </g>
      <TextLines lines={about} x={PAD} y={aboutAt + 8} text={12} fill={quiet} />
      <g transform={`translate(${PAD} ${head})`}>
        <PlotPicture laidOut={laidOut} colours={FILE_COLOURS} />
      </g>
      <TextLines lines={run} x={PAD} y={runAt} text={11} fill={quiet} />
    </svg>
  );
}

/**
 * A plot as one SVG file, made without a document: what the command line writes beside its reports, and what the page exports.
 * `foot` says what was run. It loads React's server renderer: the page imports it only when a picture is asked for.
 */
export function plotFile(plot: PlotData, foot: string): PictureFile {
  const text = renderToStaticMarkup(<PlotFile plot={plot} foot={foot} />);
  const [, width, height] = /^<svg[^>]* width="(\d+(?:\.\d+)?)" height="(\d+)"/.exec(text) ?? [];
  return { text, width: Number(width), height: Number(height) };
}
