import type { DatasetId } from '../../../data/ids';
import { resultsAt, levelsOf, seedPairs, pointAt, runsOf } from '../../analysis';
import { formatInterval } from '../../../drawing/format';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, Recipe, RecipeResults, RecipeSize } from '../../types';
import { DATASETS } from '../../../data/registry';
import { ACTIVATIONS, type ActivationId } from '../../../activations/lookup';
import { meanInterval, type ConfidenceInterval } from '../../../statistics/intervals';
import { leastSquaresLine } from '../../../statistics/regression';
import { singularValues } from '../../../topology/linear/svd';

/** A bar stands above the plateau where its σ exceeds this; the orthogonal start has every σ at 1. */
const ABOVE = 1.25;
const SHARED: RecipeSize['configuration'] = {
  oMode: 'trained',
  psi: 'decay',
  initialisation: 'orthogonal',
  learningRate: 1e-3,
  batch: 128,
};
const ALL: readonly ActivationId[] = ['isotropic-tanh', 'tanh', 'relu'];

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 1,
    levels: { data: ['digits'], activation: ALL, classes: [3, 10] },
    duration: { steps: 20 },
    configuration: { ...SHARED, hidden: [16, 8], batch: 32 },
  },
  quick: {
    seeds: 3,
    levels: { data: ['fashion-mnist'], activation: ALL, classes: [2, 4, 7, 10] },
    duration: { steps: 600 },
    // The lab's first visit: the set-up in which the nine bars are shown.
    configuration: { ...SHARED, hidden: [128, 64], learningRate: 2e-3 },
    images: { test: 2000 },
  },
  class: {
    seeds: 5,
    levels: { data: ['fashion-mnist', 'mnist'], activation: ALL, classes: [2, 3, 4, 6, 8, 10] },
    duration: { steps: 1000 },
    configuration: { ...SHARED, hidden: [128, 64] },
  },
  full: {
    seeds: 10,
    levels: { data: ['fashion-mnist', 'mnist'], activation: ALL, classes: [2, 3, 4, 5, 6, 7, 8, 9, 10] },
    duration: { steps: 2000 },
    configuration: { ...SHARED, hidden: [128, 64] },
  },
};

const nameOf = (id: ActivationId): string => ACTIVATIONS.find((one) => one.id === id)?.label ?? id;

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const sets = levelsOf<DatasetId>(done, 'data');
  const kinds = levelsOf<ActivationId>(done, 'activation');
  const counts = levelsOf<number>(done, 'classes').sort((a, b) => a - b);
  const cell = (data: DatasetId, activation: ActivationId, classes: number) =>
    resultsAt(done, { data, activation, classes });
  const of = (data: DatasetId, activation: ActivationId, classes: number, id: string): ConfidenceInterval =>
    meanInterval(runsOf(cell(data, activation, classes), id).map((run) => run.value));
  const most = counts.at(-1) ?? 0;
  /** Bars gained per class, by seed. */
  const perClass = (data: DatasetId, activation: ActivationId): ConfidenceInterval => {
    const seeds = [...new Set(resultsAt(done, { data, activation }).map(({ seed }) => seed))];
    return meanInterval(
      seeds.flatMap((seed) => {
        const own = resultsAt(done, { data, activation }).filter((result) => result.seed === seed);
        const points = own.flatMap(({ factors, metrics }) =>
          metrics.bars == null ? [] : [{ x: Number(factors.classes), y: metrics.bars }],
        );
        return points.length < 2
          ? []
          : [
              leastSquaresLine(
                points.map(({ x }) => x),
                points.map(({ y }) => y),
              ).slope.value,
            ];
      }),
    );
  };
  /** log₁₀ of the isotropic step in the spectrum over the other network's, at the most classes, by seed. */
  const stepAgainst = (data: DatasetId, other: ActivationId): ConfidenceInterval =>
    meanInterval(
      seedPairs(cell(data, 'isotropic-tanh', most), cell(data, other, most), 'step').map((pair) =>
        Math.log10(pair.value / pair.other),
      ),
    );
  const others = kinds.filter((kind) => kind !== 'isotropic-tanh');
  return {
    found: sets
      .map(
        (data) =>
          `On ${DATASETS[data].label} ${most} classes leave ${formatInterval(of(data, 'isotropic-tanh', most, 'bars'), 'number')} bars above the plateau, ${formatInterval(perClass(data, 'isotropic-tanh'), 'number')} more with each class.`,
      )
      .join(' '),
    criteria: sets.flatMap((data) => [
      {
        label: `${most} classes use ${most - 1} directions on ${DATASETS[data].label} (isotropic)`,
        interval: of(data, 'isotropic-tanh', most, 'bars'),
        above: most - 1.5,
        below: most - 0.5,
      },
      {
        label: `each class adds a direction on ${DATASETS[data].label} (isotropic)`,
        interval: perClass(data, 'isotropic-tanh'),
        above: 0.75,
        below: 1.25,
      },
      ...others.map((kind) => ({
        label: `the step after them is higher than that of ${nameOf(kind)} on ${DATASETS[data].label}`,
        interval: stepAgainst(data, kind),
        above: 0,
      })),
    ]),
    main: {
      kind: 'points',
      id: 'bars',
      title: 'Singular values above the plateau against the number of classes',
      about: `First layer, σ > ${ABOVE}; every σ starts at 1. Mean over seeds with its 95 % interval, and the runs.`,
      x: { scale: 'linear', label: 'Classes in training', format: 'count' },
      y: { scale: 'linear', label: 'Bars', format: 'number' },
      series: sets.flatMap((data) =>
        kinds.map((kind) => ({
          label: sets.length > 1 ? `${nameOf(kind)}, ${DATASETS[data].label}` : nameOf(kind),
          points: counts.map((classes) => pointAt(classes, cell(data, kind, classes), 'bars')),
        })),
      ),
      marks: [{ axis: 'y', value: most - 1, label: `${most} classes − 1` }],
    },
    further: sets.map((data) => ({
      kind: 'lines' as const,
      id: `spectrum-${data}`,
      title: `Singular values with ${most} classes, ${DATASETS[data].label}`,
      about: 'One line a run, in descending order.',
      x: { scale: 'linear' as const, label: 'Rank', format: 'count' as const },
      y: { scale: 'linear' as const, label: 'σ', format: 'number' as const },
      lines: kinds.flatMap((kind) =>
        cell(data, kind, most).map(({ series, seed, trial }) => ({
          label: `${nameOf(kind)}, seed ${seed}`,
          x: series['σ by rank'].x,
          y: series['σ by rank'].y,
          trial,
        })),
      ),
      marks: [{ axis: 'y' as const, value: 1, label: 'start' }],
    })),
    tables: [
      {
        id: 'bars',
        title: 'Bars and the step after them',
        columns: [
          { label: 'Data' },
          { label: 'Activation' },
          { label: 'Classes', format: 'count' },
          { label: 'n', format: 'count' },
          { label: `Bars (σ > ${ABOVE})` },
          { label: 'σₖ₋₁ / σₖ' },
          { label: 'Accuracy', format: 'share' },
        ],
        rows: sets.flatMap((data) =>
          kinds.flatMap((kind) =>
            counts.map((classes) => [
              DATASETS[data].label,
              nameOf(kind),
              classes,
              cell(data, kind, classes).length,
              formatInterval(of(data, kind, classes, 'bars'), 'number'),
              formatInterval(of(data, kind, classes, 'step'), 'number'),
              of(data, kind, classes, 'accuracy').value,
            ]),
          ),
        ),
      },
    ],
  };
}

