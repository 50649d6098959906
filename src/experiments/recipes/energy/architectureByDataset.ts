import type { ArchitectureId } from '../../../network/settings';
import type { DatasetId } from '../../../data/ids';
import { DATASETS } from '../../../data/registry';
import { ARCHITECTURES } from '../../../network/architectures/registry';
import {
  type Anova,
  interactionPermutation,
  type TwoWayObservation,
  twoWayAnova,
} from '../../../statistics/anova';
import { bootstrapInterval } from '../../../statistics/intervals';
import { mean, rankVariance } from '../../../statistics/summary';
import { resultsAt, levelsOf, pointAt, measureValue, runValues } from '../../analysis';
import { formatInterval } from '../../../drawing/format';
import { comparedSizes, MATCHED_DIFFERENCES } from '../../matchedSizes';
import type { EstimateInterval, PlotTable } from '../../../drawing/plot/types';
import { PLAIN_METRICS } from '../../runner/plainTrial';
import { ENERGY_SETTING, TINY_DIFFERENCES, TINY_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, Recipe, RecipeResults, TrialResult } from '../../types';

const ALL_ARCHITECTURES: readonly ArchitectureId[] = ['mlp', 'bimodal', 'lagrangian', 'cnn'];
/** One set of each kind the paper has: vision, text, physiological, neuromorphic. */
const MODALITIES: readonly DatasetId[] = ['fashion-mnist', 'glosses', 'heartbeats', 'events'];

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { data: ['digits', 'spirals'], architecture: ['mlp', 'bimodal'] },
    duration: { steps: 20 },
    configuration: TINY_SETTING,
  },
  quick: {
    seeds: 5,
    levels: { data: MODALITIES, architecture: ALL_ARCHITECTURES },
    duration: { steps: 120 },
    configuration: { ...ENERGY_SETTING, hidden: [48, 24], channels: [4, 8] },
    images: { test: 1000 },
  },
  class: {
    seeds: 6,
    levels: { data: MODALITIES, architecture: ALL_ARCHITECTURES },
    duration: { steps: 1000 },
    configuration: { ...ENERGY_SETTING, hidden: [64, 32], channels: [8, 16] },
  },
  full: {
    seeds: 10,
    levels: { data: [...MODALITIES, 'mnist', 'emoji'], architecture: ALL_ARCHITECTURES },
    duration: { steps: 5000 },
    configuration: { ...ENERGY_SETTING, hidden: [128, 64], channels: [8, 16] },
  },
};

const PUBLISHED = { interaction: 0.44, architecture: 0.001, rankVariance: 0.43 } as const;
/** Half the published interaction, and what is usually called a small effect. */
const [LEAST_INTERACTION, MOST_ARCHITECTURE] = [PUBLISHED.interaction / 2, 0.01];
const RESAMPLES = 500;

const architectureName = (id: string): string => ARCHITECTURES[id as ArchitectureId].label;
const dataName = (id: string): string => DATASETS[id as DatasetId].label;

/** A balanced part of the design: cells that all seeds kept have, as observations by seed. */
interface Panel {
  architectures: readonly string[];
  sets: readonly string[];
  bySeed: Map<number, TwoWayObservation[]>;
}

function panelOf(
  done: readonly TrialResult[],
  architectures: readonly string[],
  sets: readonly string[],
): Panel {
  const bySeed = new Map<number, TwoWayObservation[]>();
  for (const result of done) {
    const { architecture, data } = result.factors;
    const y = measureValue(result, 'accuracy');
    if (y === null || !architectures.includes(String(architecture)) || !sets.includes(String(data))) continue;
    const own = bySeed.get(result.seed) ?? [];
    own.push({ a: architectureName(String(architecture)), d: dataName(String(data)), y });
    bySeed.set(result.seed, own);
  }
  for (const [seed, own] of bySeed) if (own.length < architectures.length * sets.length) bySeed.delete(seed);
  return { architectures, sets, bySeed };
}

/** Whether a panel has enough for a two-way analysis. */
const enough = ({ architectures, sets, bySeed }: Panel): boolean =>
  architectures.length > 1 && sets.length > 1 && bySeed.size > 1;

const anovaOf = ({ bySeed }: Panel, seeds: readonly number[] = [...bySeed.keys()]): Anova =>
  twoWayAnova(
    seeds.flatMap((seed) => bySeed.get(seed) ?? []),
    { a: 'architecture', d: 'data set' },
  );

/** Partial ω² of a main effect: as partial η², without its upward bias at few runs. */
const partialOmega = ({ a: { df, f }, n }: Anova): number => (df * (f - 1)) / (df * (f - 1) + n);

