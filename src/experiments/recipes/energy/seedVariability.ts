import type { ArchitectureId } from '../../../network/settings';
import type { DatasetId } from '../../../data/ids';
import { DATASETS } from '../../../data/registry';
import { ARCHITECTURES } from '../../../network/architectures/registry';
import { bootstrapInterval } from '../../../statistics/intervals';
import { coefficientOfVariation, standardDeviation, mean } from '../../../statistics/summary';
import { resultsAt, levelsOf, pointAt, runsOf, type RunMeasure, runValues } from '../../analysis';
import { formatNumber, formatInterval } from '../../../drawing/format';
import type { EstimateInterval } from '../../../drawing/plot/types';
import { PLAIN_METRICS } from '../../runner/plainTrial';
import { ENERGY_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, FactorLevels, Recipe, RecipeResults, TrialResult } from '../../types';

const ARCHITECTURE_LEVELS: readonly ArchitectureId[] = ['mlp', 'bimodal', 'lagrangian'];

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { data: ['digits'], architecture: ['mlp', 'lagrangian'] },
    duration: { steps: 20 },
    configuration: { ...ENERGY_SETTING, hidden: [16, 8], batch: 32 },
  },
  quick: {
    seeds: 6,
    levels: { data: ['mnist', 'fashion-mnist'], architecture: ARCHITECTURE_LEVELS },
    duration: { steps: 300 },
    configuration: { ...ENERGY_SETTING, hidden: [48, 24] },
    images: { test: 2000 },
  },
  class: {
    seeds: 10,
    levels: { data: ['mnist', 'fashion-mnist'], architecture: ARCHITECTURE_LEVELS },
    duration: { epochs: 2 },
    configuration: { ...ENERGY_SETTING, hidden: [128, 64] },
  },
  full: {
    seeds: 10,
    levels: { data: ['mnist', 'fashion-mnist'], architecture: [...ARCHITECTURE_LEVELS, 'cnn'] },
    duration: { epochs: 10 },
    configuration: { ...ENERGY_SETTING, hidden: [256, 128] },
  },
};

const time: RunMeasure = ({ timings }: TrialResult) => ('training' in timings ? timings.training[0] : null);
const MEASURED = [
  { id: 'accuracy', label: 'Accuracy', value: 'accuracy', published: 0.0037 },
  { id: 'energy', label: 'Energy', value: 'energy', published: 0.11 },
  { id: 'time', label: 'Training time', value: time, published: 0.11 },
] as const satisfies readonly { id: string; label: string; value: RunMeasure; published: number }[];

const nameOf = ({ data, architecture }: FactorLevels): string =>
  `${ARCHITECTURES[architecture as ArchitectureId].label}, ${DATASETS[data as DatasetId].label}`;

/** Coefficient of variation over the seeds of one cell with its bootstrap interval. */
const spread = (results: readonly TrialResult[], value: RunMeasure): EstimateInterval =>
  bootstrapInterval(runValues(results, value), coefficientOfVariation);

/**
 * The mean of the cells' coefficients of variation, with the interval from resampling the seeds: all cells of a seed go together, since
 * they share what the seed decides.
 */
