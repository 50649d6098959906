import { type History, METRIC_INDEX } from '../../../store/series/history';

/** Steps that are averaged, so that λ·E can be put beside a steady data loss. */
const RECENT = 30;

/**
 * Means of the data loss (nats) and of E over the last steps of the visitor's run, to three digits. Before its first step, those of its
 * evaluation on test images; NaN without either.
 */
export function recentMeans(
  history: History,
  evaluation: { loss: number; energy: number } | null,
): { loss: number; energy: number } {
  const mean = (column: number, otherwise: number | undefined): number => {
    const value = history.recentMean('main', column, RECENT);
    return Number((Number.isNaN(value) ? (otherwise ?? NaN) : value).toPrecision(3));
  };
  return {
    loss: mean(METRIC_INDEX.dataLoss, evaluation?.loss),
    energy: mean(METRIC_INDEX.energy, evaluation?.energy),
  };
}
