import { resultsAt, levelsOf, pairedDecades, pairedDifference, runsOf } from '../../analysis';
import { formatNumber, formatInterval } from '../../../drawing/format';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, Recipe, RecipeResults, RecipeSize } from '../../types';
import { isotropicOf } from '../../../activations/lookup';
import { isOnShell } from '../../../activations/shell';
import { mean } from '../../../statistics/summary';
import { singularValues } from '../../../topology/linear/svd';

/** A unit survives where its σ is above this (the lab’s default θ); every σ starts at 1. */
const SURVIVES = 0.1;
const SHARED: RecipeSize['configuration'] = {
  data: 'fashion-mnist',
  activation: 'isotropic-tanh',
  oMode: 'fixed',
  psi: 'decay',
  learningRate: 1e-3,
  batch: 128,
};
const [LEAST, MOST] = [1e-6, 100];

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 2,
    levels: { lambda: [0, 300], o: [LEAST, MOST] },
    duration: { steps: 20 },
    configuration: { ...SHARED, data: 'digits', hidden: [12, 8], batch: 32 },
  },
  quick: {
    seeds: 3,
    levels: { lambda: [0, 10, 300], o: [LEAST, 1, 10, MOST] },
    duration: { steps: 600 },
    configuration: { ...SHARED, hidden: [64, 32] },
  },
  class: {
    seeds: 5,
    levels: { lambda: [0, 1, 10, 100, 300], o: [LEAST, 1, 10, MOST, 1000] },
    duration: { epochs: 3 },
    configuration: { ...SHARED, hidden: [128, 64] },
  },
  full: {
    seeds: 10,
    levels: { lambda: [0, 0.1, 1, 10, 100, 300, 1000], o: [LEAST, 0.1, 1, 10, MOST, 1000] },
    duration: { epochs: 10 },
    configuration: { ...SHARED, hidden: [128, 64] },
  },
};

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const lambdas = levelsOf<number>(done, 'lambda').sort((a, b) => a - b);
  const lengths = levelsOf<number>(done, 'o').sort((a, b) => a - b);
  const cell = (lambda: number, o: number) => resultsAt(done, { lambda, o });
  const top = lambdas.at(-1) ?? 0;
  const fall = (o: number) => pairedDecades(cell(top, o), cell(0, o), 'energy');
  const meanOf = (lambda: number, o: number, id: string): number | null => {
    const values = runsOf(cell(lambda, o), id).map((run) => run.value);
    return values.length > 0 ? mean(values) : null;
  };
  const [least, most] = [lengths.at(0) ?? LEAST, lengths.at(-1) ?? MOST];
  const rows = { label: 'λ', names: lambdas.map((lambda) => formatNumber(lambda, 'number')) };
  const columns = { label: 'o', names: lengths.map((o) => formatNumber(o, 'number')) };
  const heat = (id: string, title: string, format: 'number' | 'share' | 'count', label: string) => ({
    kind: 'heat' as const,
    id,
    title,
    about: `Mean over seeds (n = ${done.length} runs in all).`,
    rows,
    columns,
    values: lambdas.map((lambda) => lengths.map((o) => meanOf(lambda, o, id))),
    format,
    label,
  });
  return {
    found: `λ = ${top} changes E by ${formatInterval(fall(least), 'number')} decades at o = ${formatNumber(least, 'number')} and by ${formatInterval(fall(most), 'number')} at o = ${formatNumber(most, 'number')}; accuracy there changes by ${formatInterval(pairedDifference(cell(top, most), cell(0, most), 'accuracy', 100), 'points')} points.`,
    criteria: [
      {
        label: `at o = ${formatNumber(least, 'number')} λ = ${top} has little grip: E falls less than threefold`,
        interval: fall(least),
        above: -Math.log10(3),
      },
      {
        label: `at o = ${formatNumber(most, 'number')} it does: E falls at least fivefold`,
        interval: fall(most),
        below: -Math.log10(5),
      },
    ],
    main: heat('energy', 'Activation energy over λ and o', 'number', 'E, mean square'),
    further: [
      heat('accuracy', 'Test accuracy over λ and o', 'share', 'Test accuracy'),
      heat('survivors', `Units with σ above ${SURVIVES}, first layer`, 'count', 'Units'),
    ],
    tables: [
      {
        id: 'map',
        title: 'Energy, accuracy and units by λ and o',
        columns: [
          { label: 'λ', format: 'number' },
          { label: 'o', format: 'number' },
          { label: 'n', format: 'count' },
          { label: 'E', format: 'number' },
          { label: 'log₁₀ E/E(λ = 0)' },
          { label: 'Accuracy', format: 'share' },
          { label: 'Units', format: 'number' },
          { label: 'On the shell', format: 'share' },
        ],
        rows: lambdas.flatMap((lambda) =>
          lengths.map((o) => [
            lambda,
            o,
            cell(lambda, o).length,
            meanOf(lambda, o, 'energy'),
            formatInterval(pairedDecades(cell(lambda, o), cell(0, o), 'energy'), 'number'),
            meanOf(lambda, o, 'accuracy'),
            meanOf(lambda, o, 'survivors'),
            meanOf(lambda, o, 'shell'),
          ]),
        ),
      },
    ],
    effects: lengths.map((o) => ({
      label: `λ = ${top} against 0 at o = ${formatNumber(o, 'number')}`,
      kind: 'change of accuracy, points',
      interval: pairedDifference(cell(top, o), cell(0, o), 'accuracy', 100),
      format: 'points',
    })),
  };
}

