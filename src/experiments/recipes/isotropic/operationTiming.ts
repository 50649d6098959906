import type { Operation } from '../../../topology/types';
import { meanInterval } from '../../../statistics/intervals';
import { mean } from '../../../statistics/summary';
import { resultsAt, levelsOf, pointAt, runsOf, type RunMeasure } from '../../analysis';
import { formatNumber, formatInterval } from '../../../drawing/format';
import { PLAIN_METRICS, plainMetrics } from '../../runner/plainTrial';
import { ISOTROPIC_PAPER_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type {
  RecipeAnalysis,
  TrialRun,
  Recipe,
  RecipeResults,
  RecipeSize,
  Trial,
  TrialResult,
} from '../../types';

const CASES = ['baseline', 'remove', 'grow'] as const;
type Case = (typeof CASES)[number];
const NAMES: Readonly<Record<Case, string>> = {
  baseline: 'No operation',
  remove: 'Remove one unit an epoch',
  grow: 'Grow one unit an epoch',
};
/** The hidden layer operated on, 0-based: the second, as in the paper. */
const LAYER = 1;

const SHARED: RecipeSize['configuration'] = { ...ISOTROPIC_PAPER_SETTING, decayAll: false };

/** An epoch here is `steps` steps where the size names them, else all training images once. */
const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { case: CASES },
    duration: { steps: 20 },
    configuration: { ...SHARED, data: 'digits', hidden: [16, 16] },
    options: { epochs: 2 },
  },
  quick: {
    seeds: 3,
    levels: { case: CASES },
    duration: { epochs: 3 },
    configuration: { ...SHARED, data: 'fashion-mnist', hidden: [100, 100] },
    images: { train: 9600, test: 2000 },
    options: { epochs: 3 },
  },
  class: {
    seeds: 5,
    levels: { case: CASES },
    duration: { epochs: 6 },
    configuration: { ...SHARED, data: 'fashion-mnist', hidden: [200, 200] },
    images: { test: 2000 },
    options: { epochs: 6 },
  },
  full: {
    seeds: 5,
    levels: { case: CASES },
    duration: { epochs: 30 },
    configuration: { ...SHARED, data: 'fashion-mnist', hidden: [500, 500] },
    options: { epochs: 30 },
  },
};

function operationOf(kind: Case, seed: number): Operation | null {
  if (kind === 'remove') return { kind, layer: LAYER, count: 1, where: 'exact' };
  return kind === 'grow' ? { kind, layer: LAYER, count: 1, seed } : null;
}

/** Epoch by epoch: training, timed, then the operation, timed. The first epoch warms up and is not counted. */
async function run(
  trialRun: TrialRun,
  { factors, steps, seed }: Trial,
): Promise<Record<string, number | null>> {
  const epochs = trialRun.size.options?.epochs ?? 1;
  const operation = operationOf(factors.case as Case, seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const count = Math.round(((epoch + 1) * steps) / epochs) - trialRun.step;
    await trialRun.time('epoch', () => trialRun.train(count));
    if (operation) await trialRun.time('operation', () => trialRun.apply(operation));
  }
  return { ...(await plainMetrics(trialRun)), width: trialRun.hidden[LAYER] };
}

/** Mean over a run's epochs but the first, seconds. */
const secondsOf =
  (name: string): RunMeasure =>
  ({ timings }: TrialResult) => {
    const times = (timings[name] ?? []).slice(1);
    return times.length > 0 ? mean(times) : null;
  };
