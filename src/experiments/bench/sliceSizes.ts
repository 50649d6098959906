import type { StepMetrics } from '../../training/engine';

/** Work of one slice in milliseconds: short enough to pause, cancel and show progress. */
const SLICE_MS = 150;
const MOST_STEPS = 128;

/** How many steps to take at once: as many as fit in a slice at the pace measured so far. What is learnt does not depend on it. */
export class SliceSizer {
  private msPerStep = 0;

  /** Steps of the next slice, at most `limit`. */
  next(limit: number): number {
    const fitting = this.msPerStep === 0 ? 1 : Math.floor(SLICE_MS / this.msPerStep);
    return Math.max(1, Math.min(limit, MOST_STEPS, fitting));
  }

  took(milliseconds: number, steps: number): void {
    const pace = milliseconds / steps;
    this.msPerStep = this.msPerStep === 0 ? pace : 0.7 * this.msPerStep + 0.3 * pace;
  }
}

/** Steps of the training loss that is told. */
const LAST = 50;

/** Mean cross-entropy of the last steps of a run, at most 50 of them. */
export class RecentLoss {
  private tail: number[] = [];

  /** Takes rows of metrics; which of them is the first with a number that is not finite, or null. */
  take({ rows, columns, values }: Pick<StepMetrics, 'rows' | 'columns' | 'values'>): number | null {
    for (let r = Math.max(0, rows - LAST); r < rows; r++) this.tail.push(values[r * columns]);
    this.tail = this.tail.slice(-LAST);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    return bad < 0 ? null : Math.floor(bad / columns);
  }

  mean(): number {
    return this.tail.reduce((sum, loss) => sum + loss, 0) / this.tail.length;
  }

  copy(): RecentLoss {
    const copy = new RecentLoss();
    copy.tail = [...this.tail];
    return copy;
  }
}
