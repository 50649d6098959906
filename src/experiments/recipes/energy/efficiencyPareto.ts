import type { ArchitectureId } from '../../../network/settings';
import type { DatasetId } from '../../../data/ids';
import { DATASETS } from '../../../data/registry';
import { timeToTarget } from '../../../energy/costs';
import { ARCHITECTURES } from '../../../network/architectures/registry';
import { meanInterval } from '../../../statistics/intervals';
import { mean } from '../../../statistics/summary';
import {
  resultsAt,
  levelsOf,
  seedPairs,
  pointAt,
  type RunMeasure,
  measureValue,
  runValues,
} from '../../analysis';
import { costSummary } from '../../costSummary';
import { formatInterval } from '../../../drawing/format';
import { comparedSizes, MATCHED_DIFFERENCES } from '../../matchedSizes';
import type { EstimateInterval } from '../../../drawing/plot/types';
import { PLAIN_METRICS } from '../../runner/plainTrial';
import { ENERGY_SETTING, TINY_DIFFERENCES, TINY_SETTING } from '../../settings';
import { factorialTrials, evenlySpacedSteps } from '../../trials';
import type { RecipeAnalysis, Recipe, RecipeResults, TrialResult } from '../../types';

const ALL_ARCHITECTURES: readonly ArchitectureId[] = ['mlp', 'bimodal', 'lagrangian', 'cnn'];
/** The architectures the paper proposes: they are judged, the CNN stands beside them. */
const PROPOSED = ['bimodal', 'lagrangian'];

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { data: ['digits'], architecture: ALL_ARCHITECTURES },
    duration: { steps: 20 },
    configuration: { ...TINY_SETTING, channels: [2, 2] },
  },
  quick: {
    seeds: 3,
    levels: { data: ['fashion-mnist', 'heartbeats'], architecture: ALL_ARCHITECTURES },
    duration: { steps: 200 },
    configuration: { ...ENERGY_SETTING, hidden: [64, 32], channels: [4, 8] },
    images: { test: 1000 },
  },
  class: {
    seeds: 5,
    levels: { data: ['fashion-mnist', 'heartbeats', 'events'], architecture: ALL_ARCHITECTURES },
    duration: { steps: 1000 },
    configuration: { ...ENERGY_SETTING, hidden: [64, 32], channels: [8, 16] },
  },
  full: {
    seeds: 10,
    levels: {
      data: ['fashion-mnist', 'mnist', 'glosses', 'heartbeats', 'events'],
      architecture: ALL_ARCHITECTURES,
    },
    duration: { steps: 5000 },
    configuration: { ...ENERGY_SETTING, hidden: [128, 64], channels: [8, 16] },
  },
};

/** The published range of gains, and the part of the MLP’s accuracy that a run must reach in the further measure. */
const GAINS = { least: 0.05, most: 0.33 } as const;
const TARGET = 0.95;
const LOOKS = 10;

const architectureName = (id: string): string => ARCHITECTURES[id as ArchitectureId].label;
const dataName = (id: string): string => DATASETS[id as DatasetId].label;

/** Estimated joules until a run was first seen at a target accuracy; null where it never was. */
const joulesTo =
  (target: number): ((result: TrialResult) => number | null) =>
  (result) => {
    const joulesPerStep = measureValue(result, 'joulesPerStep');
    if (joulesPerStep === null || !Object.hasOwn(result.series, 'accuracy')) return null;
    const { x, y } = result.series.accuracy;
    const points = x.flatMap((step, k) => {
      const accuracy = y[k];
      return accuracy === null ? [] : [{ step, accuracy }];
    });
    return timeToTarget(points, target, { msPerStep: null, joulesPerStep })?.joules ?? null;
  };

