import { resultsAt, levelsOf, seedPairs, runsOf } from '../../analysis';
import { formatNumber, formatInterval } from '../../../drawing/format';
import { ISOTROPIC_PAPER_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, TrialRun, Recipe, RecipeResults, Trial } from '../../types';
import { meanInterval, type ConfidenceInterval } from '../../../statistics/intervals';

/** Adjustments of the width on the way, evenly over the middle three quarters of the run. */
const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 1,
    levels: { start: [6, 12], end: [6, 12] },
    duration: { steps: 20 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'digits', hidden: [6, 6] },
    options: { adjustments: 3 },
  },
  quick: {
    seeds: 3,
    levels: { start: [8, 16, 32], end: [8, 16, 32] },
    duration: { steps: 800 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'fashion-mnist', hidden: [8, 8] },
    images: { test: 5000 },
    options: { adjustments: 24 },
  },
  class: {
    seeds: 4,
    levels: { start: [7, 10, 25, 50], end: [7, 10, 25, 50] },
    duration: { epochs: 4 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'fashion-mnist', hidden: [8, 8] },
    options: { adjustments: 50 },
  },
  full: {
    seeds: 4,
    levels: { start: [7, 10, 25, 50, 75, 100], end: [7, 10, 25, 50, 75, 100] },
    duration: { epochs: 100 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'emoji', hidden: [8, 8] },
    options: { adjustments: 75 },
  },
};

/** Brings both hidden layers to a width, the last one first (otherwise part of ψ is lost). */
async function resize(trialRun: TrialRun, width: number, seed: number): Promise<void> {
  for (const layer of [1, 0]) {
    const change = width - trialRun.hidden[layer];
    if (change > 0) await trialRun.apply({ kind: 'grow', layer, count: change, seed: seed + trialRun.step });
    if (change < 0) await trialRun.apply({ kind: 'remove', layer, count: -change, where: 'exact' });
  }
}

async function run(
  trialRun: TrialRun,
  { factors, steps, seed }: Trial,
): Promise<Record<string, number | null>> {
  const [start, end] = [Number(factors.start), Number(factors.end)];
  const count = trialRun.size.options?.adjustments ?? 1;
  const [from, to] = [Math.round(0.15 * steps), Math.round(0.9 * steps)];
  await trialRun.train(from);
  for (let k = 1; k <= count; k++) {
    await resize(trialRun, Math.round(start + (k * (end - start)) / count), seed);
    await trialRun.train(from + Math.round((k * (to - from)) / count) - trialRun.step);
  }
  await trialRun.train(steps - trialRun.step);
  const { accuracy, loss } = await trialRun.evaluate();
  return { accuracy, loss, width: trialRun.hidden[0] };
}

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const starts = levelsOf<number>(done, 'start').sort((a, b) => a - b);
  const ends = levelsOf<number>(done, 'end').sort((a, b) => a - b);
  const cell = (start: number, end: number) => resultsAt(done, { start, end });
  const of = (start: number, end: number): ConfidenceInterval =>
    meanInterval(runsOf(cell(start, end), 'accuracy').map((one) => one.value));
  /** Points over the network that had the end width all along, by seed. */
  const gain = (start: number, end: number): ConfidenceInterval =>
    meanInterval(
      seedPairs(cell(start, end), cell(end, end), 'accuracy').map(
        ({ value, other }) => 100 * (value - other),
      ),
    );
  const shrinking = ends.flatMap((end) =>
    starts.filter((start) => start > end).map((start) => ({ start, end })),
  );
  const names = (widths: readonly number[]): string[] => widths.map(String);
  const [largest, smallest] = [starts.at(-1) ?? 0, ends.at(0) ?? 0];
  return {
    found: `Shrunk from ${largest} to ${smallest} units a layer the network is ${formatInterval(gain(largest, smallest), 'points')} points better than one of ${smallest} all along; grown from ${smallest} to ${largest} it differs from one of ${largest} by ${formatInterval(gain(smallest, largest), 'points')}.`,
    criteria: shrinking.map(({ start, end }) => ({
      label: `${start} → ${end} is better than ${end} all along`,
      interval: gain(start, end),
      above: 0,
    })),
    main: {
      kind: 'heat',
      id: 'accuracy',
      title: 'Test accuracy by width at the start and at the end',
      about: `Mean over seeds (n = ${done.length} runs in all); every run takes as many steps. The diagonal keeps its width.`,
      rows: { label: 'Units at the start', names: names(starts) },
      columns: { label: 'Units at the end', names: names(ends) },
      values: starts.map((start) => ends.map((end) => of(start, end).value)),
      format: 'share',
      label: 'Test accuracy',
    },
    further: [
      {
        kind: 'heat',
        id: 'gain',
        title: 'Points over the network that had the end width all along',
        about: 'Paired by seed, mean.',
        rows: { label: 'Units at the start', names: names(starts) },
        columns: { label: 'Units at the end', names: names(ends) },
        values: starts.map((start) => ends.map((end) => gain(start, end).value)),
        format: 'points',
        label: 'Points',
      },
    ],
    tables: [
      {
        id: 'widths',
        title: 'Start and end widths',
        columns: [
          { label: 'Start', format: 'count' },
          { label: 'End', format: 'count' },
          { label: 'n', format: 'count' },
          { label: 'Accuracy' },
          { label: 'Over the end width all along, points' },
        ],
        rows: starts.flatMap((start) =>
          ends.map((end) => [
            start,
            end,
            of(start, end).n,
            formatInterval(of(start, end), 'share'),
            start === end ? formatNumber(0, 'points') : formatInterval(gain(start, end), 'points'),
          ]),
        ),
      },
    ],
    effects: shrinking.map(({ start, end }) => ({
      label: `${start} → ${end} against ${end} all along`,
      kind: 'difference of accuracy, points',
      interval: gain(start, end),
      format: 'points',
    })),
  };
}

