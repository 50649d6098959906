import { resultsAt, levelsOf, pointAt, runsOf } from '../../analysis';
import { formatNumber, formatInterval } from '../../../drawing/format';
import { ISOTROPIC_PAPER_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, Recipe, RecipeResults } from '../../types';
import { meanInterval, type ConfidenceInterval } from '../../../statistics/intervals';
import { sparsityReport } from '../../../topology/analysis/sparsity';
import { ZERO_THRESHOLD } from '../../../topology/sparsity';

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { width: [12], depth: [2, 3] },
    duration: { steps: 20 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'digits', hidden: [12] },
  },
  quick: {
    seeds: 3,
    levels: { width: [32, 64], depth: [2, 3, 4, 5, 6] },
    duration: { steps: 300 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'fashion-mnist', hidden: [32] },
    images: { test: 1000 },
  },
  class: {
    seeds: 5,
    levels: { width: [64, 128], depth: [2, 3, 4, 5, 6] },
    duration: { epochs: 1 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'fashion-mnist', hidden: [64] },
  },
  full: {
    seeds: 5,
    levels: { width: [500, 1000], depth: [2, 3, 4, 5, 6] },
    duration: { epochs: 25 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'emoji', hidden: [500] },
  },
};

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const sizes = levelsOf<number>(done, 'width').sort((a, b) => a - b);
  const depths = levelsOf<number>(done, 'depth').sort((a, b) => a - b);
  const cell = (width: number, depth: number) => resultsAt(done, { width, depth });
  const of = (width: number, depth: number, id: string): ConfidenceInterval =>
    meanInterval(runsOf(cell(width, depth), id).map((one) => one.value));
  const gap = (width: number, depth: number): ConfidenceInterval =>
    meanInterval(
      cell(width, depth).flatMap(({ metrics: { removed, expected } }) =>
        removed == null || expected == null ? [] : [removed - expected],
      ),
    );
  const known = sizes.flatMap((width) =>
    depths.filter((depth) => cell(width, depth).length > 0).map((depth) => ({ width, depth })),
  );
  const most = [...known]
    .sort((a, b) => of(b.width, b.depth, 'removed').value - of(a.width, a.depth, 'removed').value)
    .at(0);
  return {
    found: most
      ? `Up to ${formatInterval(of(most.width, most.depth, 'removed'), 'number')} % of the parameters vanish (${most.depth} hidden layers of ${most.width}; closed form ${formatNumber(of(most.width, most.depth, 'expected').value, 'number')} %), and the logits change by at most ${formatNumber(Math.max(...known.map(({ width, depth }) => of(width, depth, 'epsilon').value)), 'number')} % (mean of a cell).`
      : 'Nothing yet.',
    criteria: known.flatMap(({ width, depth }) => [
      {
        label: `measured less closed form within half a point at ${depth} × ${width}`,
        interval: gap(width, depth),
        above: -0.5,
        below: 0.5,
      },
      {
        label: `accuracy unchanged at ${depth} × ${width} (within 0.05 points)`,
        interval: of(width, depth, 'change'),
        above: -0.05,
        below: 0.05,
      },
    ]),
    main: {
      kind: 'points',
      id: 'removed',
      title: 'Parameters removed by diagonalising every second matrix',
      about: `Measured (|θ| ≤ ${ZERO_THRESHOLD} after less before) and by the closed form. Mean over seeds with its 95 % interval, and the runs.`,
      x: { scale: 'linear', label: 'Hidden layers', format: 'count' },
      y: { scale: 'linear', label: 'Per cent of all parameters', format: 'number' },
      series: sizes.flatMap((width) => [
        {
          label: `width ${width}, measured`,
          points: depths.map((depth) => pointAt(depth, cell(width, depth), 'removed')),
        },
        {
          label: `width ${width}, closed form`,
          points: depths.map((depth) => pointAt(depth, cell(width, depth), 'expected')),
        },
      ]),
      marks: [{ axis: 'y', value: 50, label: 'limit' }],
    },
    tables: [
      {
        id: 'sparsification',
        title: 'Sparsification',
        columns: [
          { label: 'Width', format: 'count' },
          { label: 'Hidden layers', format: 'count' },
          { label: 'n', format: 'count' },
          { label: 'Removed, %' },
          { label: 'Closed form, %', format: 'number' },
          { label: 'ΔA, points' },
          { label: 'ε scaled, %', format: 'number' },
          { label: 'KL, nats', format: 'number' },
        ],
        rows: known.map(({ width, depth }) => [
          width,
          depth,
          cell(width, depth).length,
          formatInterval(of(width, depth, 'removed'), 'number'),
          of(width, depth, 'expected').value,
          formatInterval(of(width, depth, 'change'), 'points'),
          of(width, depth, 'epsilon').value,
          of(width, depth, 'kl').value,
        ]),
      },
    ],
  };
}

/** Isotropic paper, Exp 5 (Table 6): parameters that vanish when every second matrix is diagonalised, against the closed form. */
export const sparsification: Recipe = {
  id: 'sparsification',
  version: 1,
  question: 'Do up to half of a trained network’s parameters vanish without changing its function?',
  source: { paper: 'isotropic', where: 'Table 6 (Exp 5) and the 50 % of the abstract' },
  doesNotShow: 'That the sparse network is faster on a GPU, or that as many parameters were ever needed.',
  howToRead:
    'Measured and closed form should lie on each other. The saw teeth are no noise: only every second matrix can be diagonal.',
  rule: 'Reproduced if for every width and depth the 95 % interval of measured less closed form lies within ±0.5 points and the change of accuracy within ±0.05 points; not reproduced if one of them lies wholly outside.',
  minimumSeeds: 3,
  published: [
    { label: 'Limit of the share removed with depth and width', value: 50, unit: '%', source: 'abstract' },
  ],
  differences: {
    always: [
      'The values of Table 6 could not be found; the closed form k(n² − n)/total is ours and follows from what is done.',
      'Widths are those a visitor’s machine trains in time; the paper has 500 and 1000 on CIFAR-10, CIFAR-100 and Caltech-256.',
    ],
    tiny: ['Digits 8 × 8, 20 steps.'],
  },
  factors: [
    { id: 'width', label: 'Width' },
    { id: 'depth', label: 'Hidden layers' },
  ],
  sizes: SIZES,
  metrics: [
    { id: 'accuracy', label: 'Test accuracy', unit: '%', format: 'share' },
    { id: 'removed', label: 'Parameters removed', unit: '%', format: 'number' },
    { id: 'expected', label: 'Parameters removed by the closed form', unit: '%', format: 'number' },
    { id: 'change', label: 'Change of accuracy', unit: 'points', format: 'points' },
    { id: 'epsilon', label: 'ε scaled', unit: '%', format: 'number' },
    { id: 'kl', label: 'KL', unit: 'nats', format: 'number' },
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ width, depth }) => ({
      hidden: Array.from({ length: Number(depth) }, () => Number(width)),
    })),
  async run(trialRun, { steps }) {
    await trialRun.train(steps);
    const { accuracy } = await trialRun.evaluate();
    const report = sparsityReport(await trialRun.network(), ZERO_THRESHOLD, trialRun.probe());
    const { epsilonScaledPercent, klNats } = await trialRun.operate({ kind: 'sparsify', layer: 1 });
    const after = await trialRun.evaluate();
    return {
      accuracy,
      removed: report.removedPercent,
      expected: report.expectedRemovedPercent,
      change: 100 * (after.accuracy - accuracy),
      epsilon: epsilonScaledPercent,
      kl: klNats,
    };
  },
  analyse,
};
