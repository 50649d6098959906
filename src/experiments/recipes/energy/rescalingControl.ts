import type { DatasetId } from '../../../data/ids';
import { DATASETS } from '../../../data/registry';
import { energyReport, type NetworkEnergy } from '../../../energy/report';
import { rescaleTo } from '../../../energy/rescale';
import { waterfall, type WaterfallSide } from '../../../energy/waterfall';
import { geometricInterval, meanInterval } from '../../../statistics/intervals';
import {
  resultsAt,
  levelsOf,
  pointAt,
  runsOf,
  type RunMeasure,
  measureValue,
  runValues,
} from '../../analysis';
import { trainWithTwin } from '../../trainWithTwin';
import { formatInterval } from '../../../drawing/format';
import type { PlotPoint } from '../../../drawing/plot/types';
import { ENERGY_SETTING, TINY_DIFFERENCES, TINY_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { Evaluation } from '../../../run/evaluation';
import type { RecipeAnalysis, TrialRun, Recipe, RecipeResults, TrialResult } from '../../types';
import type { VerdictCriterion } from '../../verdict';

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { data: ['digits'], lambda: [1] },
    duration: { steps: 20 },
    configuration: TINY_SETTING,
  },
  quick: {
    seeds: 3,
    levels: { data: ['mnist', 'fashion-mnist'], lambda: [0.1, 1] },
    duration: { steps: 600 },
    configuration: { ...ENERGY_SETTING, hidden: [64, 32] },
    images: { test: 2000 },
  },
  class: {
    seeds: 5,
    levels: { data: ['mnist', 'fashion-mnist'], lambda: [1e-3, 1e-2, 0.1, 1] },
    duration: { epochs: 4 },
    configuration: { ...ENERGY_SETTING, hidden: [128, 64] },
  },
  full: {
    seeds: 10,
    levels: { data: ['mnist', 'fashion-mnist'], lambda: [1e-5, 1e-4, 1e-3, 1e-2] },
    duration: { epochs: 10 },
    configuration: { ...ENERGY_SETTING, hidden: [256, 128] },
  },
};

/** The fall the paper claims. */
const THOUSANDFOLD = 1000;
/** Bounds of “answers as before”: percentage points, and nats. */
const [SAME_POINTS, SAME_NATS] = [0.05, 1e-3];

const NETWORKS = [
  { id: 'base', label: 'λ = 0' },
  { id: 'rescaled', label: 'λ = 0, rescaled to the trained E' },
  { id: 'thousandth', label: `λ = 0, rescaled to E/${THOUSANDFOLD}` },
  { id: 'trained', label: 'trained with λ' },
] as const;
const FACTORS = [
  { id: 'total', label: 'E in all' },
  { id: 'rescaling', label: 'rescaling' },
  { id: 'logits', label: 'smaller logits' },
  { id: 'rest', label: 'what is left' },
] as const;

const sideOf = ({ raw, gradient, logits }: NetworkEnergy): WaterfallSide => ({
  energy: raw.total,
  gradient: gradient.total,
  logits,
});
const scores = (id: string, { accuracy, loss, energy }: Evaluation): Record<string, number> => ({
  [`${id} accuracy`]: accuracy,
  [`${id} loss`]: loss,
  [`${id} energy`]: energy,
});

async function run(trialRun: TrialRun, steps: number): Promise<Record<string, number | null>> {
  const twin = await trainWithTwin(trialRun, steps);
  try {
    const { measure, energySite: site } = trialRun.configuration;
    const probe = trialRun.probe();
    const state = await twin.state();
    const before = energyReport(state.network, probe, { measure, site });
    const after = energyReport(await trialRun.network(), probe, { measure, site });
    const split = waterfall(sideOf(before), sideOf(after));
    const trained = scores('trained', await trialRun.evaluate());
    const base = scores('base', await twin.evaluate());
    // On the engine, not on paper: the twin's own weights are replaced by the rescaled ones.
    const rescaled = async (id: string, target: number) => {
      const { network } = rescaleTo(state.network, probe, target, { measure, site });
      await twin.load({ ...state, network });
      return scores(id, await twin.evaluate());
    };
    return {
      ...base,
      ...(await rescaled('rescaled', after.raw.total)),
      ...(await rescaled('thousandth', before.raw.total / THOUSANDFOLD)),
      ...trained,
      total: split?.total ?? null,
      rescaling: split?.rescaling ?? null,
      logits: split?.logits ?? null,
      rest: split?.rest ?? null,
      balanced: before.balanced && after.balanced ? before.balanced.total / after.balanced.total : null,
    };
  } finally {
    twin.dispose();
  }
}