/** Gain over runs of the same seed: value / other − 1 where more is better. */
const gain = (
  results: readonly TrialResult[],
  against: readonly TrialResult[],
  value: RunMeasure,
): EstimateInterval =>
  meanInterval(
    seedPairs(results, against, value)
      .filter(({ other }) => other > 0)
      .map((pair) => pair.value / pair.other - 1),
  );

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const sets = levelsOf<string>(done, 'data');
  const architectures = levelsOf<string>(done, 'architecture');
  const cell = (data: string, architecture: string) => resultsAt(done, { data, architecture });
  const others = architectures.filter((id) => id !== 'mlp');
  const here = (data: string): string[] => architectures.filter((id) => cell(data, id).length > 0);
  const gainOf = (data: string, id: string) => gain(cell(data, id), cell(data, 'mlp'), 'efficiency');
  const targetOn = (data: string): number => TARGET * mean(runValues(cell(data, 'mlp'), 'accuracy'));
  const toTarget = (data: string, id: string): EstimateInterval =>
    meanInterval(runValues(cell(data, id), joulesTo(targetOn(data))));
  /** No other architecture is both more accurate and cheaper on these data (means). */
  const onFront = (data: string, id: string): boolean => {
    const at2 = (which: string) =>
      ['accuracy', 'spent'].map((metric) => mean(runValues(cell(data, which), metric)));
    const [accuracy, spent] = at2(id);
    return !here(data).some((other) => {
      const [theirs, cost] = at2(other);
      return theirs >= accuracy && cost <= spent && (theirs > accuracy || cost < spent);
    });
  };
  return {
    found: sets
      .map(
        (data) =>
          `On ${dataName(data)}, accuracy per estimated joule of training against the MLP: ${here(data)
            .filter((id) => id !== 'mlp')
            .map((id) => `${architectureName(id)} ${formatInterval(gainOf(data, id), 'share')}`)
            .join(', ')}.`,
      )
      .join(' '),
    criteria: sets.flatMap((data) =>
      here(data)
        .filter((id) => PROPOSED.includes(id))
        .map((id) => ({
          label: `${architectureName(id)} gains 5 to 33 % over the MLP on ${dataName(data)}`,
          interval: gainOf(data, id),
          above: GAINS.least,
          below: GAINS.most,
        })),
    ),
    main: {
      kind: 'scatter',
      id: 'pareto',
      title: 'Accuracy against the energy of training, estimated',
      about: `Every run (n = ${done.length}). Compare within one data set only: across sets the difficulty of the task decides.`,
      x: { scale: 'log', label: 'Joules of the whole training, estimated', format: 'number' },
      y: { scale: 'linear', label: 'Test accuracy', format: 'share' },
      sets: sets.flatMap((data) =>
        here(data).map((id) => ({
          label: sets.length > 1 ? `${architectureName(id)}, ${dataName(data)}` : architectureName(id),
          points: cell(data, id).flatMap((result) => {
            const [x, y] = [measureValue(result, 'spent'), measureValue(result, 'accuracy')];
            return x !== null && y !== null ? [{ x, y, trial: result.trial }] : [];
          }),
        })),
      ),
      fits: [],
      marks: [],
    },
    further: [
      {
        kind: 'points',
        id: 'gain',
        title: 'Gain in efficiency over the MLP',
        about:
          'Accuracy per estimated joule of training, relative to the MLP of the same seed, less 1: mean with its 95 % interval, and the runs.',
        x: { scale: 'category', label: '', categories: others.map(architectureName) },
        y: { scale: 'linear', label: 'Gain', format: 'share' },
        series: sets.map((data) => ({
          label: dataName(data),
          points: others
            .filter((id) => cell(data, id).length > 0)
            .map((id) => ({
              x: architectureName(id),
              mean: gainOf(data, id),
              runs: seedPairs(cell(data, id), cell(data, 'mlp'), 'efficiency').map(
                ({ value, other, trial }) => ({
                  value: value / other - 1,
                  trial,
                }),
              ),
            })),
        })),
        marks: [
          { axis: 'y', value: GAINS.least, label: 'published, least' },
          { axis: 'y', value: GAINS.most, label: 'published, most' },
        ],
      },
    ],
    tables: [
      {
        id: 'efficiency',
        title: 'Accuracy, estimated energy and efficiency',
        columns: [
          { label: 'Data' },
          { label: 'Architecture' },
          { label: 'n', format: 'count' },
          { label: 'Parameters', format: 'count' },
          { label: 'Accuracy', format: 'share' },
          { label: 'Training, J', format: 'number' },
          { label: 'One image, J', format: 'number' },
          { label: 'Accuracy per J', format: 'number' },
          { label: 'Gain over the MLP' },
          { label: `J to ${100 * TARGET} % of the MLP’s accuracy` },
          { label: 'Of them there', format: 'count' },
          { label: 'On the front' },
        ],
        rows: sets.flatMap((data) =>
          here(data).map((id) => {
            const results = cell(data, id);
            const reached = toTarget(data, id);
            return [
              dataName(data),
              architectureName(id),
              results.length,
              ...['parameters', 'accuracy', 'spent', 'joules', 'efficiency'].map(
                (metric) => pointAt(0, results, metric).mean.value,
              ),
              id === 'mlp' ? '–' : formatInterval(gainOf(data, id), 'share'),
              formatInterval(reached, 'number'),
              reached.n,
              onFront(data, id) ? 'yes' : 'no',
            ];
          }),
        ),
      },
    ],
    effects: sets.flatMap((data) =>
      here(data)
        .filter((id) => id !== 'mlp')
        .map((id) => ({
          label: `${architectureName(id)} against MLP, ${dataName(data)}`,
          kind: 'gain in accuracy per joule',
          interval: gainOf(data, id),
          format: 'share' as const,
        })),
    ),
  };
}

