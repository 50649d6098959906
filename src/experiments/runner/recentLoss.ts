import type { StepMetrics } from '../../training/engine';

/** Steps of which the training loss is told. */
const LAST = 50;

/** Mean cross-entropy over the batches of the last steps of a run, at most 50 of them. */
export class RecentLoss {
  private losses: number[] = [];

  /** Takes rows of metrics in the order of their steps. */
  take({ rows, columns, values }: Pick<StepMetrics, 'rows' | 'columns' | 'values'>): void {
    for (let r = Math.max(0, rows - LAST); r < rows; r++) this.losses.push(values[r * columns]);
    this.losses = this.losses.slice(-LAST);
  }

  /** In nats; NaN before the first step. */
  mean(): number {
    return this.losses.reduce((sum, loss) => sum + loss, 0) / this.losses.length;
  }

  copy(): RecentLoss {
    const copy = new RecentLoss();
    copy.losses = [...this.losses];
    return copy;
  }
}
