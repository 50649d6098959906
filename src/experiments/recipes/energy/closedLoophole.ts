import type { DatasetId } from '../../../data/ids';
import type { Configuration } from '../../../configuration/schema';
import { DATASETS } from '../../../data/registry';
import { energyReport } from '../../../energy/report';
import { meanInterval } from '../../../statistics/intervals';
import { resultsAt, levelsOf, pairedDecades, pairedDifference, seedPairs, pointAt } from '../../analysis';
import { formatNumber, formatInterval } from '../../../drawing/format';
import type { EstimateInterval, PlotPoint } from '../../../drawing/plot/types';
import { PLAIN_METRICS } from '../../runner/plainTrial';
import { ENERGY_SETTING, TINY_DIFFERENCES, TINY_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, Recipe, RecipeResults, RecipeSize } from '../../types';

/** Ways to take the free scale away: AdamW's decay of all weights (by strength), and hidden activations of unit mean square. */
const CLOSURES: Readonly<Record<string, { label: string; setting: Partial<Configuration> }>> = {
  open: { label: 'nothing', setting: { weightDecay: 0 } },
  'decay-0.01': { label: 'weight decay 0.01', setting: { weightDecay: 0.01 } },
  'decay-0.1': { label: 'weight decay 0.1', setting: { weightDecay: 0.1 } },
  'decay-1': { label: 'weight decay 1', setting: { weightDecay: 1 } },
  normalised: { label: 'normalisation', setting: { weightDecay: 0, normalise: true } },
};
const labelOf = (closure: string): string => CLOSURES[closure].label;

const SHARED: RecipeSize['configuration'] = { ...ENERGY_SETTING, optimiser: 'adamw' };
const ALL = Object.keys(CLOSURES);

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 1,
    levels: { data: ['digits'], closure: ['open', 'decay-1', 'normalised'], lambda: [0, 1] },
    duration: { steps: 20 },
    configuration: { ...TINY_SETTING, optimiser: 'adamw' },
  },
  quick: {
    seeds: 3,
    levels: { data: ['mnist'], closure: ALL, lambda: [0, 0.1, 1] },
    duration: { steps: 600 },
    configuration: { ...SHARED, hidden: [64, 32] },
    images: { test: 2000 },
  },
  class: {
    seeds: 5,
    levels: { data: ['mnist', 'fashion-mnist'], closure: ALL, lambda: [0, 1e-2, 0.1, 1] },
    duration: { epochs: 4 },
    configuration: { ...SHARED, hidden: [128, 64] },
  },
  full: {
    seeds: 10,
    levels: { data: ['mnist', 'fashion-mnist'], closure: ALL, lambda: [0, 1e-4, 1e-3, 1e-2, 0.1, 1] },
    duration: { epochs: 10 },
    configuration: { ...SHARED, hidden: [256, 128] },
  },
};

/** A loophole counts as closed where at most this share of the decades E fell is left. */
const MOST_LEFT = 0.5;

