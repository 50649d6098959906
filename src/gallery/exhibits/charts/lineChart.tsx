import { significant } from '../../../drawing/format';
import { type ChartLine, chartLine, type LineStyle } from '../../../ui/charts/steps/chartLine';
import { LineChart } from '../../../ui/charts/steps/LineChart';
import { LAST_STEP, trainedRun } from '../../data/labStates';
import type { Exhibit } from '../../exhibit';

const LINE_COLOURS = ['var(--accuracy)', 'var(--energy)', 'var(--control)', 'var(--length)'];

/** A line through the values of a function at every second step. */
function lineOf(
  label: string | null,
  nth: number,
  valueAt: (step: number) => number,
  look: LineStyle = 'strong',
  n = LAST_STEP / 2 + 1,
): ChartLine {
  const rows = { n, stepAt: (row: number) => 2 * row, valueAt: (row: number) => valueAt(2 * row) };
  return chartLine({ id: label ?? `line ${nth}`, label, colour: LINE_COLOURS[nth], look }, rows);
}

const learning = (step: number): number => 0.88 - 0.78 * Math.exp(-step / 90);
const SOURCES = [
  lineOf('linear', 2, (step) => 0.81 - 0.6 * Math.exp(-step / 60), 'control'),
  lineOf('twin', 2, (step) => 0.86 - 0.76 * Math.exp(-step / 120), 'twin'),
  lineOf(null, 0, (step) => learning(step) + 0.02 * Math.sin(step), 'faint'),
  lineOf('network', 0, learning),
];

const chart = (sources: ChartLine[], more: Partial<Parameters<typeof LineChart>[0]> = {}) => (
  <LineChart
    name="gallery"
    title="Test accuracy"
    about="share of 1,000 fixed test images"
    sources={sources}
    format={significant}
    labelWidth={12}
    series={() => false}
    empty="Nothing trained yet. Play, and the curves begin here."
    {...more}
  />
);

/** The lower edge of one line is the line before: areas that add up. */
const stacked = [
  {
    ...lineOf('layer 1', 1, (step) => 0.3 * Math.exp(-step / 200)),
    topAt: (row: number) => 0.3 * Math.exp(-row / 100),
  },
  {
    ...lineOf('layer 2', 3, (step) => 0.1 + 0.1 * Math.exp(-step / 100)),
    topAt: (row: number) => 0.3 * Math.exp(-row / 100) + 0.1 + 0.1 * Math.exp(-row / 50),
  },
];

const sigmas = Array.from({ length: 24 }, (_, k) => ({
  n: LAST_STEP / 2 + 1,
  stepAt: (row: number) => 2 * row,
  valueAt: (row: number) =>
    k < 12 ? 1 + 0.12 * (12 - k) * (1 - Math.exp(-row / 60)) : Math.exp((-row * (k - 12)) / 400),
}));

export const lineChartExhibit: Exhibit = {
  part: 'LineChart',
  width: 316,
  height: 260,
  states: [
    { name: 'a run with its controls', show: chart(SOURCES) },
    {
      name: 'on a log axis, as error',
      show: chart(SOURCES, { startLog: true, logView: { title: 'Test error', map: (value) => 1 - value } }),
    },
    { name: 'empty', show: chart([]) },
    { name: 'one value', show: chart([lineOf('network', 0, learning, 'strong', 1)]) },
    { name: 'areas that add up', show: chart(stacked, { title: 'Energy by layer' }) },
    {
      name: 'many σ, with references',
      show: chart([], {
        title: 'σ of layer 1',
        bundles: [{ id: 'sigma', colour: 'var(--sigma)', opacity: 0.5, strong: false, rows: sigmas }],
        references: [
          { value: 1, label: '1' },
          { value: 0.1, label: 'θ' },
        ],
      }),
    },
    {
      name: 'diverged: ten decades, then no number',
      show: chart([lineOf('loss', 0, (step) => (step < 260 ? 10 ** (step / 26 - 4) : NaN))], {
        title: 'Data loss',
        startLog: true,
      }),
    },
    {
      name: 'zero on a log axis',
      show: chart([lineOf('loss', 0, (step) => 2 * Math.exp(-step / 90)), lineOf('λ·E', 1, () => 0)], {
        title: 'Loss and λ·E',
        startLog: true,
      }),
    },
    {
      name: 'long names, a value, a note',
      show: chart(
        [
          lineOf('with its corrections', 0, learning),
          lineOf('without them', 1, (step) => learning(step) - 0.004),
        ],
        {
          title: 'Accuracy of a network that grows and shrinks',
          about: '% of 1,000 fixed test images · lines: mean of 4 evaluations, faint: each',
          value: (
            <>
              <strong>88.1 %</strong> of all 10,000
            </>
          ),
          note: 'The twin began at step 120.',
          labelWidth: 26,
        },
      ),
    },
    {
      name: 'read at step 120',
      show: <div style={{ display: 'flex', height: 258, padding: 8 }}>{chart(SOURCES)}</div>,
      window: { width: 316, height: 258, prepare: () => trainedRun({ cursor: 120 }) },
    },
  ],
};
