import { participationRatio } from '../../../energy/activity';
import { sliceColumns } from '../../../energy/layers';
import { pathStarts } from '../../../network/merge';
import type { Network } from '../../../network/network';
import { type ForwardPass, referenceForward } from '../../../network/reference';
import { meanInterval } from '../../../statistics/intervals';
import { leastSquaresLine } from '../../../statistics/regression';
import { mean } from '../../../statistics/summary';
import { resultsAt, levelsOf, pointAt, runsOf, runValues } from '../../analysis';
import { formatInterval } from '../../../drawing/format';
import { PLAIN_METRICS } from '../../runner/plainTrial';
import { ENERGY_SETTING, TINY_DIFFERENCES, TINY_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, Recipe, RecipeResults, TrialResult } from '../../types';

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { units: [16], glia: [0.5, 1, 2] },
    duration: { steps: 20 },
    configuration: { ...TINY_SETTING, architecture: 'bimodal' },
  },
  quick: {
    seeds: 3,
    levels: { units: [32, 64], glia: [0.25, 0.5, 1, 2, 3] },
    duration: { steps: 400 },
    configuration: { ...ENERGY_SETTING, data: 'fashion-mnist', architecture: 'bimodal' },
    images: { test: 2000 },
  },
  class: {
    seeds: 5,
    levels: { units: [64, 128], glia: [0.25, 0.5, 1, 1.5, 2, 2.5, 3] },
    duration: { epochs: 3 },
    configuration: { ...ENERGY_SETTING, data: 'fashion-mnist', architecture: 'bimodal' },
  },
  full: {
    seeds: 10,
    levels: { units: [64, 128, 256, 512], glia: [0.25, 0.5, 1, 1.5, 2, 2.5, 3] },
    duration: { epochs: 10 },
    configuration: { ...ENERGY_SETTING, data: 'fashion-mnist', architecture: 'bimodal' },
  },
};

/** The fit the paper publishes, ratio = 0.68·glia + 0.12, its R², and the ratio its networks are designed with. */
const PUBLISHED = { slope: 0.68, intercept: 0.12, r2: 0.952, design: 2 } as const;
/** A slope within this part of the published one counts as it, and a line as a line from this R² on. */
const [LATITUDE, LEAST_R2] = [0.25, 0.9];

/** Ratios of layer 1 to layer 2: of directions filled (participation ratio), of units used by an image, of units there. */
const RATIOS = [
  { id: 'ratio', label: 'directions filled, both paths' },
  { id: 'neuronal', label: 'directions filled, neuronal path' },
  { id: 'glial', label: 'directions filled, glial path' },
  { id: 'active', label: 'active units of an image, neuronal path' },
  { id: 'width', label: 'units there (by construction)' },
] as const;
type RatioId = (typeof RATIOS)[number]['id'];

/** Ratio of layer 1 to layer 2 of a network of two hidden layers with a neuronal and a glial path, from its activations. */
export function compressionRatios({ spec }: Network, { h, n }: ForwardPass): Record<RatioId, number | null> {
  const layers = spec.hidden.slice(0, 2).map((layer, l) => {
    const [neurons, glia] = (layer.paths ?? []).map((path, p) =>
      sliceColumns(h[l], n, layer.width, pathStarts(layer)[p], path.width),
    );
    const filled = (values: Float64Array): number => participationRatio(values, n, values.length / n);
    return {
      ratio: filled(h[l]),
      neuronal: filled(neurons),
      glial: filled(glia),
      active: neurons.reduce((sum, value) => sum + Number(value !== 0), 0) / n,
      width: layer.width,
    };
  });
  const [first, second] = layers;
  return Object.fromEntries(
    RATIOS.map(({ id }) => [id, second[id] > 0 ? first[id] / second[id] : null]),
  ) as Record<RatioId, number | null>;
}

