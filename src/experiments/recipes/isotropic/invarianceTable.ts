import { resultsAt, levelsOf, runsOf } from '../../analysis';
import { formatNumber, formatInterval } from '../../../drawing/format';
import { ISOTROPIC_PAPER_SETTING } from '../../settings';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, TrialRun, Recipe, RecipeResults, Trial } from '../../types';
import type { OMode, PsiMode } from '../../../network/spec';
import { referenceForward } from '../../../network/reference';
import { meanInterval, type ConfidenceInterval } from '../../../statistics/intervals';
import { logitDeviation } from '../../../topology/invariance';
import { singularValues } from '../../../topology/linear/svd';
import { sum } from '../../../statistics/summary';

/** The seven pairs of the paper's tables. */
const MODES: readonly { id: string; label: string; o: OMode; psi: PsiMode }[] = [
  { id: 'off/decay', label: 'o off, ψ with decay', o: 'off', psi: 'decay' },
  { id: 'fixed/decay', label: 'o fixed, ψ with decay', o: 'fixed', psi: 'decay' },
  { id: 'trained/decay', label: 'o trained, ψ with decay', o: 'trained', psi: 'decay' },
  { id: 'trained/off', label: 'o trained, ψ off', o: 'trained', psi: 'off' },
  { id: 'trained/fixed', label: 'o trained, ψ fixed', o: 'trained', psi: 'fixed' },
  { id: 'trained/trained', label: 'o trained, ψ trained', o: 'trained', psi: 'trained' },
  { id: 'trained/expectation', label: 'o trained, ψ as expectation', o: 'trained', psi: 'expectation' },
];
/** Units grown (+) or removed (−), in per cent of the width: the paper's rows, whose width is 100. */
const ROWS = [75, 50, 25, 5, 1, 0, -1, -5, -25, -50, -75] as const;
/** The matrix that is diagonalised and the layer that changes: the second, as in the paper. */
const LAYER = 1;

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 1,
    levels: { mode: ['trained/decay', 'off/decay'] },
    duration: { steps: 20 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'digits', hidden: [12, 12] },
    images: { test: 100 },
  },
  quick: {
    seeds: 3,
    levels: { mode: MODES.map(({ id }) => id) },
    duration: { steps: 600 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'fashion-mnist', hidden: [40, 40] },
    images: { test: 1000 },
  },
  class: {
    seeds: 5,
    levels: { mode: MODES.map(({ id }) => id) },
    duration: { epochs: 3 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'fashion-mnist', hidden: [100, 100] },
    images: { test: 2000 },
  },
  full: {
    seeds: 20,
    levels: { mode: MODES.map(({ id }) => id) },
    duration: { epochs: 50 },
    configuration: { ...ISOTROPIC_PAPER_SETTING, data: 'emoji', hidden: [100, 100] },
  },
};

const rowName = (row: number): string => (row > 0 ? `+${row} %` : row < 0 ? `−${-row} %` : '0');
const id = (metric: 'accuracy' | 'sigma' | 'epsilon' | 'kl', row: number): string =>
  `${metric} ${rowName(row)}`;

/** One row: diagonalise, then grow or remove, each from a copy of the trained network. */
async function changed(
  trialRun: TrialRun,
  row: number,
  seed: number,
): Promise<Record<string, number | null>> {
  const probe = trialRun.probe();
  const before = await trialRun.network();
  const { accuracy } = await trialRun.evaluate();
  const copy = await trialRun.fork();
  try {
    const width = copy.hidden[LAYER];
    const count = row === 0 ? 0 : Math.max(1, Math.round((Math.abs(row) * width) / 100));
    await copy.apply({ kind: 'full', layer: LAYER });
    if (row > 0) await copy.apply({ kind: 'grow', layer: LAYER, count, seed });
    if (row < 0) await copy.apply({ kind: 'remove', layer: LAYER, count, where: 'approximate' });
    const after = await copy.network();
    const labels = Array.from({ length: probe.n }, (_, b) => probe.labels[b]);
    const { outputs } = before.spec;
    const { epsilonScaledPercent, klNats } = logitDeviation(
      referenceForward(before, probe.x, probe.n).logits,
      referenceForward(after, probe.x, probe.n).logits,
      labels,
      outputs,
    );
    const sigmas = [before, after].map(({ parameters }) =>
      sum([...singularValues(parameters.weights[LAYER])]),
    );
    return {
      [id('accuracy', row)]: 100 * ((await copy.evaluate()).accuracy - accuracy),
      [id('sigma', row)]: sigmas[0] - sigmas[1],
      [id('epsilon', row)]: epsilonScaledPercent,
      [id('kl', row)]: klNats,
    };
  } finally {
    copy.dispose();
  }
}