/** Control: how many directions of its first layer a network uses, against the number of classes. */
export const directionsPerClass: Recipe = {
  id: 'directions-per-class',
  version: 2,
  question: 'Do ten classes use nine directions, and is that special to isotropic networks?',
  source: { paper: 'control', where: 'to the isotropic paper’s reading of singular values as neurons' },
  doesNotShow:
    'That nine directions are enough for the best accuracy, or that the count lasts: it is one of early training, in which all sizes here lie. In a run of our own apart from the lab (Fashion-MNIST, learning rate 0.002, one seed) nine bars after 300 to 1,000 steps were ten after 2,000 and fifteen after ten epochs.',
  howToRead:
    'A line through classes − 1 means one direction for each class but one. No step: the count depends on where one cuts.',
  rule: 'Reproduced if on every data set the isotropic network with most classes has classes − 1 bars (95 % interval within half a bar), gains 1 ± 0.25 bars a class, and has a higher step after them than tanh and ReLU; not reproduced if one lies wholly outside.',
  minimumSeeds: 3,
  published: [],
  differences: {
    always: [
      'Neither paper states this count; it is ours, first measured for this lab.',
      'The softmax has ten outputs whatever the number of classes in training: with fewer it also learns “none of the others”, which may take a direction of its own.',
      `A bar is a σ above ${ABOVE}. Accuracy is over all ten classes, trained or not.`,
    ],
    quick: [
      'The set-up of the lab’s first visit. A shorter run of a smaller network (300 steps of 784-64-32-10 at learning rate 0.001) had 8 bars: the ninth was still rising.',
    ],
    tiny: ['Digits 8 × 8, 20 steps, one seed.'],
  },
  factors: [
    { id: 'data', label: 'Data set' },
    { id: 'activation', label: 'Activation' },
    { id: 'classes', label: 'Classes in training' },
  ],
  sizes: SIZES,
  metrics: [
    { id: 'bars', label: `σ above ${ABOVE}`, unit: '', format: 'count' },
    { id: 'step', label: 'σ of rank classes − 1 over σ of rank classes', unit: '', format: 'number' },
    { id: 'accuracy', label: 'Test accuracy', unit: '%', format: 'share' },
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ data, activation, classes }) => ({
      data: data as DatasetId,
      activation: activation as ActivationId,
      classes: Number(classes) === 10 ? null : Array.from({ length: Number(classes) }, (_, k) => k),
    })),
  async measure(trialRun, trial) {
    const sigma = singularValues((await trialRun.network()).parameters.weights[0]);
    sigma.slice(0, 32).forEach((value, rank) => trialRun.record('σ by rank', rank + 1, value));
    const classes = Number(trial.factors.classes);
    return {
      bars: sigma.filter((value) => value > ABOVE).length,
      step: sigma[classes - 2] / sigma[classes - 1],
    };
  },
  analyse,
};
