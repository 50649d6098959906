import { trainedRun } from './data/labStates';
import {
  logLogExhibit,
  ridgeFigureExhibit,
  unitsChartExhibit,
  waterfallExhibit,
} from './exhibits/charts/lensCharts';
import { lineChartExhibit } from './exhibits/charts/lineChart';
import { sigmaBarsExhibit } from './exhibits/charts/sigmaBars';
import { reportTableExhibit, timelineExhibit } from './exhibits/charts/timeline';
import { buttonExhibit, iconButtonExhibit } from './exhibits/kit/buttons';
import { fieldExhibit } from './exhibits/kit/fields';
import { iconExhibit } from './exhibits/kit/icons';
import { numberFieldExhibit, segmentedExhibit, selectExhibit, switchExhibit } from './exhibits/kit/inputs';
import { logSliderExhibit } from './exhibits/kit/logSlider';
import { dialogExhibit, popoverExhibit, tooltipExhibit } from './exhibits/kit/overlays';
import { emptyPlotExhibit, extremePlotExhibit, plotExhibit } from './exhibits/plots/examples';
import {
  architectureStageExhibit,
  extremeStageExhibit,
  phoneStageExhibit,
  stageExhibit,
} from './exhibits/stage/networks';
import { sampleStageExhibit } from './exhibits/stage/samples';
import type { ExhibitState, GallerySection } from './exhibit';
import type { GalleryPlace } from './place';

/** All sections in the order of the gallery. A new exhibit is a file in `exhibits/` and a line here. */
export const SECTIONS: readonly GallerySection[] = [
  {
    id: 'kit',
    title: 'Kit',
    exhibits: [
      buttonExhibit,
      iconButtonExhibit,
      iconExhibit,
      fieldExhibit,
      numberFieldExhibit,
      selectExhibit,
      segmentedExhibit,
      switchExhibit,
      logSliderExhibit,
      popoverExhibit,
      tooltipExhibit,
      dialogExhibit,
    ],
  },
  {
    id: 'charts',
    title: 'Charts',
    prepare: () => trainedRun(),
    exhibits: [
      lineChartExhibit,
      sigmaBarsExhibit,
      unitsChartExhibit,
      logLogExhibit,
      ridgeFigureExhibit,
      waterfallExhibit,
      timelineExhibit,
      reportTableExhibit,
    ],
  },
  {
    id: 'plots',
    title: 'Experiment plots',
    exhibits: [plotExhibit, emptyPlotExhibit, extremePlotExhibit],
  },
  {
    id: 'stage',
    title: 'Stage',
    exhibits: [stageExhibit, extremeStageExhibit, phoneStageExhibit],
  },
  {
    id: 'stage-kinds',
    title: 'Stage: architectures and samples',
    exhibits: [architectureStageExhibit, sampleStageExhibit],
  },
];

/** The section an address names, and the state where it names one. Throws where there is none of that name. */
export function stateOfPlace(place: GalleryPlace): { section: GallerySection; state: ExhibitState | null } {
  const section = place.section ? SECTIONS.find(({ id }) => id === place.section) : SECTIONS[0];
  if (!section) throw new Error(`The gallery has no section “${place.section}”.`);
  if (place.part === null) return { section, state: null };
  const exhibit = section.exhibits.find(({ part }) => part === place.part);
  const state = exhibit?.states.find(({ name }) => name === place.state);
  if (!state) throw new Error(`The gallery has no “${place.part}: ${place.state}” in “${section.title}”.`);
  return { section, state };
}