/** A number of the analysis with the interval from resampling whole seeds; none of fewer than three (one is left out in turn). */
function resampled(panel: Panel, of: (anova: Anova) => number): EstimateInterval {
  const seeds = [...panel.bySeed.keys()];
  const n = seeds.length;
  if (!enough(panel) || n < 3)
    return { value: enough(panel) ? of(anovaOf(panel)) : NaN, low: NaN, high: NaN, n };
  return bootstrapInterval(seeds, (drawn) => of(anovaOf(panel, drawn)), { resamples: RESAMPLES });
}

function anovaTable(panel: Panel, id: string, title: string): PlotTable {
  const number = (label: string) => ({ label, format: 'number' as const });
  const columns = [
    { label: 'Effect' },
    ...['df', 'SS', 'F', 'p', 'η²', 'partial η²', 'ω²', 'p, permuted'].map(number),
  ];
  if (!enough(panel)) return { id, title, columns, rows: [] };
  const { a, d, interaction, error } = anovaOf(panel);
  const permuted = interactionPermutation([...panel.bySeed.values()].flat());
  return {
    id,
    title,
    columns,
    rows: [
      ...[a, d, interaction].map(({ name, df, ss, f, p, eta2, partialEta2, omega2 }) => [
        name,
        df,
        ss,
        f,
        p,
        eta2,
        partialEta2,
        omega2,
        name === interaction.name ? permuted : null,
      ]),
      ['error', error.df, error.ss, null, null, null, null, null, null],
    ],
  };
}

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const sets = levelsOf<string>(done, 'data');
  const architectures = levelsOf<string>(done, 'architecture');
  const dense = architectures.filter((id) => id !== 'cnn');
  const planes = sets.filter((data) => resultsAt(done, { data, architecture: 'cnn' }).length > 0);
  const panel = panelOf(done, dense, sets);
  const pictures = panelOf(done, architectures, planes);
  const meanOf = (architecture: string, data: string): number | null => {
    const values = runValues(resultsAt(done, { architecture, data }), 'accuracy');
    return values.length > 0 ? mean(values) : null;
  };
  const variances = (rows: readonly string[], columns: readonly string[]): (number | null)[] => {
    const table = rows.map((row) => columns.map((column) => meanOf(row, column) ?? NaN));
    const whole = columns.length > 1 && table.flat().every(Number.isFinite);
    return whole ? rankVariance(table) : rows.map(() => null);
  };
  const [overAll, overPictures] = [variances(dense, sets), variances(architectures, planes)];
  const interaction = resampled(panel, (anova) => anova.interaction.partialEta2);
  const architecture = resampled(panel, partialOmega);
  const best = sets.map((data) => {
    const means = architectures.map((id) => meanOf(id, data) ?? -Infinity);
    const top = architectures.at(means.indexOf(Math.max(...means)));
    return `${top ? architectureName(top) : '–'} on ${dataName(data)}`;
  });
  return {
    found: `Best means: ${best.join(', ')}. Of what seeds and factors explain together, the interaction has partial η² ${formatInterval(interaction, 'number')}, architecture alone partial ω² ${formatInterval(architecture, 'number')} (dense architectures on all sets).`,
    criteria:
      done.length === 0
        ? []
        : [
            {
              label: `the interaction architecture × data has a partial η² of at least ${LEAST_INTERACTION}`,
              interval: interaction,
              above: LEAST_INTERACTION,
            },
            {
              label: `architecture alone has next to none (partial ω² below ${MOST_ARCHITECTURE})`,
              interval: architecture,
              below: MOST_ARCHITECTURE,
            },
          ],
    main: {
      kind: 'heat',
      id: 'accuracy',
      title: 'Test accuracy by architecture and data set',
      about: `Mean over seeds (n = ${done.length} runs in all). Empty: the data have no planes for a CNN.`,
      rows: { label: 'Architecture', names: architectures.map(architectureName) },
      columns: { label: 'Data set', names: sets.map(dataName) },
      values: architectures.map((row) => sets.map((column) => meanOf(row, column))),
      format: 'share',
      label: 'Test accuracy',
    },
    further: [
      {
        kind: 'points',
        id: 'lines',
        title: 'Do the architectures change places?',
        about: 'Mean over seeds with its 95 % interval, and the runs.',
        x: { scale: 'category', label: '', categories: sets.map(dataName) },
        y: { scale: 'linear', label: 'Test accuracy', format: 'share' },
        series: architectures.map((id) => ({
          label: architectureName(id),
          points: sets
            .map((data) => ({ data, results: resultsAt(done, { architecture: id, data }) }))
            .filter(({ results }) => results.length > 0)
            .map(({ data, results }) => pointAt(dataName(data), results, 'accuracy')),
        })),
        marks: [],
      },
    ],
    tables: [
      {
        id: 'cells',
        title: 'Accuracy and parameters by cell',
        columns: [
          { label: 'Architecture' },
          { label: 'Data' },
          { label: 'n', format: 'count' },
          { label: 'Parameters', format: 'count' },
          { label: 'Accuracy' },
        ],
        rows: architectures.flatMap((id) =>
          sets.flatMap((data) => {
            const results = resultsAt(done, { architecture: id, data });
            if (results.length === 0) return [];
            const parameters = pointAt(0, results, 'parameters').mean.value;
            const accuracy = formatInterval(pointAt(0, results, 'accuracy').mean, 'share');
            return [[architectureName(id), dataName(data), results.length, parameters, accuracy]];
          }),
        ),
      },
      anovaTable(
        panel,
        'anova',
        `Two-way analysis: dense architectures on all sets, ${panel.bySeed.size} seeds`,
      ),
      ...(planes.length > 1
        ? [
            anovaTable(
              pictures,
              'anova-planes',
              `Two-way analysis: all architectures on ${planes.map(dataName).join(' and ')}, ${pictures.bySeed.size} seeds`,
            ),
          ]
        : []),
      {
        id: 'ranks',
        title: `Variance of an architecture’s rank over data sets (published for BimodalTrue: ${PUBLISHED.rankVariance})`,
        columns: [
          { label: 'Architecture' },
          { label: 'Among the dense, all sets', format: 'number' },
          { label: 'Among all, sets with planes', format: 'number' },
        ],
        rows: architectures.map((id, row) => [
          architectureName(id),
          dense.includes(id) ? overAll[dense.indexOf(id)] : null,
          overPictures[row],
        ]),
      },
    ],
    effects: [
      { label: 'Architecture × data set', kind: 'partial η²', interval: interaction, format: 'number' },
      { label: 'Architecture', kind: 'partial ω²', interval: architecture, format: 'number' },
    ],
  };
}

