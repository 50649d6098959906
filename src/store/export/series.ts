import { METRIC_COLUMNS } from '../../training/engine';
import type { RunnerId } from '../../worker/protocol';
import type { AbandonedBranch, History } from '../series/history';

/** One value of one series of one run: a row of the long CSV. */
export interface LongRow {
  run: string;
  series: string;
  step: number;
  value: number;
}

/** What each exported series is. `.layerN` counts hidden layers from 1, `.N` counts σ from the largest. */
export const EXPORTED_SERIES: Readonly<Record<string, string>> = {
  dataLoss: 'mean cross-entropy of the batch of this step, nats',
  energy: 'activation energy E of the batch, under the measure of the configuration',
  penalty: 'λ·E, the part E has in the loss',
  psiPenalty: 'ψ decay, the part ψ has in the loss',
  correct: 'right answers in the batch',
  gradientNorm: 'norm of the gradient of the loss',
  'energy.layerN': 'E of hidden layer N before the average or sum over layers, batch',
  testAccuracy: 'share of right answers on the fixed test images',
  testLoss: 'mean cross-entropy on the fixed test images, nats',
  testEnergy: 'E on the fixed test images',
  'testEnergy.layerN': 'E of hidden layer N on the fixed test images',
  'pathMeanSquare.layerN.K': 'mean h² of pathway K of hidden layer N on the fixed test images',
  testImages: 'how many test images the evaluation used',
  aliveUnits: 'share of hidden units with mean h² above 1e-12 on the fixed test images',
  'sigma.layerN.k': 'k-th singular value of the weights into hidden layer N',
};

const RUNNERS: readonly RunnerId[] = ['main', 'baseline', 'twin'];

/** Names of the columns of a table with that many columns. */
export function columnNames(columns: number): string[] {
  return Array.from({ length: columns }, (_, c) =>
    c < METRIC_COLUMNS.length ? METRIC_COLUMNS[c] : `energy.layer${c - METRIC_COLUMNS.length + 1}`,
  );
}

type Part = Pick<History, 'tables' | 'evaluations' | 'spectra'>;

/** The parts of a history, abandoned branches included, each with the suffix its runs carry. */
export function historyParts(
  history: History,
): { suffix: string; branch: AbandonedBranch | null; part: Part }[] {
  return [
    { suffix: '', branch: null, part: history },
    ...history.branches.map((branch) => ({ suffix: `/branch-${branch.id}`, branch, part: branch })),
  ];
}

/** Every raw value of a history, run by run and series by series, branches included; `wanted` picks series by name. */
export function* longRows(
  history: History,
  wanted: (series: string) => boolean = () => true,
): Generator<LongRow> {
  for (const { suffix, part } of historyParts(history)) {
    for (const runner of RUNNERS) {
      const run = runner + suffix;
      const table = part.tables[runner];
      for (const [c, series] of columnNames(table.columns).entries()) {
        if (!wanted(series)) continue;
        for (let r = 0; r < table.rows; r++)
          yield { run, series, step: table.stepAt(r), value: table.at(r, c) };
      }
      for (const point of part.evaluations) {
        if (point.runner !== runner) continue;
        const { step } = point;
        const values: [string, number][] = [
          ['testAccuracy', point.accuracy],
          ['testLoss', point.loss],
          ['testEnergy', point.energy],
          ['testImages', point.n],
          ['aliveUnits', point.aliveUnits],
          ...point.layerEnergy.map((e, l): [string, number] => [`testEnergy.layer${l + 1}`, e]),
          ...(point.pathMeanSquare ?? []).flatMap((paths, l) =>
            (paths ?? []).map((h2, k): [string, number] => [`pathMeanSquare.layer${l + 1}.${k + 1}`, h2]),
          ),
        ];
        for (const [series, value] of values) if (wanted(series)) yield { run, series, step, value };
      }
    }
    const run = `main${suffix}`;
    for (const { step, sigma } of part.spectra)
      for (const [l, values] of sigma.entries())
        for (let k = 0; k < values.length; k++) {
          const series = `sigma.layer${l + 1}.${k + 1}`;
          if (wanted(series)) yield { run, series, step, value: values[k] };
        }
  }
}