/** By seed, the straight line of a ratio over the glia ratio, widths averaged at each; seeds with three glia ratios at least. */
export function ratioLines(
  results: readonly TrialResult[],
  id: RatioId,
): { slope: number; intercept: number; r2: number }[] {
  const seeds = [...new Set(results.map(({ seed }) => seed))];
  return seeds.flatMap((seed) => {
    const own = results.filter((result) => result.seed === seed);
    const ratios = levelsOf<number>(own, 'glia');
    const means = ratios.map((glia) => mean(runValues(resultsAt(own, { glia }), id)));
    if (means.filter(Number.isFinite).length < 3) return [];
    const { slope, intercept, r2 } = leastSquaresLine(ratios, means);
    return [{ slope: slope.value, intercept, r2 }];
  });
}

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const units = levelsOf<number>(done, 'units').sort((a, b) => a - b);
  const glia = levelsOf<number>(done, 'glia').sort((a, b) => a - b);
  const fitted = (id: RatioId, part: 'slope' | 'intercept' | 'r2') =>
    meanInterval(
      ratioLines(done, id)
        .map((one) => one[part])
        .filter(Number.isFinite),
    );
  const [slope, intercept, r2] = [
    fitted('ratio', 'slope'),
    fitted('ratio', 'intercept'),
    fitted('ratio', 'r2'),
  ];
  const [low, high] = [(1 - LATITUDE) * PUBLISHED.slope, (1 + LATITUDE) * PUBLISHED.slope];
  const sets = units.map((width) => ({
    label: `${width} and ${width / 2} neurons`,
    points: glia.flatMap((ratio) =>
      runsOf(resultsAt(done, { units: width, glia: ratio }), 'ratio').map(({ value, trial }) => ({
        x: ratio,
        y: value,
        trial,
      })),
    ),
  }));
  return {
    found: `The measured ratio rises by ${formatInterval(slope, 'number')} for each unit of glia ratio from ${formatInterval(intercept, 'number')} (R² ${formatInterval(r2, 'number')}); the published fit is ${PUBLISHED.slope}·glia + ${PUBLISHED.intercept}. The ratio of widths is ${PUBLISHED.design} throughout, by construction.`,
    criteria: [
      {
        label: `the slope over the glia ratio is within a quarter of the published ${PUBLISHED.slope}`,
        interval: slope,
        above: low,
        below: high,
      },
      {
        label: `a straight line explains at least ${100 * LEAST_R2} % of the variance of the means`,
        interval: r2,
        above: LEAST_R2,
      },
    ],
    main: {
      kind: 'scatter',
      id: 'ratio',
      title: 'Measured compression from layer 1 to layer 2 against the glia ratio',
      about: `Every run (n = ${done.length}): directions filled in layer 1 over those in layer 2 (participation ratio of the activations on 512 test images).`,
      x: { scale: 'linear', label: 'Glia ratio', format: 'number' },
      y: { scale: 'linear', label: 'Layer 1 / layer 2', format: 'number' },
      sets,
      fits: [
        ...(Number.isFinite(slope.value)
          ? [{ label: 'our line', slope: slope.value, intercept: intercept.value }]
          : []),
        { label: 'published', slope: PUBLISHED.slope, intercept: PUBLISHED.intercept },
      ],
      marks: [{ axis: 'y', value: PUBLISHED.design, label: 'by design' }],
    },
    further: [
      {
        kind: 'points',
        id: 'readings',
        title: 'Other readings of “compression ratio”',
        about: 'Mean over seeds and widths with its 95 % interval, and the runs.',
        x: { scale: 'linear', label: 'Glia ratio', format: 'number' },
        y: { scale: 'linear', label: 'Layer 1 / layer 2', format: 'number' },
        series: RATIOS.map(({ id, label }) => ({
          label,
          points: glia.map((ratio) => pointAt(ratio, resultsAt(done, { glia: ratio }), id)),
        })),
        marks: [],
      },
    ],
    tables: [
      {
        id: 'fits',
        title: 'Ratio = slope · glia + intercept, by reading',
        columns: [
          { label: 'Reading' },
          { label: 'n (seeds)', format: 'count' },
          { label: 'Slope' },
          { label: 'Intercept' },
          { label: 'R²' },
        ],
        rows: RATIOS.map(({ id, label }) => [
          label,
          ratioLines(done, id).length,
          ...(['slope', 'intercept', 'r2'] as const).map((part) =>
            formatInterval(fitted(id, part), 'number'),
          ),
        ]),
      },
      {
        id: 'ratios',
        title: 'Measured ratios',
        columns: [
          { label: 'Neurons in layer 1', format: 'count' },
          { label: 'Glia ratio', format: 'number' },
          { label: 'n', format: 'count' },
          ...RATIOS.map(({ label }) => ({ label, format: 'number' as const })),
          { label: 'Accuracy', format: 'share' },
        ],
        rows: units.flatMap((width) =>
          glia.map((ratio) => {
            const results = resultsAt(done, { units: width, glia: ratio });
            return [
              width,
              ratio,
              results.length,
              ...[...RATIOS.map(({ id }) => id), 'accuracy'].map((id) => pointAt(0, results, id).mean.value),
            ];
          }),
        ),
      },
    ],
    effects: [
      { label: 'Directions filled', kind: 'slope over the glia ratio', interval: slope, format: 'number' },
    ],
  };
}