/** Energy paper, Fig. 3: which architecture suits which data. */
export const architectureByDataset: Recipe = {
  id: 'architecture-by-dataset',
  version: 1,
  question: 'Is there a best architecture, or does it depend on the data?',
  source: { paper: 'energy', where: 'Fig. 3' },
  doesNotShow:
    'A property of architectures: a main effect is an average over whichever data sets were chosen. Nor anything about modalities: seeds repeat the training, and each modality is one data set.',
  howToRead:
    'Compare within a column: columns differ in how hard they are. Where the best row changes from column to column, there is an interaction.',
  rule: `Reproduced if the 95 % bootstrap interval (whole seeds resampled) of the interaction’s partial η² lies above ${LEAST_INTERACTION}, half the published one, and that of the partial ω² of architecture below ${MOST_ARCHITECTURE}, on the balanced design of the dense architectures on all sets; not reproduced if one lies wholly on the other side.`,
  minimumSeeds: 5,
  published: [
    { label: 'Partial η² of architecture', value: PUBLISHED.architecture, unit: '', source: 'abstract' },
    {
      label: 'Partial η² of architecture × data set (p < 0.001)',
      value: PUBLISHED.interaction,
      unit: '',
      source: 'abstract',
    },
    { label: 'Rank variance of BimodalTrue', value: PUBLISHED.rankVariance, unit: '', source: 'Fig. 3' },
    { label: 'CNN on Fashion-MNIST', value: 92.2, unit: '%', source: 'Fig. 3' },
    {
      label: 'Physics-Lagrangian on DVS gesture (not among our data)',
      value: 70.3,
      unit: '%',
      source: 'abstract, Fig. 3',
    },
  ],
  differences: {
    always: [
      ...MATCHED_DIFFERENCES,
      'The verdict rests on the dense architectures on all sets, as a CNN cannot read text or traces; an analysis of all four on the sets with planes stands beside it. The paper’s interaction includes its CNN.',
      'The error of these effect sizes is seed noise alone: it is small, so that partial η² grows with training and care, and differs between data sets (hence the permuted p).',
      'Architecture is judged by partial ω², which does not grow with few seeds as partial η² does; both are in the tables.',
    ],
    tiny: TINY_DIFFERENCES,
    quick: ['120 steps of small networks, tested on 1,000 samples; CNN of 4 and 8 channels.'],
    class: ['1,000 steps; 6 seeds where the paper has 10.'],
  },
  factors: [
    { id: 'data', label: 'Data set' },
    { id: 'architecture', label: 'Architecture' },
  ],
  sizes: SIZES,
  metrics: PLAIN_METRICS,
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ data, architecture }) => {
      const id = architecture as ArchitectureId;
      const sizes = comparedSizes(SIZES[size], id, data as DatasetId);
      return sizes && { data: data as DatasetId, architecture: id, ...sizes };
    }),
  analyse,
};