/** Where the two papers meet: on the shell λ has no grip, and the intrinsic length gives it one. */
export const energyMeetsIsotropy: Recipe = {
  id: 'energy-meets-isotropy',
  version: 1,
  question: 'Does the intrinsic length give an energy price its grip on an isotropic network?',
  source: { paper: 'control', where: 'to both papers: λ of one, o of the other' },
  doesNotShow:
    'What a trained o does over a long run: it is held fixed here. Nor anything about spent energy.',
  howToRead:
    'Down a column λ rises, along a row o. Where the colour does not change down a column, the price does nothing.',
  rule: 'Reproduced if at the smallest o the 95 % interval of log₁₀ E(λ)/E(0) at the largest λ lies above −0.48 (less than threefold) and at the largest o below −0.70 (fivefold); not reproduced if one of them lies wholly on the other side.',
  minimumSeeds: 3,
  published: [],
  differences: {
    always: [
      'Neither paper joins the two; the bounds come from a measurement made for this lab (on the shell ‖h‖ = 1 whatever λ).',
      'Every σ starts at 1, and without weight decay little pulls an unused one down: that all units survive says nothing for or against λ.',
      'Neither bound looks at accuracy; what λ costs stands beside it.',
    ],
    tiny: ['Digits 8 × 8, 20 steps.'],
  },
  factors: [
    { id: 'lambda', label: 'λ' },
    { id: 'o', label: 'Intrinsic length o' },
  ],
  sizes: SIZES,
  metrics: [
    { id: 'energy', label: 'Activation energy E', unit: '', format: 'number' },
    { id: 'accuracy', label: 'Test accuracy', unit: '%', format: 'share' },
    {
      id: 'survivors',
      label: `Units of the first layer with σ above ${SURVIVES}`,
      unit: '',
      format: 'count',
    },
    { id: 'shell', label: 'Test images on the shell of the first layer', unit: '%', format: 'share' },
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ lambda, o }) => ({ lambda: Number(lambda), o: [Number(o)] })),
  async measure(trialRun, { factors }) {
    const sigma = singularValues((await trialRun.network()).parameters.weights[0]);
    const { squaredNorms } = await trialRun.observe('test', 0, Math.min(1000, trialRun.source.test.ready));
    const norms = [...squaredNorms[0]];
    // ‖h‖ = s·‖z‖ near 1: there the radial gradient is gone.
    const onShell = norms.filter((z) => isOnShell(isotropicOf('isotropic-tanh'), Number(factors.o), z));
    return {
      survivors: sigma.filter((value) => value > SURVIVES).length,
      shell: onShell.length / norms.length,
    };
  },
  analyse,
};
