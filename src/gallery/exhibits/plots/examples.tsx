import { EXAMPLE_PLOTS } from '../../../drawing/plot/examples';
import type { PlotData } from '../../../drawing/plot/types';
import { RECIPES } from '../../../experiments/registry';
import { PlotFigure } from '../../../workbench/views/plot/PlotFigure';
import type { Exhibit } from '../../exhibit';
import { EMPTY_PLOTS, EXTREME_PLOTS } from './extremes';

const statesOf = (plots: Readonly<Record<string, PlotData>>): Exhibit['states'] =>
  Object.entries(plots).map(([name, plot]) => ({
    name,
    show: <PlotFigure plot={plot} recipe={RECIPES[0]} results={[]} foot="Gallery" />,
  }));

export const plotExhibit: Exhibit = { part: 'PlotFigure', width: 430, states: statesOf(EXAMPLE_PLOTS) };
export const emptyPlotExhibit: Exhibit = {
  part: 'PlotFigure, empty',
  width: 430,
  states: statesOf(EMPTY_PLOTS),
};
export const extremePlotExhibit: Exhibit = {
  part: 'PlotFigure, extreme',
  width: 430,
  states: statesOf(EXTREME_PLOTS),
};