/** How much a rescaled network differs from the λ = 0 one it was made of. */
const change =
  (id: string, metric: 'accuracy' | 'loss', scale = 1): RunMeasure =>
  (result: TrialResult) => {
    const [own, base] = [measureValue(result, `${id} ${metric}`), measureValue(result, `base ${metric}`)];
    return own === null || base === null ? null : scale * (own - base);
  };

/** The share of the fall of E (in decades) that neither rescaling nor smaller logits explain; null where E did not fall. */
const shareLeft: RunMeasure = (result) => {
  const [total, rest] = [measureValue(result, 'total'), measureValue(result, 'rest')];
  return total !== null && rest !== null && total > 1 && rest > 0 ? Math.log(rest) / Math.log(total) : null;
};

const nameOf = (data: DatasetId): string => DATASETS[data].label;

function criteriaAt(results: readonly TrialResult[], name: string): VerdictCriterion[] {
  const same = (id: string, what: string): VerdictCriterion[] => [
    {
      label: `the λ = 0 network rescaled to ${what} keeps its accuracy (± ${SAME_POINTS} points) on ${name}`,
      interval: meanInterval(runValues(results, change(id, 'accuracy', 100))),
      above: -SAME_POINTS,
      below: SAME_POINTS,
    },
    {
      label: `and its cross-entropy (± ${SAME_NATS} nats) on ${name}`,
      interval: meanInterval(runValues(results, change(id, 'loss'))),
      above: -SAME_NATS,
      below: SAME_NATS,
    },
  ];
  return [
    ...same('rescaled', 'the trained E'),
    ...same('thousandth', 'a thousandth of its E'),
    {
      label: `rescaling and smaller logits make up at least half of the decades E falls on ${name}`,
      interval: meanInterval(runValues(results, shareLeft)),
      below: 0.5,
    },
  ];
}

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const sets = levelsOf<DatasetId>(done, 'data');
  const lambdas = levelsOf<number>(done, 'lambda').sort((a, b) => a - b);
  const largest = lambdas.at(-1) ?? 0;
  const cell = (data: DatasetId, lambda: number) => resultsAt(done, { data, lambda });
  const factor = (results: readonly TrialResult[], id: string) => geometricInterval(runValues(results, id));
  const factorPoint = (
    results: readonly TrialResult[],
    { id, label }: { id: string; label: string },
  ): PlotPoint => ({
    x: label,
    mean: factor(results, id),
    runs: runsOf(results, id),
  });
  return {
    found: sets
      .map((data) => {
        const results = cell(data, largest);
        const [total, rescaling, logits, rest] = FACTORS.map(({ id }) =>
          formatInterval(factor(results, id), 'number'),
        );
        return `On ${nameOf(data)} λ = ${largest} divides E by ${total} = ${rescaling} by rescaling × ${logits} by smaller logits × ${rest} left; a λ = 0 network rescaled to a thousandth of its E changes accuracy by ${formatInterval(meanInterval(runValues(results, change('thousandth', 'accuracy', 100))), 'points')} points.`;
      })
      .join(' '),
    criteria: sets.flatMap((data) => criteriaAt(cell(data, largest), nameOf(data))),
    main: {
      kind: 'points',
      id: 'waterfall',
      title: `What the fall of E is made of, λ = ${largest}`,
      about:
        'Factors by which E is divided, geometric mean over seeds with its 95 % interval, and the runs. The first is the product of the others; below 1 a factor points the other way.',
      x: { scale: 'category', label: '', categories: FACTORS.map(({ label }) => label) },
      y: { scale: 'log', label: 'E divided by', format: 'ratio' },
      series: sets.map((data) => ({
        label: nameOf(data),
        points: FACTORS.map((one) => factorPoint(cell(data, largest), one)),
      })),
      marks: [{ axis: 'y', value: 1, label: 'no change' }],
    },
    further: [
      {
        kind: 'points',
        id: 'accuracy',
        title: `Accuracy of four networks, λ = ${largest}`,
        about: 'Mean over seeds with its 95 % interval, and the runs.',
        x: { scale: 'category', label: '', categories: NETWORKS.map(({ label }) => label) },
        y: { scale: 'linear', label: 'Test accuracy', format: 'share' },
        series: sets.map((data) => ({
          label: nameOf(data),
          points: NETWORKS.map(({ id, label }) => pointAt(label, cell(data, largest), `${id} accuracy`)),
        })),
        marks: [],
      },
    ],
    tables: [
      {
        id: 'waterfall',
        title: 'The fall of E by λ, taken apart',
        columns: [
          { label: 'Data' },
          { label: 'λ', format: 'number' },
          { label: 'n', format: 'count' },
          ...FACTORS.map(({ label }) => ({ label: `÷ ${label}` })),
          { label: '÷ E after balancing' },
        ],
        rows: sets.flatMap((data) =>
          lambdas.map((lambda) => [
            nameOf(data),
            lambda,
            cell(data, lambda).length,
            ...[...FACTORS.map(({ id }) => id), 'balanced'].map((id) =>
              formatInterval(factor(cell(data, lambda), id), 'number'),
            ),
          ]),
        ),
      },
      {
        id: 'networks',
        title: 'The four networks',
        columns: [
          { label: 'Data' },
          { label: 'λ', format: 'number' },
          { label: 'Network' },
          { label: 'E', format: 'number' },
          { label: 'Accuracy', format: 'share' },
          { label: 'Cross-entropy, nats', format: 'number' },
        ],
        rows: sets.flatMap((data) =>
          lambdas.flatMap((lambda) =>
            NETWORKS.map(({ id, label }) => [
              nameOf(data),
              lambda,
              label,
              ...['energy', 'accuracy', 'loss'].map(
                (metric) => pointAt(label, cell(data, lambda), `${id} ${metric}`).mean.value,
              ),
            ]),
          ),
        ),
      },
    ],
    effects: sets.map((data) => ({
      label: `${nameOf(data)}, λ = ${largest}`,
      kind: 'share of the decades of E that neither rescaling nor smaller logits explain',
      interval: meanInterval(runValues(cell(data, largest), shareLeft)),
      format: 'share',
    })),
  };
}

