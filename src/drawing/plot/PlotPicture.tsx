import type { DrawingColours } from '../colours';
import { AxisPicture } from './AxisPicture';
import { HeatPicture } from './HeatPicture';
import {
  type AxisLayout,
  type AxisPlot,
  type HeatLayout,
  layOutAxes,
  layOutHeat,
  type PlotBox,
} from './layout';
import type { HeatPlot, PlotData } from './types';

/** A plot with the layout of its kind. */
export type LaidOutPlot =
  { kind: 'axes'; plot: AxisPlot; layout: AxisLayout } | { kind: 'heat'; plot: HeatPlot; layout: HeatLayout };

/** Lays out a plot of any kind for a box. */
export function layOutPlot(plot: PlotData, box: PlotBox): LaidOutPlot {
  return plot.kind === 'heat'
    ? { kind: 'heat', plot, layout: layOutHeat(plot, box) }
    : { kind: 'axes', plot, layout: layOutAxes(plot, box) };
}

/** An experiment's plot, as the content of an <svg> of its layout's size: the same on the page, in files and in reports. */
export function PlotPicture({ laidOut, colours }: { laidOut: LaidOutPlot; colours: DrawingColours }) {
  return laidOut.kind === 'heat' ? (
    <HeatPicture plot={laidOut.plot} layout={laidOut.layout} colours={colours} />
  ) : (
    <AxisPicture plot={laidOut.plot} layout={laidOut.layout} colours={colours} />
  );
}
