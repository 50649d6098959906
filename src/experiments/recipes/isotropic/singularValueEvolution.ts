import { resultsAt, levelsOf, seedPairs, pointAt, runsOf } from '../../analysis';
import { formatInterval } from '../../../drawing/format';
import { factorialTrials, evenlySpacedSteps } from '../../trials';
import type { RecipeAnalysis, TrialRun, Recipe, RecipeResults, Trial } from '../../types';
import { ACTIVATIONS, type ActivationId } from '../../../activations/lookup';
import { ISOTROPIC_PAPER_SETTING } from '../../settings';
import { meanInterval, type ConfidenceInterval } from '../../../statistics/intervals';
import { mean, quantile } from '../../../statistics/summary';
import { singularValues } from '../../../topology/linear/svd';

const KINDS: readonly ActivationId[] = ['isotropic-tanh', 'tanh'];
/** A σ has left the start where it is more than this far from 1. */
const LEFT = 0.25;
const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { activation: KINDS, learningRate: [1e-3] },
    duration: { steps: 20 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'digits', hidden: [12, 12] },
    options: { looks: 2 },
  },
  quick: {
    seeds: 3,
    levels: { activation: KINDS, learningRate: [1e-3, 5e-2] },
    duration: { steps: 600 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'fashion-mnist', hidden: [64, 64] },
    images: { test: 2000 },
    options: { looks: 10 },
  },
  class: {
    seeds: 5,
    levels: { activation: KINDS, learningRate: [1e-3, 1e-2, 5e-2] },
    duration: { epochs: 3 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'fashion-mnist', hidden: [100, 100] },
    options: { looks: 20 },
  },
  full: {
    seeds: 40,
    levels: { activation: KINDS, learningRate: [1e-3, 5e-2] },
    duration: { epochs: 40 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'emoji', hidden: [100, 100] },
    options: { looks: 40 },
  },
};

const QUANTILES = [0, 0.1, 0.5, 0.9, 1] as const;
const quantileName = (p: number): string =>
  p === 0 ? 'least' : p === 1 ? 'largest' : p === 0.5 ? 'median' : `${100 * p} %`;
const seriesName = (layer: number, p: number): string => `σ of layer ${layer + 1}, ${quantileName(p)}`;

async function look(trialRun: TrialRun): Promise<void> {
  const { parameters } = await trialRun.network();
  parameters.weights.forEach((w, layer) => {
    const sigma = [...singularValues(w)];
    for (const p of QUANTILES) trialRun.record(seriesName(layer, p), trialRun.step, quantile(sigma, p));
    trialRun.record(
      `‖b‖∞ of layer ${layer + 1}`,
      trialRun.step,
      Math.max(...parameters.biases[layer].map(Math.abs)),
    );
  });
}

