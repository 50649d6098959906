import type { DatasetId } from '../../../data/ids';
import { DATASETS } from '../../../data/registry';
import { meanInterval } from '../../../statistics/intervals';
import { logLogLine } from '../../../statistics/regression';
import {
  resultsAt,
  levelsOf,
  seedPairs,
  pairedDecades,
  pairedDifference,
  pointAt,
  measureValue,
} from '../../analysis';
import { type CostSummary, costSummary } from '../../costSummary';
import { formatInterval } from '../../../drawing/format';
import type { EstimateInterval, PlotPoint } from '../../../drawing/plot/types';
import { PLAIN_METRICS } from '../../runner/plainTrial';
import { ENERGY_SETTING, TINY_DIFFERENCES, TINY_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, Recipe, RecipeResults, TrialResult } from '../../types';

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { data: ['digits'], lambda: [0, 0.1, 1] },
    duration: { steps: 20 },
    configuration: TINY_SETTING,
  },
  quick: {
    seeds: 3,
    levels: { data: ['mnist', 'fashion-mnist'], lambda: [0, 1e-3, 1e-2, 0.1, 1] },
    duration: { steps: 600 },
    configuration: { ...ENERGY_SETTING, hidden: [64, 32] },
    images: { test: 2000 },
  },
  class: {
    seeds: 5,
    levels: { data: ['mnist', 'fashion-mnist'], lambda: [0, 1e-4, 1e-3, 1e-2, 0.1, 1] },
    duration: { epochs: 4 },
    configuration: { ...ENERGY_SETTING, hidden: [128, 64] },
  },
  full: {
    seeds: 10,
    levels: { data: ['mnist', 'fashion-mnist'], lambda: [0, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1] },
    duration: { epochs: 10 },
    configuration: { ...ENERGY_SETTING, hidden: [256, 128] },
  },
};

/** What E might stand for, from what cannot follow it to what is nearest to it. */
const COSTS = [
  { id: 'dense', label: 'All multiplications', unit: '' },
  { id: 'skipping', label: 'Multiplications, zeros skipped', unit: '' },
  { id: 'hiddenSkipping', label: 'The same, those reading hidden units', unit: '' },
  { id: 'joules', label: 'Joules, dense, SRAM', unit: 'J' },
  { id: 'joulesSkipping', label: 'Joules, zeros skipped, SRAM', unit: 'J' },
  { id: 'joulesSkippingDram', label: 'Joules, zeros skipped, DRAM', unit: 'J' },
] as const satisfies readonly { id: keyof CostSummary; label: string; unit: string }[];
type CostId = (typeof COSTS)[number]['id'];
/** The estimate that is judged: the kindest to E that counts the whole network. */
const JUDGED: CostId = 'joulesSkipping';
/** With this exponent a thousandfold fall of E halves the cost. */
const MOST_EXPONENT = 0.1;

const nameOf = (data: DatasetId): string => DATASETS[data].label;

