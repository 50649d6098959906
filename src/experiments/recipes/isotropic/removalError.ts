import type { DatasetId } from '../../../data/ids';
import { levelsOf, resultsAt, runsOf } from '../../analysis';
import { formatInterval } from '../../../drawing/format';
import { ISOTROPIC_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, Recipe, RecipeResults, TrialResult } from '../../types';
import { DATASETS } from '../../../data/registry';
import { meanInterval } from '../../../statistics/intervals';
import { errorLaw, FLOOR_PERCENT } from '../../../topology/analysis/errorLaw';
import { CORRECTION_MODES, type CorrectionMode } from '../../../topology/analysis/types';

/** Bias given to the unit, so that all four modes part (trained plateau biases are near 0.01). */
const B_STAR = 0.5;
const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { data: ['digits'] },
    duration: { steps: 20 },
    configuration: { ...ISOTROPIC_SETTING, hidden: [12, 8], batch: 32 },
  },
  quick: {
    seeds: 5,
    levels: { data: ['mnist', 'fashion-mnist'] },
    duration: { steps: 600 },
    configuration: { ...ISOTROPIC_SETTING, hidden: [128, 64] },
  },
  class: {
    seeds: 10,
    levels: { data: ['mnist', 'fashion-mnist'] },
    duration: { epochs: 4 },
    configuration: { ...ISOTROPIC_SETTING, hidden: [128, 64] },
  },
  full: {
    seeds: 20,
    levels: { data: ['mnist', 'fashion-mnist'] },
    duration: { epochs: 20 },
    configuration: { ...ISOTROPIC_SETTING, hidden: [100, 100], batch: 48, optimiser: 'adamw' },
  },
};

const MODE_LABELS: Record<CorrectionMode, string> = {
  'o+psi': 'o and ψ corrected',
  o: 'o only',
  psi: 'ψ only',
  none: 'neither',
};

/** Of the smallest σ looked at: how many decades the error without a correction lies above the one with both. */
const decadesAbove = (mode: CorrectionMode) => (result: TrialResult) => {
  const [own, both] = [result.metrics[`last ${mode}`], result.metrics['last o+psi']];
  return own != null && both != null && own > 0 && both > 0 ? Math.log10(own / both) : null;
};

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const sets = levelsOf<DatasetId>(done, 'data');
  const interval = (data: DatasetId, value: string | ((result: TrialResult) => number | null)) =>
    meanInterval(runsOf(resultsAt(done, { data }), value).map((run) => run.value));
  const sigmas = done[0]?.series[MODE_LABELS['o+psi']]?.x ?? [];
  const middle = (mode: CorrectionMode, k: number): number | null => {
    const values = done.flatMap(({ series }) => series[MODE_LABELS[mode]].y[k] ?? []).filter((v) => v > 0);
    return values.length > 0
      ? Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length)
      : null;
  };
  return {
    found: sets
      .map(
        (data) =>
          `On ${DATASETS[data].label} the error with both corrections follows σ with exponent ${formatInterval(interval(data, 'slope'), 'number')}; with neither it stays ${formatInterval(interval(data, decadesAbove('none')), 'number')} decades above it at the smallest σ.`,
      )
      .join(' '),
    criteria: sets.flatMap((data) => [
      {
        label: `the exponent is 1 ± 0.1 on ${DATASETS[data].label}`,
        interval: interval(data, 'slope'),
        above: 0.9,
        below: 1.1,
      },
      ...(['o', 'psi', 'none'] as const).map((mode) => ({
        label: `with ${MODE_LABELS[mode] === 'neither' ? 'neither correction' : MODE_LABELS[mode]} the error stops falling on ${DATASETS[data].label} (two decades above at the smallest σ)`,
        interval: interval(data, decadesAbove(mode)),
        above: 2,
      })),
    ]),
    main: {
      kind: 'lines',
      id: 'error',
      title: 'Error of a removal against the σ removed',
      about: `Geometric mean over ${done.length} runs; one unit with bias ${B_STAR}, its σ scaled down.`,
      x: { scale: 'log', label: 'σ of the unit', format: 'number' },
      y: { scale: 'log', label: 'ε scaled, %', format: 'number' },
      lines: CORRECTION_MODES.map((mode) => ({
        label: MODE_LABELS[mode],
        x: sigmas,
        y: sigmas.map((_, k) => middle(mode, k)),
      })),
      marks: [],
    },
    tables: [
      {
        id: 'law',
        title: 'Exponent, and error at the smallest σ',
        columns: [
          { label: 'Data' },
          { label: 'n', format: 'count' },
          { label: 'Exponent' },
          ...CORRECTION_MODES.map((mode) => ({
            label: `ε, ${MODE_LABELS[mode]}, %`,
            format: 'number' as const,
          })),
        ],
        rows: sets.map((data) => [
          DATASETS[data].label,
          resultsAt(done, { data }).length,
          formatInterval(interval(data, 'slope'), 'number'),
          ...CORRECTION_MODES.map((mode) => interval(data, `last ${mode}`).value),
        ]),
      },
    ],
    effects: sets.map((data) => ({
      label: DATASETS[data].label,
      kind: 'exponent of the error in σ',
      interval: interval(data, 'slope'),
      format: 'number',
    })),
  };
}