/** Isotropic paper, Exp 4 (Table 2): does it help to start with more neurons than one ends with? */
export const neuroabundance: Recipe = {
  id: 'neuroabundance',
  version: 1,
  question: 'Does it help a network to start with more neurons than it ends with?',
  source: { paper: 'isotropic', where: 'Table 2 (Exp 4)' },
  doesNotShow: 'Whether the same steps spent otherwise, or a larger learning rate, would do as much.',
  howToRead:
    'Down a column the start width changes and the end width stays: a column whose lower cells are better speaks for abundance. Compare with the diagonal.',
  rule: 'Reproduced if for every shrinking pair the 95 % interval of the paired difference to the network that had the end width all along lies above 0; not reproduced if one lies wholly below. Judged from class size on: in less than an epoch the faster start of a wide network decides.',
  minimumSeeds: 3,
  judgedFrom: 'class',
  published: [],
  differences: {
    always: [
      'No value of Table 2 could be found. An independent replication of version 1 found no advantage beyond a bottleneck at 8 units.',
      'Every run takes as many steps, the diagonal too: version 1 of the paper compared 72 with 24 epochs.',
      'The width is adjusted in equal rounds over the middle three quarters of the run, the last hidden layer first.',
    ],
    tiny: ['Digits 8 × 8, 20 steps, one seed.'],
    quick: ['800 steps are two thirds of an epoch where the paper has 100, on Fashion-MNIST.'],
    class: ['Four epochs where the paper has 100, on Fashion-MNIST.'],
  },
  factors: [
    { id: 'start', label: 'Units at the start' },
    { id: 'end', label: 'Units at the end' },
  ],
  sizes: SIZES,
  metrics: [
    { id: 'accuracy', label: 'Test accuracy', unit: '%', format: 'share' },
    { id: 'loss', label: 'Test loss', unit: 'nats', format: 'number' },
    { id: 'width', label: 'Units a layer at the end', unit: '', format: 'count' },
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ start }) => ({ hidden: [Number(start), Number(start)] })),
  run,
  analyse,
};