async function run(trialRun: TrialRun, { steps, seed }: Trial): Promise<Record<string, number | null>> {
  await trialRun.train(steps);
  const { accuracy } = await trialRun.evaluate();
  const metrics: Record<string, number | null> = { accuracy };
  for (const row of ROWS) Object.assign(metrics, await changed(trialRun, row, seed));
  return metrics;
}

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const modes = levelsOf<string>(done, 'mode');
  const label = (mode: string): string => MODES.find((one) => one.id === mode)?.label ?? mode;
  const of = (mode: string, metric: string): ConfidenceInterval =>
    meanInterval(runsOf(resultsAt(done, { mode }), metric).map((one) => one.value));
  const exact = ROWS.filter((row) => row >= 0);
  const decades = (mode: string, row: number): ConfidenceInterval =>
    meanInterval(
      runsOf(resultsAt(done, { mode }), id('epsilon', row))
        .filter(({ value }) => value > 0)
        .map(({ value }) => Math.log10(value)),
    );
  const worst = Math.max(...modes.flatMap((mode) => exact.map((row) => of(mode, id('epsilon', row)).value)));
  const full = 'trained/decay';
  return {
    found: `Diagonalising and growing change the logits by ${formatNumber(worst, 'number')} % at most (mean of a cell). With o trained and ψ with decay, removing 5 % of the units changes accuracy by ${formatInterval(of(full, id('accuracy', -5)), 'points')} points, 50 % by ${formatInterval(of(full, id('accuracy', -50)), 'points')}.`,
    criteria: modes.flatMap((mode) => [
      ...exact.map((row) => ({
        label: `${label(mode)}: ${row === 0 ? 'diagonalising' : `growing ${rowName(row)}`} leaves the logits within 0.01 % (log₁₀ ε)`,
        interval: decades(mode, row),
        below: -2,
      })),
      ...(mode === full
        ? [-1, -5].map((row) => ({
            label: `${label(mode)}: removing ${-row} % of the units changes accuracy by less than half a point`,
            interval: of(mode, id('accuracy', row)),
            above: -0.5,
            below: 0.5,
          }))
        : []),
    ]),
    main: {
      kind: 'heat',
      id: 'epsilon',
      title: 'Change of the logits by operation and mode',
      about: `log₁₀ of ε scaled, per cent, on 512 test images; mean over seeds (n = ${done.length} runs in all).`,
      rows: { label: 'Units, per cent of the width', names: ROWS.map(rowName) },
      columns: { label: 'o / ψ', names: modes },
      values: ROWS.map((row) => modes.map((mode) => decades(mode, row).value)),
      format: 'number',
      label: 'log₁₀ ε',
    },
    further: [
      {
        kind: 'heat',
        id: 'accuracy',
        title: 'Change of accuracy, points',
        about: 'After less before, on the test images; mean over seeds.',
        rows: { label: 'Units, per cent of the width', names: ROWS.map(rowName) },
        columns: { label: 'o / ψ', names: modes },
        values: ROWS.map((row) => modes.map((mode) => of(mode, id('accuracy', row)).value)),
        format: 'points',
        label: 'Points',
      },
    ],
    tables: modes.map((mode) => ({
      id: `mode-${mode.replace('/', '-')}`,
      title: `${label(mode)}: accuracy before ${formatInterval(of(mode, 'accuracy'), 'share')}`,
      columns: [
        { label: 'Units' },
        { label: 'n', format: 'count' as const },
        { label: 'ΔA, points' },
        { label: 'ΔΣσ' },
        { label: 'ε scaled, %' },
        { label: 'KL, nats' },
      ],
      rows: ROWS.map((row) => [
        rowName(row),
        of(mode, id('accuracy', row)).n,
        formatInterval(of(mode, id('accuracy', row)), 'points'),
        formatInterval(of(mode, id('sigma', row)), 'number'),
        formatInterval(of(mode, id('epsilon', row)), 'number'),
        formatInterval(of(mode, id('kl', row)), 'number'),
      ]),
    })),
  };
}

/** Isotropic paper, Exp 1 (Tables 1 and 4): what diagonalising, growing and removing do to a trained network. */
export const invarianceTable: Recipe = {
  id: 'invariance-table',
  version: 1,
  question: 'Do diagonalising, growing and removing neurons leave a trained network’s function as it was?',
  source: { paper: 'isotropic', where: 'Tables 1 and 4 (Exp 1)' },
  doesNotShow:
    'What happens when training goes on afterwards, and nothing about networks whose units are elementwise.',
  howToRead:
    'Above the row 0 units are grown, below it removed; every row begins with a full diagonalisation of the second layer. Darker is more change.',
  rule: 'Reproduced if in every mode of o and ψ the 95 % interval of ε for diagonalising and growing lies below 0.01 %, and with o trained and ψ with decay removing 1 % and 5 % of the units changes accuracy by less than half a point; not reproduced if one of them lies wholly outside.',
  minimumSeeds: 3,
  published: [],
  differences: {
    always: [
      'No value of the paper’s tables could be found: the claims tested are those of its text (“computationally identical”, “arbitrarily well approximated”), the bounds ours.',
      'Data are Fashion-MNIST (emoji at full size), not CIFAR-10, CIFAR-100 and Caltech-256.',
      'In the paper’s code ψ “constant” is in fact trained until the first operation; here fixed is fixed.',
      'A correction whose place is off is left out, as in the paper.',
    ],
    tiny: ['Digits 8 × 8, 20 steps, one seed, two modes.'],
    quick: [
      'Layers of 40 units, where 1 % is rounded up to one unit; 600 steps, half an epoch of the paper’s 50. After so few steps most units are near the start and removing them costs little.',
    ],
    class: ['Three epochs where the paper has 50.'],
  },
  factors: [{ id: 'mode', label: 'o and ψ' }],
  sizes: SIZES,
  metrics: [
    { id: 'accuracy', label: 'Test accuracy before', unit: '%', format: 'share' },
    ...ROWS.flatMap((row) => [
      {
        id: id('accuracy', row),
        label: `Change of accuracy at ${rowName(row)}`,
        unit: 'points',
        format: 'points' as const,
      },
      {
        id: id('sigma', row),
        label: `Σσ before less after at ${rowName(row)}`,
        unit: '',
        format: 'number' as const,
      },
      { id: id('epsilon', row), label: `ε scaled at ${rowName(row)}`, unit: '%', format: 'number' as const },
      { id: id('kl', row), label: `KL at ${rowName(row)}`, unit: 'nats', format: 'number' as const },
    ]),
  ],
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ mode }) => {
      const found = MODES.find((one) => one.id === mode);
      return found ? { oMode: found.o, psi: found.psi } : null;
    }),
  run,
  analyse,
};
