import type { ArchitectureId } from '../../../network/settings';
import type { DatasetId } from '../../../data/ids';
import { DATASETS } from '../../../data/registry';
import { ARCHITECTURES } from '../../../network/architectures/registry';
import { meanInterval } from '../../../statistics/intervals';
import { mean } from '../../../statistics/summary';
import { resultsAt, levelsOf, seedPairs, pointAt, runValues } from '../../analysis';
import { formatInterval } from '../../../drawing/format';
import type { EstimateInterval } from '../../../drawing/plot/types';
import { PLAIN_METRICS } from '../../runner/plainTrial';
import { ENERGY_SETTING, TINY_DIFFERENCES, TINY_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, FactorLevels, Recipe, RecipeResults, TrialResult } from '../../types';
import type { VerdictCriterion } from '../../verdict';

const DENSE: readonly ArchitectureId[] = ['mlp', 'bimodal', 'lagrangian'];

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { data: ['digits'], architecture: ['mlp', 'bimodal'], units: [8, 16] },
    duration: { steps: 20 },
    configuration: TINY_SETTING,
  },
  quick: {
    seeds: 4,
    levels: { data: ['fashion-mnist'], architecture: DENSE, units: [32, 64, 128, 256] },
    duration: { steps: 250 },
    configuration: ENERGY_SETTING,
    images: { test: 4000 },
  },
  class: {
    seeds: 6,
    levels: {
      data: ['mnist', 'fashion-mnist'],
      architecture: [...DENSE, 'cnn'],
      units: [64, 128, 256, 512],
    },
    duration: { epochs: 2 },
    configuration: ENERGY_SETTING,
  },
  full: {
    seeds: 10,
    levels: {
      data: ['mnist', 'fashion-mnist', 'heartbeats', 'glosses'],
      architecture: [...DENSE, 'cnn'],
      units: [64, 128, 256, 512],
    },
    duration: { epochs: 10 },
    configuration: ENERGY_SETTING,
  },
};

const nameOf = (architecture: string): string => ARCHITECTURES[architecture as ArchitectureId].label;

/** Two sets of runs of which the first is claimed to do better than the second, somewhere. */
interface Comparison {
  label: string;
  better: FactorLevels;
  worse: FactorLevels;
}

/**
 * Of many comparisons the one with the largest difference in accuracy (percentage points, paired by seed), with the interval that
 * Bonferroni asks of the best of so many: 95 % for all of them together.
 */
function largestDifference(
  done: readonly TrialResult[],
  comparisons: readonly Comparison[],
): { label: string; interval: EstimateInterval } {
  const differences = comparisons.flatMap(({ label, better, worse }) => {
    const values = seedPairs(resultsAt(done, better), resultsAt(done, worse), 'accuracy').map(
      ({ value, other }) => 100 * (value - other),
    );
    return values.length > 0 ? [{ label, values }] : [];
  });
  if (differences.length === 0) return { label: 'nothing to compare yet', interval: meanInterval([]) };
  const top = differences.reduce((best, one) => (mean(one.values) > mean(best.values) ? one : best));
  return { label: top.label, interval: meanInterval(top.values, 1 - 0.05 / differences.length) };
}

