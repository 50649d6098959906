import type { ReactNode } from 'react';
import type { AxisFit, TickFormat } from '../../../drawing/scale';
import type { DrawnBundle, ReferenceValue } from '../ChartPlot';
import type { ChartLine } from './chartLine';
import type { SeriesRows } from './decimate';

/** Lines drawn as one, with the values of each (see DrawnBundle). */
export interface LineBundle extends Omit<DrawnBundle, 'lines'> {
  rows: SeriesRows[];
}

/** What a chart over steps is made of. */
export interface LineChartProps {
  /** Short name, for files: "accuracy". */
  name: string;
  title: string;
  /** Unit, what is averaged over what, and n. */
  about: string;
  /** A number beside the title. */
  value?: ReactNode;
  sources: ChartLine[];
  bundles?: LineBundle[];
  /** Horizontal marks, e.g. σ = 1; they are kept in sight. */
  references?: ReferenceValue[];
  startLog?: boolean;
  /** What the log axis shows where it is not the same quantity (accuracy shows its error). */
  logView?: { title: string; map: (value: number) => number };
  fit?: AxisFit;
  /** Values before this step do not stretch the linear axis. */
  fitFrom?: number;
  /** Least height of the linear axis: below it, differences are noise. */
  least?: number;
  format: (value: number) => string;
  /** How numbers along the y axis are written; three digits where left out. */
  numbers?: TickFormat;
  /** Widest end label, in characters. */
  labelWidth: number;
  /** The raw series behind the chart, by export name. */
  series: (name: string) => boolean;
  /** What stands in the plot while it is empty. */
  empty: string;
  note?: ReactNode;
}