/** Over the λ of one seed: the exponent of a cost in E (1: proportional), and the share of its variance that E explains. */
function followed(results: readonly TrialResult[], cost: CostId): { slope: number; r2: number }[] {
  return levelsOf<number>(
    results.map((result) => ({ ...result, factors: { seed: result.seed } })),
    'seed',
  ).flatMap((seed) => {
    const own = results.filter((result) => result.seed === seed);
    const values = (id: string): number[] => own.map((result) => measureValue(result, id) ?? NaN);
    const { slope, r2 } = logLogLine(values('energy'), values(cost));
    return Number.isFinite(slope.value) ? [{ slope: slope.value, r2 }] : [];
  });
}

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const sets = levelsOf<DatasetId>(done, 'data');
  const lambdas = levelsOf<number>(done, 'lambda').sort((a, b) => a - b);
  const largest = lambdas.at(-1) ?? 0;
  const cell = (data: DatasetId, lambda: number) => resultsAt(done, { data, lambda });
  const exponent = (data: DatasetId, cost: CostId): EstimateInterval =>
    meanInterval(followed(resultsAt(done, { data }), cost).map(({ slope }) => slope));
  const explained = (data: DatasetId, cost: CostId): EstimateInterval =>
    meanInterval(
      followed(resultsAt(done, { data }), cost)
        .map(({ r2 }) => r2)
        .filter(Number.isFinite),
    );
  const relative = (data: DatasetId, lambda: number, id: string): PlotPoint => {
    const runs = seedPairs(cell(data, lambda), cell(data, 0), id)
      .filter(({ other }) => other > 0)
      .map(({ value, other, trial }) => ({ value: value / other, trial }));
    return { x: lambda, mean: meanInterval(runs.map(({ value }) => value)), runs };
  };
  const name = (data: DatasetId, label: string): string =>
    sets.length > 1 ? `${nameOf(data)}: ${label}` : label;
  return {
    found: sets
      .map(
        (data) =>
          `On ${nameOf(data)} λ = ${largest} leaves ${formatInterval(relative(data, largest, 'energy').mean, 'share')} of E and ${formatInterval(relative(data, largest, JUDGED).mean, 'share')} of the joules estimated with zeros skipped; these follow E with exponent ${formatInterval(exponent(data, JUDGED), 'number')}.`,
      )
      .join(' '),
    criteria: sets.flatMap((data) => [
      {
        label: `E falls at least fivefold at λ = ${largest} on ${nameOf(data)}`,
        interval: pairedDecades(cell(data, largest), cell(data, 0), 'energy'),
        below: -Math.log10(5),
      },
      {
        label: `the joules estimated with zeros skipped hardly follow it (exponent below ${MOST_EXPONENT}) on ${nameOf(data)}`,
        interval: exponent(data, JUDGED),
        below: MOST_EXPONENT,
      },
    ]),
    main: {
      kind: 'points',
      id: 'costs',
      title: 'E and what a network costs, against λ',
      about:
        'Each relative to the same seed at λ = 0: mean over seeds with its 95 % interval, and the runs. Costs are counts and estimates of one image, not measured power.',
      x: { scale: 'log', label: 'λ', format: 'number' },
      y: { scale: 'log', label: 'Relative to λ = 0', format: 'number' },
      series: sets.flatMap((data) => [
        {
          label: name(data, 'E'),
          points: lambdas.map((lambda) => relative(data, lambda, 'energy')),
        },
        ...(['hiddenSkipping', JUDGED] as const).map((id) => ({
          label: name(data, COSTS.find((cost) => cost.id === id)?.label ?? id),
          points: lambdas.map((lambda) => relative(data, lambda, id)),
        })),
      ]),
      marks: [],
    },
    further: [
      {
        kind: 'scatter',
        id: 'proxy',
        title: 'Estimated joules against E',
        about: `Every run (n = ${done.length}); zeros skipped, weights from SRAM. A proxy would lie on a line of slope 1.`,
        x: { scale: 'log', label: 'E', format: 'number' },
        y: { scale: 'log', label: 'Joules an image, estimated', format: 'number' },
        sets: sets.map((data) => ({
          label: nameOf(data),
          points: resultsAt(done, { data }).flatMap((result) => {
            const [x, y] = [measureValue(result, 'energy'), measureValue(result, JUDGED)];
            return x !== null && y !== null && x > 0 ? [{ x, y, trial: result.trial }] : [];
          }),
        })),
        fits: [],
        marks: [],
      },
      {
        kind: 'points',
        id: 'accuracy',
        title: 'Test accuracy against λ',
        about: 'Mean over seeds with its 95 % interval, and the runs.',
        x: { scale: 'log', label: 'λ', format: 'number' },
        y: { scale: 'linear', label: 'Test accuracy', format: 'share' },
        series: sets.map((data) => ({
          label: nameOf(data),
          points: lambdas.map((lambda) => pointAt(lambda, cell(data, lambda), 'accuracy')),
        })),
        marks: [],
      },
    ],
    tables: [
      {
        id: 'follow',
        title: 'Does it follow E?',
        columns: [
          { label: 'Data' },
          { label: 'Cost of one image' },
          { label: 'At λ = 0', format: 'number' },
          { label: `At λ = ${largest}`, format: 'number' },
          { label: 'Exponent in E' },
          { label: 'R² of log cost on log E' },
        ],
        rows: sets.flatMap((data) =>
          COSTS.map(({ id, label }) => [
            nameOf(data),
            label,
            pointAt(0, cell(data, 0), id).mean.value,
            pointAt(largest, cell(data, largest), id).mean.value,
            formatInterval(exponent(data, id), 'number'),
            formatInterval(explained(data, id), 'number'),
          ]),
        ),
      },
    ],
    effects: sets.map((data) => ({
      label: `${nameOf(data)}, λ = ${largest} against 0`,
      kind: 'change of accuracy, points',
      interval: pairedDifference(cell(data, largest), cell(data, 0), 'accuracy', 100),
      format: 'points',
    })),
  };
}

/** Control to the energy paper: whether E stands for anything that is spent. */
export const jouleProxy: Recipe = {
  id: 'joule-proxy',
  version: 1,
  question: 'When E falls, does anything a machine would be billed for fall with it?',
  source: { paper: 'control', where: 'to the energy paper’s reading of E as energy' },
  doesNotShow:
    'Measured power: a browser cannot read it, so all joules are estimates by a table of 45 nm. Nor what an analogue or spiking carrier would spend, where size itself may cost.',
  howToRead:
    'All curves start at 1. If E were a proxy for cost, they would fall together; a flat curve does not notice E. High R² with a small exponent means: it follows, but hardly moves.',
  rule: `Reproduced (the critique) if, on every data set, the 95 % interval of log₁₀ E(λ)/E(0) at the largest λ lies below −0.70 (fivefold) and that of the exponent with which the estimated joules (zeros skipped, SRAM) follow E over λ lies below ${MOST_EXPONENT}, where a thousandfold fall of E would halve them; not reproduced if one of them lies wholly on the other side.`,
  minimumSeeds: 3,
  published: [],
  differences: {
    always: [
      'The paper states no joules per operation; the table (Horowitz 2014, 45 nm, float32) and the count are ours. Weights are counted whole also where zeros are skipped.',
      'Multiplications without skipping cannot depend on λ: that line is flat by construction. Black pixels are skipped too.',
      'A log-log line over so few λ is a summary of the sweep, not a law.',
    ],
    tiny: TINY_DIFFERENCES,
    quick: ['λ reaches 1: in 600 steps a smaller price hardly acts. A 784-64-32-10 network.'],
    class: ['λ reaches 1: four epochs are less than the paper’s training.'],
  },
  factors: [
    { id: 'data', label: 'Data set' },
    { id: 'lambda', label: 'λ' },
  ],
  sizes: SIZES,
  metrics: [
    ...PLAIN_METRICS,
    ...COSTS.map(({ id, label, unit }) => ({ id, label, unit, format: 'number' as const })),
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ data, lambda }) => ({
      data: data as DatasetId,
      lambda: Number(lambda),
    })),
  async measure(trialRun) {
    const costs = await costSummary(trialRun);
    return Object.fromEntries(COSTS.map(({ id }) => [id, costs[id]]));
  },
  analyse,
};