/** The claim in parts: somewhere a wider network does worse, and every architecture is beaten somewhere. */
function criteriaOf(done: RecipeResults['done']): (VerdictCriterion & { where: string })[] {
  const sets = levelsOf<DatasetId>(done, 'data');
  const architectures = levelsOf<string>(done, 'architecture');
  const units = levelsOf<number>(done, 'units').sort((a, b) => a - b);
  if (architectures.length < 2 || units.length < 2) return [];
  const falls = sets.flatMap((data) =>
    architectures.flatMap((architecture) =>
      units.slice(1).map((wide, k) => ({
        label: `${nameOf(architecture)}, ${units[k]} against ${wide} units, ${DATASETS[data].label}`,
        better: { data, architecture, units: units[k] },
        worse: { data, architecture, units: wide },
      })),
    ),
  );
  const beaten = (own: string): Comparison[] =>
    sets.flatMap((data) =>
      units.flatMap((width) =>
        architectures
          .filter((other) => other !== own)
          .map((other) => ({
            label: `by ${nameOf(other)} at ${width} units on ${DATASETS[data].label}`,
            better: { data, architecture: other, units: width },
            worse: { data, architecture: own, units: width },
          })),
      ),
    );
  const fall = largestDifference(done, falls);
  return [
    {
      label: 'somewhere accuracy falls from one width to the next',
      where: fall.label,
      interval: fall.interval,
      above: 0,
    },
    ...architectures.map((own) => {
      const { label, interval } = largestDifference(done, beaten(own));
      return { label: `${nameOf(own)} is beaten somewhere`, where: label, interval, above: 0 };
    }),
  ];
}

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const sets = levelsOf<DatasetId>(done, 'data');
  const architectures = levelsOf<string>(done, 'architecture');
  const units = levelsOf<number>(done, 'units').sort((a, b) => a - b);
  const criteria = criteriaOf(done);
  const best = (data: DatasetId, width: number): string => {
    const means = architectures.map((architecture) =>
      mean(runValues(resultsAt(done, { data, architecture, units: width }), 'accuracy')),
    );
    const top = Math.max(...means.filter(Number.isFinite));
    return means.some(Number.isFinite) ? nameOf(architectures[means.indexOf(top)]) : '–';
  };
  const named = (data: DatasetId, architecture: string): string =>
    sets.length > 1 ? `${nameOf(architecture)}, ${DATASETS[data].label}` : nameOf(architecture);
  return {
    found: `${sets.map((data) => `On ${DATASETS[data].label} the best mean is that of ${units.map((width) => `${best(data, width)} at ${width}`).join(', ')}.`).join(' ')}${criteria.length > 0 ? ` The largest fall from a width to the next is ${formatInterval(criteria[0].interval, 'points')} points (${criteria[0].where}).` : ''}`,
    criteria,
    main: {
      kind: 'points',
      id: 'accuracy',
      title: 'Test accuracy against hidden dimension, by architecture',
      about: 'Mean over seeds with its 95 % interval, and the runs.',
      x: { scale: 'log', label: 'Units of the first hidden layer', format: 'count' },
      y: { scale: 'linear', label: 'Test accuracy', format: 'share' },
      series: sets.flatMap((data) =>
        architectures.map((architecture) => ({
          label: named(data, architecture),
          points: units.map((width) =>
            pointAt(width, resultsAt(done, { data, architecture, units: width }), 'accuracy'),
          ),
        })),
      ),
      marks: [],
    },
    tables: [
      {
        id: 'accuracy',
        title: 'Accuracy and parameters',
        columns: [
          { label: 'Data' },
          { label: 'Architecture' },
          { label: 'Units', format: 'count' },
          { label: 'n', format: 'count' },
          { label: 'Parameters', format: 'count' },
          { label: 'Accuracy' },
        ],
        rows: sets.flatMap((data) =>
          architectures.flatMap((architecture) =>
            units.map((width) => {
              const results = resultsAt(done, { data, architecture, units: width });
              return [
                DATASETS[data].label,
                nameOf(architecture),
                width,
                results.length,
                pointAt(width, results, 'parameters').mean.value,
                formatInterval(pointAt(width, results, 'accuracy').mean, 'share'),
              ];
            }),
          ),
        ),
      },
      {
        id: 'comparisons',
        title: 'What the verdict rests on',
        columns: [
          { label: 'Claim' },
          { label: 'Where most' },
          { label: 'n', format: 'count' },
          { label: 'Points, interval for all comparisons together' },
        ],
        rows: criteria.map(({ label, where, interval }) => [
          label,
          where,
          interval.n,
          formatInterval(interval, 'points'),
        ]),
      },
    ],
    effects: criteria.map(({ label, where, interval }) => ({
      label: `${label}: ${where}`,
      kind: 'points, interval for all comparisons together',
      interval,
      format: 'points',
    })),
  };
}

/** Energy paper, Fig. 7: accuracy against hidden dimension by architecture. */
export const hiddenDimension: Recipe = {
  id: 'hidden-dimension',
  version: 1,
  question: 'Is wider always better, and is one architecture best at every width?',
  source: { paper: 'energy', where: 'Fig. 7' },
  doesNotShow:
    'Which architecture is best for its price: at one hidden dimension their parameters differ, up to threefold. Nor where longer training would take the curves.',
  howToRead:
    'Each step to the right doubles the width. A curve that dips is not monotone; curves that cross have no universal best.',
  rule: 'Reproduced if somewhere accuracy falls from one width to the next, and every architecture is beaten somewhere, each by an interval (paired by seed, 95 % for all comparisons together by Bonferroni) above 0; not reproduced if the largest such difference lies wholly below 0: accuracy rises at every step, or one architecture is best everywhere.',
  minimumSeeds: 4,
  published: [],
  differences: {
    always: [
      'Of Fig. 7 only its sentence is public: non-monotone, no universal best. No value could be compared.',
      'Hidden dimension H is our reading: layers of H and H/2 units; of Physics-Lagrangian each of the three pathways has H, of BimodalTrue the neuronal one, with half as many glial units; a CNN has stages of 8 and 16 channels before them.',
      'CNNs are left out where the data are no pictures.',
      'Optimiser, epochs and data of the figure are not public; these are ours. Simulated sets are marked as such.',
    ],
    tiny: TINY_DIFFERENCES,
    quick: ['32 to 256 units where the paper has 64 to 512, one data set, no CNN, 250 steps.'],
    class: ['Two epochs; two sets of pictures.'],
  },
  factors: [
    { id: 'data', label: 'Data set' },
    { id: 'architecture', label: 'Architecture' },
    { id: 'units', label: 'Hidden dimension' },
  ],
  sizes: SIZES,
  metrics: PLAIN_METRICS,
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ data, architecture, units }) => {
      const picture = DATASETS[data as DatasetId].sample === 'picture';
      if (architecture === 'cnn' && !picture) return null;
      return {
        data: data as DatasetId,
        architecture: architecture as ArchitectureId,
        hidden: [Number(units), Number(units) / 2],
      };
    }),
  analyse,
};