/** Control to the isotropic paper's "arbitrarily well approximated": the error law of a removal, mode by mode. */
export const removalError: Recipe = {
  id: 'removal-error',
  version: 1,
  question:
    'Does the error of removing a neuron shrink in proportion to its singular value, and only with both corrections?',
  source: {
    paper: 'control',
    where: 'to the isotropic paper’s claim that removal is “arbitrarily well approximated”',
  },
  doesNotShow:
    'How much a trained network suffers from removing its own units: between different units the error need not be proportional to σ (see the comparison of criteria).',
  howToRead:
    'Both axes are logarithmic: a straight line of slope 1 is an error proportional to σ. Lines that level off keep an error however small the unit is.',
  rule: `Reproduced if on every data set the 95 % interval of the exponent (o and ψ corrected, above rounding) lies within 0.9 … 1.1, and the error with one correction or none ends at least two decades above it; not reproduced if one of them lies wholly outside.`,
  minimumSeeds: 3,
  published: [],
  differences: {
    always: [
      'The paper states the claim; this law is our test of it. One unit’s σ is scaled down, as trained units stop at a plateau.',
      `The unit is given a bias of ${B_STAR}: trained ones are so small that the four modes would part only below σ = 0.1.`,
    ],
    tiny: ['Digits 8 × 8, 20 steps.'],
  },
  factors: [{ id: 'data', label: 'Data set' }],
  sizes: SIZES,
  metrics: [
    { id: 'accuracy', label: 'Test accuracy', unit: '%', format: 'share' },
    { id: 'slope', label: 'Exponent of the error', unit: '', format: 'number' },
    { id: 'sigma', label: 'σ of the unit as trained', unit: '', format: 'number' },
    ...CORRECTION_MODES.map((mode) => ({
      id: `last ${mode}`,
      label: `ε at the smallest σ, ${MODE_LABELS[mode]}`,
      unit: '%',
      format: 'number' as const,
    })),
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ data }) => ({ data: data as DatasetId })),
  async run(trialRun, trial) {
    await trialRun.train(trial.steps);
    const { accuracy } = await trialRun.evaluate();
    const law = errorLaw(await trialRun.network(), 0, B_STAR, trialRun.probe());
    // The last point above the floor of rounding in the corrected curve: there all four are compared.
    const last = law.curves['o+psi'].findLastIndex((error) => error > FLOOR_PERCENT);
    law.sigmas.forEach((sigma, k) => {
      for (const mode of CORRECTION_MODES) trialRun.record(MODE_LABELS[mode], sigma, law.curves[mode][k]);
    });
    return {
      accuracy,
      slope: law.slope,
      sigma: law.sigma,
      ...Object.fromEntries(
        CORRECTION_MODES.map((mode) => [`last ${mode}`, law.curves[mode].at(last) ?? null]),
      ),
    };
  },
  analyse,
};
