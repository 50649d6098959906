import { logAxis, toShare } from '../../../drawing/scale';
import type { UnitsPoint } from '../../../store/series/history';
import { WaterfallFigure } from '../../../ui/lenses/energy/WaterfallFigure';
import { LogLogChart } from '../../../ui/lenses/spectrum/LogLogChart';
import { RidgeFigure, type RidgePanel } from '../../../ui/lenses/spectrum/RidgeFigure';
import { ridgeHeights } from '../../../ui/lenses/spectrum/ridges';
import { UnitsChart } from '../../../ui/lenses/UnitsChart';
import type { Exhibit } from '../../exhibit';

const SIZE = { width: 316, height: 260 };
const noTable = () => ({ caption: '', head: [], rows: [] });

const trace: UnitsPoint[] = [128, 96, 64, 32, 16, 12, 8, 6, 4, 2].map((units) => ({
  step: 400,
  layer: 0,
  units,
  n: 1000,
  accuracy: 0.88 - 0.7 * Math.exp(-units / 4),
}));

export const unitsChartExhibit: Exhibit = {
  part: 'UnitsChart',
  ...SIZE,
  states: [
    { name: 'from 128 units to 2', show: <UnitsChart trace={trace} linear={0.81} /> },
    { name: 'one removal', show: <UnitsChart trace={trace.slice(0, 2)} linear={null} /> },
  ],
};

const sizes = [1e-4, 1e-3, 1e-2, 1e-1, 1];
const logLog = (filled: boolean) => (
  <LogLogChart
    name="law"
    title="What a removal changes"
    about="log axes · each dot a unit"
    lines={
      filled
        ? [
            {
              id: 'law',
              label: 'first order',
              colour: 'var(--control)',
              look: 'control',
              x: sizes,
              y: sizes.map((x) => 2 * x),
            },
          ]
        : []
    }
    dots={filled ? sizes.map((x, i) => ({ x, y: x * (1.5 + 0.3 * i), title: `unit ${i + 1}` })) : []}
    table={noTable}
    csv={() => []}
    empty="Reading the network …"
    caption=""
  />
);

export const logLogExhibit: Exhibit = {
  part: 'LogLogChart',
  ...SIZE,
  states: [
    { name: 'five units and the law', show: logLog(true) },
    { name: 'empty', show: logLog(false) },
  ],
};

const scale = logAxis(0.02, 8, { count: 5 });
const axis = { scale, share: toShare(scale) };
/** σ that begin at 1 and spread as training goes on. */
const spread = (label: string, colour: string, most: number): RidgePanel => ({
  label,
  colour,
  ridges: Array.from({ length: 12 }, (_, m) => ({
    step: 20 * m,
    classes: m === 6,
    heights: ridgeHeights(
      Array.from({ length: 64 }, (_, k) => Math.exp((most * m * (32 - k)) / (32 * 12))),
      axis.share,
    ),
  })),
});
const ridges = (panels: RidgePanel[]) => (
  <RidgeFigure
    name="ridges"
    title="σ of layer 1 over training"
    about="log axis · each ridge a moment, the lowest is now"
    axis={axis}
    mark={1}
    panels={panels}
    read={(step) => `step ${step}`}
    table={noTable}
    csv={() => []}
    empty="Nothing trained yet. Play, and the ridges begin here."
  />
);

export const ridgeFigureExhibit: Exhibit = {
  part: 'RidgeFigure',
  ...SIZE,
  states: [
    { name: 'twelve moments', show: ridges([spread('isotropic', 'var(--sigma)', 1.5)]) },
    {
      name: 'beside a twin',
      show: ridges([spread('isotropic', 'var(--sigma)', 1.5), spread('tanh twin', 'var(--control)', 0.8)]),
    },
    { name: 'empty', show: ridges([{ label: 'isotropic', colour: 'var(--sigma)', ridges: [] }]) },
  ],
};

export const waterfallExhibit: Exhibit = {
  part: 'WaterfallFigure',
  ...SIZE,
  states: [
    {
      name: 'empty',
      show: <WaterfallFigure report={null} empty="A twin without λ is needed for comparison." />,
    },
  ],
};
