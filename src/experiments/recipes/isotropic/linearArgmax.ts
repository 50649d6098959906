import type { DatasetId } from '../../../data/ids';
import { resultsAt, levelsOf, pointAt, runsOf } from '../../analysis';
import { formatInterval } from '../../../drawing/format';
import { ISOTROPIC_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, Recipe, RecipeResults } from '../../types';
import { DATASETS } from '../../../data/registry';
import { meanInterval, type ConfidenceInterval } from '../../../statistics/intervals';
import { precomputedReport } from '../../../topology/analysis/precomputed';

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { data: ['digits'], depth: [1, 2] },
    duration: { steps: 20 },
    configuration: { ...ISOTROPIC_SETTING, hidden: [12], batch: 32 },
  },
  quick: {
    seeds: 3,
    levels: { data: ['mnist', 'fashion-mnist'], depth: [1, 2, 3] },
    duration: { steps: 600 },
    configuration: { ...ISOTROPIC_SETTING, hidden: [64] },
  },
  class: {
    seeds: 5,
    levels: { data: ['mnist', 'fashion-mnist'], depth: [1, 2, 3, 4] },
    duration: { epochs: 4 },
    configuration: { ...ISOTROPIC_SETTING, hidden: [128] },
  },
  full: {
    seeds: 10,
    levels: { data: ['mnist', 'fashion-mnist'], depth: [1, 2, 3, 4, 5, 6] },
    duration: { epochs: 20 },
    configuration: { ...ISOTROPIC_SETTING, hidden: [128] },
  },
};

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const sets = levelsOf<DatasetId>(done, 'data');
  const depths = levelsOf<number>(done, 'depth').sort((a, b) => a - b);
  const of = (data: DatasetId, depth: number, id: string): ConfidenceInterval =>
    meanInterval(runsOf(resultsAt(done, { data, depth }), id).map((run) => run.value));
  const known = sets.flatMap((data) =>
    depths.filter((depth) => resultsAt(done, { data, depth }).length > 0).map((depth) => ({ data, depth })),
  );
  const name = (data: DatasetId, depth: number): string => `${DATASETS[data].label}, depth ${depth}`;
  return {
    found: known
      .map(
        ({ data, depth }) =>
          `${name(data, depth)}: without biases ${formatInterval(of(data, depth, 'without'), 'share')} of answers are those of a linear map, with them ${formatInterval(of(data, depth, 'with'), 'share')}.`,
      )
      .join(' '),
    criteria: known.map(({ data, depth }) => ({
      label: `without biases and ψ every answer is the linear map’s (${name(data, depth)})`,
      interval: of(data, depth, 'without'),
      above: 0.999,
    })),
    main: {
      kind: 'points',
      id: 'agreement',
      title: 'Answers that agree with the product of the weights',
      about:
        'Share of test images on which argmax of the network is that of W…W₁W₀x. Mean over seeds with its 95 % interval, and the runs.',
      x: { scale: 'linear', label: 'Hidden layers', format: 'count' },
      y: { scale: 'linear', label: 'Agreement', format: 'share' },
      series: sets.flatMap((data) =>
        (['with', 'without'] as const).map((id) => ({
          label: `${DATASETS[data].label}, ${id === 'with' ? 'as trained' : 'biases and ψ set to 0'}`,
          points: depths.map((depth) => pointAt(depth, resultsAt(done, { data, depth }), id)),
        })),
      ),
      marks: [],
    },
    tables: [
      {
        id: 'agreement',
        title: 'Agreement and accuracy',
        columns: [
          { label: 'Data' },
          { label: 'Depth', format: 'count' },
          { label: 'n', format: 'count' },
          { label: 'Agreement as trained' },
          { label: 'Agreement without biases' },
          { label: 'Accuracy', format: 'share' },
          { label: 'Accuracy without biases', format: 'share' },
        ],
        rows: known.map(({ data, depth }) => [
          DATASETS[data].label,
          depth,
          resultsAt(done, { data, depth }).length,
          formatInterval(of(data, depth, 'with'), 'share'),
          formatInterval(of(data, depth, 'without'), 'share'),
          of(data, depth, 'accuracy').value,
          of(data, depth, 'accuracyWithout').value,
        ]),
      },
    ],
    effects: known.map(({ data, depth }) => ({
      label: name(data, depth),
      kind: 'agreement as trained, a share',
      interval: of(data, depth, 'with'),
      format: 'share' as const,
    })),
  };
}

/** Control: without biases and ψ an isotropic network of any depth answers like one matrix. */
export const linearArgmax: Recipe = {
  id: 'linear-argmax',
  version: 1,
  question: 'Without biases, is an isotropic network of any depth a linear classifier?',
  source: { paper: 'control', where: 'to the isotropic paper’s generalised perceptron' },
  doesNotShow:
    'How well a network trained without biases from the start would do; here they are set to 0 after training.',
  howToRead:
    'At 100 % every answer is that of one matrix, the product of the weights. What is missing to 100 % as trained is what biases, ψ and o are for.',
  rule: 'Reproduced if at every depth and on every data set the 95 % interval of the agreement without biases lies above 99.9 %; not reproduced if one lies wholly below.',
  minimumSeeds: 3,
  published: [],
  differences: {
    always: ['The statement follows from f(z) = s(‖z‖)·z; neither paper tabulates it.'],
    tiny: ['Digits 8 × 8, 20 steps.'],
  },
  factors: [
    { id: 'data', label: 'Data set' },
    { id: 'depth', label: 'Hidden layers' },
  ],
  sizes: SIZES,
  metrics: [
    { id: 'accuracy', label: 'Test accuracy', unit: '%', format: 'share' },
    { id: 'accuracyWithout', label: 'Test accuracy without biases', unit: '%', format: 'share' },
    { id: 'with', label: 'Agreement with the linear map, as trained', unit: '%', format: 'share' },
    { id: 'without', label: 'Agreement with the linear map, without biases', unit: '%', format: 'share' },
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ data, depth }) => ({
      data: data as DatasetId,
      hidden: Array.from({ length: Number(depth) }, () => SIZES[size].configuration.hidden?.[0] ?? 64),
    })),
  async run(trialRun, trial) {
    await trialRun.train(trial.steps);
    const { accuracy } = await trialRun.evaluate();
    const agreement = async (): Promise<number> =>
      precomputedReport(await trialRun.network(), trialRun.probe()).linearAgreement;
    const before = await agreement();
    await trialRun.apply({ kind: 'zero-biases', layer: 0 });
    const without = await trialRun.evaluate();
    return { accuracy, accuracyWithout: without.accuracy, with: before, without: await agreement() };
  },
  analyse,
};