async function run(trialRun: TrialRun, { steps }: Trial): Promise<Record<string, number | null>> {
  await look(trialRun);
  for (const step of evenlySpacedSteps(trialRun.size.options?.looks ?? 1)(steps)) {
    await trialRun.train(step - trialRun.step);
    await look(trialRun);
  }
  const { accuracy } = await trialRun.evaluate();
  const { parameters } = await trialRun.network();
  const sigma = [...singularValues(parameters.weights[0])];
  return {
    accuracy,
    stayed: sigma.filter((value) => Math.abs(value - 1) <= LEFT).length / sigma.length,
    largest: sigma[0],
    spread: quantile(sigma, 0.9) / quantile(sigma, 0.1),
  };
}

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const kinds = levelsOf<ActivationId>(done, 'activation');
  const rates = levelsOf<number>(done, 'learningRate');
  const nameOf = (kind: ActivationId): string => ACTIVATIONS.find((one) => one.id === kind)?.label ?? kind;
  const cell = (activation: ActivationId, learningRate: number) =>
    resultsAt(done, { activation, learningRate });
  const of = (activation: ActivationId, learningRate: number, metric: string): ConfidenceInterval =>
    meanInterval(runsOf(cell(activation, learningRate), metric).map((one) => one.value));
  const difference = (learningRate: number): ConfidenceInterval =>
    meanInterval(
      seedPairs(cell('isotropic-tanh', learningRate), cell('tanh', learningRate), 'stayed').map(
        (pair) => 100 * (pair.value - pair.other),
      ),
    );
  // Where nothing stays in any run there is nothing to compare: 0 − 0 would say the networks are alike.
  const judged = rates.filter((rate) =>
    kinds.some((kind) => runsOf(cell(kind, rate), 'stayed').some(({ value }) => value > 0)),
  );
  /** Mean over runs of a series, look by look. */
  const meanSeries = (
    kind: ActivationId,
    rate: number,
    name: string,
  ): { x: number[]; y: (number | null)[] } => {
    const runs = cell(kind, rate).flatMap(({ series }) => (name in series ? [series[name]] : []));
    const x = runs.at(0)?.x ?? [];
    return { x, y: x.map((_, k) => mean(runs.map(({ y }) => y[k] ?? NaN))) };
  };
  return {
    found: rates
      .map(
        (rate) =>
          `At learning rate ${rate} ${formatInterval(of('isotropic-tanh', rate, 'stayed'), 'share')} of the first layer’s σ stay near 1 in the isotropic network, ${formatInterval(of('tanh', rate, 'stayed'), 'share')} in elementwise tanh.`,
      )
      .join(' '),
    criteria: judged.map((rate) => ({
      label: `more σ stay near their start in the isotropic network at learning rate ${rate} (points)`,
      interval: difference(rate),
      above: 0,
    })),
    main: {
      kind: 'lines',
      id: 'evolution',
      title: 'Singular values of the first layer as it learns',
      about: 'Mean over seeds of the largest, 90 %, median, 10 % and least σ.',
      x: { scale: 'linear', label: 'Step', format: 'count' },
      y: { scale: 'log', label: 'σ', format: 'number' },
      lines: kinds.flatMap((kind) =>
        rates.slice(-1).flatMap((rate) =>
          QUANTILES.map((p) => ({
            label: `${nameOf(kind)}, ${quantileName(p)}`,
            ...meanSeries(kind, rate, seriesName(0, p)),
          })),
        ),
      ),
      marks: [{ axis: 'y', value: 1, label: 'start' }],
    },
    further: [
      {
        kind: 'points',
        id: 'stayed',
        title: 'Singular values that stay near their start',
        about: `Share of the first layer’s σ within ${LEFT} of 1 at the end. Mean over seeds with its 95 % interval, and the runs.`,
        x: { scale: 'log', label: 'Learning rate', format: 'number' },
        y: { scale: 'linear', label: 'Share', format: 'share' },
        series: kinds.map((kind) => ({
          label: nameOf(kind),
          points: rates.map((rate) => pointAt(rate, cell(kind, rate), 'stayed')),
        })),
        marks: [],
      },
    ],
    tables: [
      {
        id: 'end',
        title: 'At the end of training, first layer',
        columns: [
          { label: 'Activation' },
          { label: 'Learning rate', format: 'number' },
          { label: 'n', format: 'count' },
          { label: 'σ near 1' },
          { label: 'Largest σ' },
          { label: 'σ at 90 % / at 10 %' },
          { label: 'Accuracy', format: 'share' },
        ],
        rows: kinds.flatMap((kind) =>
          rates.map((rate) => [
            nameOf(kind),
            rate,
            cell(kind, rate).length,
            formatInterval(of(kind, rate, 'stayed'), 'share'),
            formatInterval(of(kind, rate, 'largest'), 'number'),
            formatInterval(of(kind, rate, 'spread'), 'number'),
            of(kind, rate, 'accuracy').value,
          ]),
        ),
      },
    ],
  };
}

/** Isotropic paper, Exp 2 (Fig. 2, Figs. 4 and 5): singular values and biases over training, against elementwise tanh. */
export const singularValueEvolution: Recipe = {
  id: 'singular-value-evolution',
  version: 1,
  question:
    'Do a few singular values grow while the rest stay where they began, more so than in elementwise tanh?',
  source: { paper: 'isotropic', where: 'Fig. 2 and Figs. 4–5 (Exp 2)' },
  doesNotShow:
    'That units at the plateau are useless: for that, remove them (criterion comparison, removal error).',
  howToRead:
    'Five lines a network: the largest, 90 %, median, 10 % and least singular value. Lines that stay at 1 have not moved since the start.',
  rule: 'Reproduced if at every learning rate the 95 % interval of the difference in the share of σ that stay within 0.25 of 1 (isotropic less tanh) lies above 0; not reproduced if one lies wholly below. A learning rate at which no σ of either network stays there is shown and not judged. Judged from class size on: in half an epoch most σ have not had the time to leave.',
  minimumSeeds: 3,
  judgedFrom: 'class',
  published: [],
  differences: {
    always: [
      'The figures show ridgelines and state no number: the comparison with tanh and the bound of 0.25 are our reading.',
      'The paper uses CIFAR-10 and a learning rate of 0.05, “so evolution is clearer”; smaller rates stand beside it here. At 0.05 all σ leave 1 within an epoch, in both networks.',
    ],
    tiny: ['Digits 8 × 8, 20 steps.'],
    quick: ['600 steps are half an epoch of 40.'],
    class: ['Three epochs where the paper has 40.'],
  },
  factors: [
    { id: 'activation', label: 'Activation' },
    { id: 'learningRate', label: 'Learning rate' },
  ],
  sizes: SIZES,
  metrics: [
    { id: 'accuracy', label: 'Test accuracy', unit: '%', format: 'share' },
    { id: 'stayed', label: `Share of σ within ${LEFT} of 1`, unit: '%', format: 'share' },
    { id: 'largest', label: 'Largest σ', unit: '', format: 'number' },
    { id: 'spread', label: 'σ at 90 % over σ at 10 %', unit: '', format: 'number' },
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ activation, learningRate }) => ({
      activation: activation as ActivationId,
      learningRate: Number(learningRate),
    })),
  run,
  analyse,
};