/** Energy paper, Fig. 2: compression from layer to layer against the glia ratio. */
export const compressionRatio: Recipe = {
  id: 'compression-ratio',
  version: 1,
  question: 'Does the share of glia set how strongly BimodalTrue compresses from layer to layer?',
  source: { paper: 'energy', where: 'Fig. 2' },
  doesNotShow:
    'That compression makes a network better. Nor what the paper measured: it defines no measured ratio, and the ratio of widths says nothing, being chosen.',
  howToRead:
    'A rising line means: more glia, more directions in layer 1 for each in layer 2. The flat line at 2 is the ratio of widths, true by construction at every width and glia ratio.',
  rule: `Reproduced if the 95 % interval of the slope of the measured ratio over the glia ratio (one line a seed) lies within a quarter of the published ${PUBLISHED.slope} and that of R² above ${LEAST_R2}; not reproduced if one lies wholly outside.`,
  minimumSeeds: 3,
  published: [
    { label: 'Slope of the ratio over the glia ratio', value: PUBLISHED.slope, unit: '', source: 'Fig. 2' },
    { label: 'Intercept', value: PUBLISHED.intercept, unit: '', source: 'Fig. 2' },
    { label: 'R² of the fit (545 runs)', value: PUBLISHED.r2, unit: '', source: 'Fig. 2' },
    {
      label: 'Compression ratio layer 1 to 2, by design',
      value: PUBLISHED.design,
      unit: '',
      source: 'Fig. 2',
    },
  ],
  differences: {
    always: [
      'The paper does not say what its measured ratio is of, nor the range of glia ratios. Participation ratio of the activations is our reading; others stand beside it.',
      'The published fit and the design value cannot both hold for glia ratios up to 1: 0.68 · 1 + 0.12 = 0.80, and 2.0 needs a glia ratio of 2.76.',
      'Widths of the glial path, separate wiring and the paths side by side are our reading of BimodalTrue.',
      'R² is of means over widths at each glia ratio, not of single runs; that flatters it.',
    ],
    tiny: TINY_DIFFERENCES,
    quick: ['32 and 64 neurons where the paper has 64 to 512; 400 steps.'],
    class: ['64 and 128 neurons where the paper has 64 to 512; three epochs.'],
  },
  factors: [
    { id: 'units', label: 'Neurons in layer 1' },
    { id: 'glia', label: 'Glia ratio' },
  ],
  sizes: SIZES,
  metrics: [
    ...PLAIN_METRICS,
    ...RATIOS.map(({ id, label }) => ({ id, label: `Ratio, ${label}`, unit: '', format: 'number' as const })),
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ units, glia }) => ({
      hidden: [Number(units), Number(units) / 2],
      gliaRatio: Number(glia),
    })),
  async measure(trialRun) {
    const network = await trialRun.network();
    const { x, n } = trialRun.probe();
    return compressionRatios(network, referenceForward(network, x, n));
  },
  analyse,
};