/** Control to the energy paper's Fig. 5: how much of the fall of E is a choice of units. */
export const rescalingControl: Recipe = {
  id: 'rescaling-control',
  version: 1,
  question: 'Does a thousandfold fall of E need a real change of the network, or only other units?',
  source: { paper: 'control', where: 'to Fig. 5 of the energy paper' },
  doesNotShow:
    'That λ changes nothing: what is left, fewer active units and a lower loss are real. Nor that low activity is worthless where noise has a size (see the noise floor).',
  howToRead:
    'The first factor is how far E fell; the others multiply to it. Rescaling is free: it changes no answer. Smaller logits change the confidence, not the choice.',
  rule: `Reproduced (the critique) if, on every data set at the largest λ, 95 % intervals of the λ = 0 network rescaled to the trained E, and to a thousandth of its own, show its accuracy within ±${SAME_POINTS} points and its cross-entropy within ±${SAME_NATS} nats, and at most half of the decades that E falls is left once rescaling and smaller logits are taken out; not reproduced if one of them lies wholly outside.`,
  minimumSeeds: 3,
  published: [
    {
      label: 'Fall of E over λ up to 1e-2, orders of magnitude (MNIST, Fashion-MNIST)',
      value: 3,
      unit: 'decades, approximately',
      source: 'abstract, version 2',
    },
  ],
  differences: {
    always: [
      'The paper has no such control: the critique under test is ours, that E of ReLU networks has no scale of its own.',
      'What “rescaling” explains is defined by an energy no rescaling changes (gradient times activation, on 512 test images); another invariant would split somewhat differently.',
      'That the rescaled network answers as before is true by construction up to rounding; it is measured on the engine all the same.',
    ],
    tiny: TINY_DIFFERENCES,
    quick: [
      'λ reaches 1, not 0.01: in 600 steps a smaller price hardly acts. A 784-64-32-10 network, tested on 2,000 images.',
    ],
    class: ['λ reaches 1, not 0.01: four epochs are less than the paper’s training.'],
  },
  factors: [
    { id: 'data', label: 'Data set' },
    { id: 'lambda', label: 'λ' },
  ],
  sizes: SIZES,
  metrics: [
    ...NETWORKS.flatMap(({ id, label }) => [
      { id: `${id} accuracy`, label: `Test accuracy, ${label}`, unit: '%', format: 'share' as const },
      { id: `${id} loss`, label: `Test loss, ${label}`, unit: 'nats', format: 'number' as const },
      { id: `${id} energy`, label: `E, ${label}`, unit: '', format: 'number' as const },
    ]),
    ...FACTORS.map(({ id, label }) => ({
      id,
      label: `Factor: ${label}`,
      unit: '',
      format: 'ratio' as const,
    })),
    { id: 'balanced', label: 'Factor: E after weight balancing', unit: '', format: 'ratio' },
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ data, lambda }) => ({
      data: data as DatasetId,
      lambda: Number(lambda),
    })),
  run: (trialRun, { steps }) => run(trialRun, steps),
  analyse,
};