/** Energy paper, Fig. 4: training efficiency against the MLP, and the front of energy and accuracy. */
export const efficiencyPareto: Recipe = {
  id: 'efficiency-pareto',
  version: 1,
  question: 'Which architecture gets the most accuracy out of a joule of training?',
  source: { paper: 'energy', where: 'Fig. 4' },
  doesNotShow:
    'Measured power: all joules are counts times a table. Nor efficiency across data sets: there the difficulty of the task decides (as the paper says of its own fourteenfold).',
  howToRead:
    'Up is more accurate, left is cheaper, on one data set. A gain of 5 % means a twentieth more accuracy for the same estimated joules.',
  rule: 'Reproduced if the 95 % interval of the gain in accuracy per estimated joule of training over the MLP (paired by seed) lies within the published 5 … 33 % for BimodalTrue and Physics-Lagrangian on every data set; not reproduced if one lies wholly outside.',
  minimumSeeds: 3,
  published: [
    {
      label: 'Gain in training efficiency within a modality, least',
      value: 5,
      unit: '%',
      source: 'Fig. 4, left',
    },
    {
      label: 'Gain in training efficiency within a modality, most',
      value: 33,
      unit: '%',
      source: 'Fig. 4, left',
    },
  ],
  differences: {
    always: [
      'The paper’s efficiency is not defined in what is public. Ours: test accuracy divided by the estimated joules of the whole training (multiplications, weights and moments through SRAM, activations; 45 nm table).',
      'With matched parameters dense architectures cost nearly the same by construction, so that their gain is little more than their ratio of accuracies. An assumed power times wall time, which the paper may have used, would bill the program and the machine.',
      ...MATCHED_DIFFERENCES,
    ],
    tiny: TINY_DIFFERENCES,
    quick: ['200 steps, two data sets, tested on 1,000 samples; CNN of 4 and 8 channels.'],
    class: ['1,000 steps, three data sets.'],
  },
  factors: [
    { id: 'data', label: 'Data set' },
    { id: 'architecture', label: 'Architecture' },
  ],
  sizes: SIZES,
  metrics: [
    ...PLAIN_METRICS,
    { id: 'joulesPerStep', label: 'One training step, estimated', unit: 'J', format: 'number' },
    { id: 'spent', label: 'Whole training, estimated', unit: 'J', format: 'number' },
    { id: 'joules', label: 'One image, estimated', unit: 'J', format: 'number' },
    { id: 'efficiency', label: 'Accuracy per joule of training', unit: '1/J', format: 'number' },
  ],
  trials: (size, options = {}) =>
    factorialTrials(
      SIZES[size],
      options,
      ({ data, architecture }) => {
        const id = architecture as ArchitectureId;
        const sizes = comparedSizes(SIZES[size], id, data as DatasetId);
        return sizes && { data: data as DatasetId, architecture: id, ...sizes };
      },
      evenlySpacedSteps(LOOKS),
    ),
  async measure(trialRun, { steps }) {
    const { joules, joulesPerStep } = await costSummary(trialRun);
    const spent = steps * joulesPerStep;
    const { accuracy } = await trialRun.evaluate();
    return { joules, joulesPerStep, spent, efficiency: accuracy / spent };
  },
  analyse,
};