function overall(groups: readonly (readonly TrialResult[])[], value: RunMeasure): EstimateInterval {
  const seeds = [...new Set(groups.flat().map(({ seed }) => seed))];
  const bySeed = groups.map((group) => new Map(group.map((result) => [result.seed, result])));
  const statistic = (drawn: readonly number[]): number => {
    const each = bySeed.map((cell) =>
      coefficientOfVariation(
        runValues(
          drawn.flatMap((seed) => cell.get(seed) ?? []),
          value,
        ),
      ),
    );
    return mean(each.filter(Number.isFinite));
  };
  return bootstrapInterval(seeds, statistic);
}

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const groups = levelsOf<string>(done, 'data').flatMap((data) =>
    levelsOf<string>(done, 'architecture').map((architecture) => {
      const factors = { data, architecture };
      const results = resultsAt(done, factors);
      return {
        name: nameOf(factors),
        results,
        spreads: MEASURED.map(({ value }) => spread(results, value)),
      };
    }),
  );
  const all = MEASURED.map((measured) => ({
    ...measured,
    interval: overall(
      groups.map(({ results }) => results),
      measured.value,
    ),
  }));
  const names = groups.map(({ name }) => name);
  return {
    found: `Over seeds, mean over cells: ${all.map(({ label, interval }) => `${label.toLowerCase()} varies by ${formatInterval(interval, 'share')}`).join(', ')}.`,
    criteria: all.slice(0, 2).map(({ label, interval, published }) => ({
      label: `the coefficient of variation of ${label.toLowerCase()} is within a factor of two of the published ${formatNumber(published, 'share')}`,
      interval,
      above: published / 2,
      below: 2 * published,
    })),
    main: {
      kind: 'points',
      id: 'spread',
      title: 'How much a run depends on its seed',
      about: 'Coefficient of variation (sd / mean) over seeds by cell, with its 95 % bootstrap interval.',
      x: { scale: 'category', label: '', categories: names },
      y: { scale: 'log', label: 'Coefficient of variation', format: 'share' },
      series: all.map(({ label }, m) => ({
        label,
        points: groups.map(({ name, spreads }) => ({ x: name, mean: spreads[m], runs: [] })),
      })),
      marks: [
        { axis: 'y', value: 0.0037, label: 'published, accuracy' },
        { axis: 'y', value: 0.11, label: 'published, energy and time' },
      ],
    },
    further: [
      {
        kind: 'points',
        id: 'accuracy',
        title: 'Test accuracy of every run',
        about: 'Mean over seeds with its 95 % interval, and the runs.',
        x: { scale: 'category', label: '', categories: names },
        y: { scale: 'linear', label: 'Test accuracy', format: 'share' },
        series: [
          {
            label: 'Accuracy',
            points: groups.map(({ name, results }) => pointAt(name, results, 'accuracy')),
          },
        ],
        marks: [],
      },
    ],
    tables: [
      {
        id: 'spread',
        title: 'Variation over seeds',
        columns: [
          { label: 'Cell' },
          { label: 'n', format: 'count' },
          { label: 'Accuracy', format: 'share' },
          { label: 'sd', format: 'share' },
          ...MEASURED.map(({ label }) => ({ label: `CV, ${label.toLowerCase()}` })),
        ],
        rows: groups.map(({ name, results, spreads }) => {
          const accuracies = runsOf(results, 'accuracy').map((run) => run.value);
          return [
            name,
            accuracies.length,
            mean(accuracies),
            standardDeviation(accuracies),
            ...spreads.map((interval) => formatInterval(interval, 'share')),
          ];
        }),
      },
    ],
    effects: all.map(({ label, interval }) => ({
      label,
      kind: 'coefficient of variation, mean over cells',
      interval,
      format: 'share',
    })),
  };
}

/** Energy paper, Fig. 6: how much results vary with the seed. */
export const seedVariability: Recipe = {
  id: 'seed-variability',
  version: 1,
  question: 'How much do accuracy, energy and time depend on luck?',
  source: { paper: 'energy', where: 'Fig. 6' },
  doesNotShow:
    'How much a result would change on other data: seeds repeat the training, not the data set. The time is of one machine.',
  howToRead:
    'Each point is the standard deviation over seeds divided by the mean, for one architecture on one data set; the axis is logarithmic.',
  rule: 'Reproduced if the 95 % bootstrap intervals of the coefficient of variation (mean over cells) of accuracy and of energy lie within a factor of two of the published 0.37 % and 11 %; not reproduced if one lies wholly outside. Time is shown and not judged: it is the machine’s.',
  minimumSeeds: 5,
  published: [
    { label: 'Coefficient of variation of accuracy', value: 0.37, unit: '%', source: 'Fig. 6, right' },
    { label: 'Coefficient of variation of energy, about', value: 11, unit: '%', source: 'Fig. 6, right' },
    {
      label: 'Coefficient of variation of training time, about',
      value: 11,
      unit: '%',
      source: 'Fig. 6, right',
    },
  ],
  differences: {
    always: [
      'The paper does not say what energy varies by 11 %; equal figures for energy and time suggest an assumed power times time. Ours is the activation energy.',
      'Its data sets reach from pictures to physiological signals; these are two sets of pictures.',
      'Runs are made one after another, so that their times can be compared.',
    ],
    tiny: ['Digits 8 × 8, 20 steps.'],
    quick: ['A small network (48 and 24 units), 300 steps; 6 seeds where the paper has 10.'],
    class: ['Two epochs.'],
  },
  factors: [
    { id: 'data', label: 'Data set' },
    { id: 'architecture', label: 'Architecture' },
  ],
  sizes: SIZES,
  metrics: PLAIN_METRICS,
  alone: true,
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ data, architecture }) => ({
      data: data as DatasetId,
      architecture: architecture as ArchitectureId,
    })),
  analyse,
};
