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

  /** Takes a measurement: how long a slice of so many steps took. */
  took(milliseconds: number, steps: number): void {
    const pace = milliseconds / steps;
    this.msPerStep = this.msPerStep === 0 ? pace : 0.7 * this.msPerStep + 0.3 * pace;
  }
}