/** What one operation costs, as a share of the epoch before it. */
const share: RunMeasure = (result) => {
  const [epoch, operation] = [secondsOf('epoch'), secondsOf('operation')].map((value) =>
    typeof value === 'function' ? value(result) : null,
  );
  return epoch && operation ? operation / epoch : null;
};

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const cases = levelsOf<Case>(done, 'case');
  const operated = cases.filter((kind) => kind !== 'baseline');
  const cell = (kind: Case) => resultsAt(done, { case: kind });
  const costs = operated.map((kind) => ({ kind, point: pointAt(NAMES[kind], cell(kind), share) }));
  return {
    found: costs
      .map(
        ({ kind, point }) =>
          `${NAMES[kind]}: one operation takes ${formatInterval(point.mean, 'share')} of the time of an epoch.`,
      )
      .join(' '),
    criteria: costs.map(({ kind, point }) => ({
      label: `one operation takes less than 1 % of an epoch (${NAMES[kind].toLowerCase()})`,
      interval: point.mean,
      below: 0.01,
    })),
    main: {
      kind: 'points',
      id: 'share',
      title: 'Cost of one operation',
      about:
        'Time of an operation as a share of an epoch of training; mean over runs with its 95 % interval.',
      x: { scale: 'category', label: '', categories: operated.map((kind) => NAMES[kind]) },
      y: { scale: 'linear', label: 'Operation / epoch', format: 'share' },
      series: [{ label: 'Share of an epoch', points: costs.map(({ point }) => point) }],
      marks: [
        { axis: 'y', value: 0.037 / 17.778, label: 'published, removal' },
        { axis: 'y', value: 0.03 / 17.56, label: 'published, growth' },
      ],
    },
    further: [
      {
        kind: 'points',
        id: 'epoch',
        title: 'Time of an epoch',
        about: 'Training alone, operations not counted; mean over runs with its 95 % interval.',
        x: { scale: 'category', label: '', categories: cases.map((kind) => NAMES[kind]) },
        y: { scale: 'linear', label: 'Epoch', format: 'seconds' },
        series: [
          {
            label: 'Epoch',
            points: cases.map((kind) => pointAt(NAMES[kind], cell(kind), secondsOf('epoch'))),
          },
        ],
        marks: [],
      },
    ],
    tables: [
      {
        id: 'timing',
        title: 'Times and what became of the network',
        columns: [
          { label: 'Case' },
          { label: 'n', format: 'count' },
          { label: 'Epoch' },
          { label: 'Operation' },
          { label: 'Of an epoch' },
          { label: 'Width at the end' },
          { label: 'Test accuracy' },
        ],
        rows: cases.map((kind) => {
          const of = (value: RunMeasure) => meanInterval(runsOf(cell(kind), value).map((one) => one.value));
          return [
            NAMES[kind],
            cell(kind).length,
            formatInterval(of(secondsOf('epoch')), 'seconds'),
            formatInterval(of(secondsOf('operation')), 'seconds'),
            formatInterval(of(share), 'share'),
            formatNumber(of('width').value, 'count'),
            formatInterval(of('accuracy'), 'share'),
          ];
        }),
      },
    ],
  };
}

/** Isotropic paper, Experiment 0: what an operation costs beside training. */
export const operationTiming: Recipe = {
  id: 'operation-timing',
  version: 1,
  question: 'Is adding or removing a neuron cheap beside the training it interrupts?',
  source: { paper: 'isotropic', where: 'Section 3, Experiment 0' },
  doesNotShow:
    'What it would cost elsewhere: times are of this machine and this engine, and the share falls as networks and data grow.',
  howToRead:
    'Each point is the time of one operation (weights read back, decomposed in float64, written again) over the time of an epoch.',
  rule: 'Reproduced if the 95 % interval of operation time over epoch time lies below 1 % for removal and for growth (published: 0.21 % and 0.17 %); not reproduced if one lies wholly above.',
  minimumSeeds: 3,
  published: [
    {
      label: 'One removal (3072-500-500-10, RTX 3080)',
      value: 0.037,
      unit: 's, of an epoch of 17.778 s',
      source: 'official notebook, Experiment 0',
    },
    {
      label: 'One growth',
      value: 0.03,
      unit: 's, of an epoch of 17.560 s',
      source: 'official notebook, Experiment 0',
    },
    {
      label: 'Epoch without operations',
      value: 17.523,
      unit: 's',
      source: 'official notebook, Experiment 0',
    },
  ],
  differences: {
    always: [
      'The paper trains on CIFAR-10 with 3072 inputs; these runs have 784 or 64, and Fashion-MNIST or digits.',
      'Runs follow one another, whereas the paper interleaves its cases epoch by epoch; one warm-up epoch is left out where it leaves out five.',
      'The time of an operation includes reading the weights back from the engine and writing them again.',
    ],
    tiny: ['Digits 8 × 8, two epochs of 10 steps.'],
    quick: ['784-100-100-10, 3 epochs of 9,600 images where the paper has 3072-500-500-10 and 30 of 50,000.'],
    class: ['784-200-200-10, 6 epochs where the paper has 3072-500-500-10 and 30.'],
  },
  factors: [{ id: 'case', label: 'Operation' }],
  sizes: SIZES,
  metrics: [...PLAIN_METRICS, { id: 'width', label: 'Width of the layer', unit: '', format: 'count' }],
  trials: (size, options = {}) => factorialTrials(SIZES[size], options, () => ({})),
  run,
  analyse,
};