const nameOf = (data: DatasetId): string => DATASETS[data].label;

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const sets = levelsOf<DatasetId>(done, 'data');
  const closures = ALL.filter((closure) => done.some(({ factors }) => factors.closure === closure));
  const lambdas = levelsOf<number>(done, 'lambda').sort((a, b) => a - b);
  const largest = lambdas.at(-1) ?? 0;
  const cell = (data: DatasetId, closure: string, lambda: number) =>
    resultsAt(done, { data, closure, lambda });
  const decades = (data: DatasetId, closure: string, lambda = largest): EstimateInterval =>
    pairedDecades(cell(data, closure, lambda), cell(data, closure, 0), 'energy');
  /** By seed, the decades E falls with the loophole closed over those it falls with it open. */
  const left = (data: DatasetId, closure: string): EstimateInterval => {
    const falls = (which: string) =>
      new Map(
        seedPairs(cell(data, which, largest), cell(data, which, 0), 'energy')
          .filter(({ value, other }) => value > 0 && other > 0)
          .map(({ seed, value, other }) => [seed, Math.log10(other / value)]),
      );
    const open = falls('open');
    return meanInterval(
      [...falls(closure)].flatMap(([seed, fall]) => {
        const whole = open.get(seed);
        return whole !== undefined && whole > 0 ? [fall / whole] : [];
      }),
    );
  };
  const relative = (data: DatasetId, closure: string, lambda: number): PlotPoint => {
    const runs = seedPairs(cell(data, closure, lambda), cell(data, closure, 0), 'energy').map(
      ({ value, other, trial }) => ({ value: value / other, trial }),
    );
    return { x: lambda, mean: meanInterval(runs.map(({ value }) => value)), runs };
  };
  const closed = closures.filter((closure) => closure !== 'open');
  const strongest = closed.filter((closure) => closure.startsWith('decay')).at(-1);
  const judged = closed.filter((closure) => closure === strongest || closure === 'normalised');
  const about = 'Mean over seeds with its 95 % interval, and the runs.';
  const lambdaAxis = { scale: 'log', label: 'λ', format: 'number' } as const;
  const series = (of: (data: DatasetId, closure: string, lambda: number) => PlotPoint) =>
    sets.flatMap((data) =>
      closures.map((closure) => ({
        label: sets.length > 1 ? `${nameOf(data)}: ${labelOf(closure)}` : labelOf(closure),
        points: lambdas.map((lambda) => of(data, closure, lambda)),
      })),
    );
  return {
    found: sets
      .map(
        (data) =>
          `On ${nameOf(data)} λ = ${largest} changes E by ${formatInterval(decades(data, 'open'), 'number')} decades with the loophole open; ${closed.map((closure) => `with ${labelOf(closure)} by ${formatInterval(decades(data, closure), 'number')}`).join(', ')}.`,
      )
      .join(' '),
    criteria: sets.flatMap((data) =>
      judged.map((closure) => ({
        label: `with ${labelOf(closure)} at most ${formatNumber(MOST_LEFT, 'share')} of the decades are left on ${nameOf(data)}`,
        interval: left(data, closure),
        below: MOST_LEFT,
      })),
    ),
    main: {
      kind: 'points',
      id: 'energy',
      title: 'Activation energy against λ, the loophole open and closed',
      about: `${about} E of each run divided by that of the same seed and closure at λ = 0.`,
      x: lambdaAxis,
      y: { scale: 'log', label: 'E / E at λ = 0', format: 'number' },
      series: series(relative),
      marks: [],
    },
    further: [
      {
        kind: 'points',
        id: 'accuracy',
        title: 'Test accuracy against λ',
        about,
        x: lambdaAxis,
        y: { scale: 'linear', label: 'Test accuracy', format: 'share' },
        series: series((data, closure, lambda) => pointAt(lambda, cell(data, closure, lambda), 'accuracy')),
        marks: [],
      },
    ],
    tables: [
      {
        id: 'closures',
        title: 'Energy, its invariant part and accuracy',
        columns: [
          { label: 'Data' },
          { label: 'Closed by' },
          { label: 'λ', format: 'number' },
          { label: 'n', format: 'count' },
          { label: 'E', format: 'number' },
          { label: 'log₁₀ E/E(λ = 0)' },
          { label: 'log₁₀ of the gradient energy' },
          { label: '‖W‖ of the output layer', format: 'number' },
          { label: 'Accuracy', format: 'share' },
          { label: 'Change, points' },
        ],
        rows: sets.flatMap((data) =>
          closures.flatMap((closure) =>
            lambdas.map((lambda) => {
              const [runs, base] = [cell(data, closure, lambda), cell(data, closure, 0)];
              return [
                nameOf(data),
                labelOf(closure),
                lambda,
                runs.length,
                pointAt(lambda, runs, 'energy').mean.value,
                formatInterval(pairedDecades(runs, base, 'energy'), 'number'),
                formatInterval(pairedDecades(runs, base, 'gradient'), 'number'),
                pointAt(lambda, runs, 'outputNorm').mean.value,
                pointAt(lambda, runs, 'accuracy').mean.value,
                formatInterval(pairedDifference(runs, base, 'accuracy', 100), 'points'),
              ];
            }),
          ),
        ),
      },
    ],
    effects: sets.flatMap((data) =>
      closed.map((closure) => ({
        label: `${nameOf(data)}, ${labelOf(closure)}, λ = ${largest}`,
        kind: 'share of the decades of E left',
        interval: left(data, closure),
        format: 'share' as const,
      })),
    ),
  };
}

/** Control to the energy paper: λ where the free scale is taken away, by weight decay or by normalised layers. */
export const closedLoophole: Recipe = {
  id: 'closed-loophole',
  version: 1,
  question: 'Does the price on activity still lower E once weights can no longer grow to make up for it?',
  source: { paper: 'control', where: 'to Fig. 5 of the energy paper' },
  doesNotShow:
    'That E cannot be lowered in other ways: other measures than the mean square are not pinned by normalisation, and stronger decay than 1 is not tried.',
  howToRead:
    'The open curve is the paper’s setting. The nearer another curve stays to 1, the more of the fall was the free scale.',
  rule: `Reproduced (the critique) if, on every data set at the largest λ, the 95 % interval of the share of decades of E left (closed over open, by seed) lies below ${MOST_LEFT} for the strongest weight decay and for normalisation; not reproduced if one of them lies wholly above.`,
  minimumSeeds: 3,
  published: [],
  differences: {
    always: [
      'The paper tries neither decay nor normalisation; optimiser and strength of any decay in it are not public.',
      'All runs use AdamW; “nothing” is its decay of 0, which is Adam. Decay is taken off as learning rate × decay a step, so short training feels little of it.',
      'Under normalisation the mean square of a layer is 1 by construction: only layers silent on an image can lower E. It is run all the same, as the cleanest closure.',
    ],
    tiny: TINY_DIFFERENCES,
    quick: ['λ reaches 1, not 0.01: in 600 steps a smaller price hardly acts. A 784-64-32-10 network.'],
    class: ['λ reaches 1: four epochs are less than the paper’s training.'],
  },
  factors: [
    { id: 'data', label: 'Data set' },
    { id: 'closure', label: 'Closed by' },
    { id: 'lambda', label: 'λ' },
  ],
  sizes: SIZES,
  metrics: [
    ...PLAIN_METRICS,
    { id: 'gradient', label: 'Gradient energy (no rescaling changes it)', unit: '', format: 'number' },
    { id: 'logits', label: 'Logit energy', unit: '', format: 'number' },
    { id: 'outputNorm', label: '‖W‖ of the output layer', unit: '', format: 'number' },
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ data, closure, lambda }) => ({
      data: data as DatasetId,
      lambda: Number(lambda),
      ...CLOSURES[closure].setting,
    })),
  async measure(trialRun) {
    const { measure, energySite: site } = trialRun.configuration;
    const report = energyReport(await trialRun.network(), trialRun.probe(), { measure, site });
    return {
      gradient: report.gradient.total,
      logits: report.logits,
      outputNorm: report.norms.at(-1) ?? null,
    };
  },
  analyse,
};
