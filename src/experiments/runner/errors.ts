/** Training broke down: a loss or an energy is no number any more. The run is kept as diverged. */
export class DivergenceError extends Error {
  constructor(readonly step: number) {
    super(`The loss stopped being a finite number at step ${step}.`);
    this.name = 'Diverged';
  }
}

/** The engine was lost (a GPU reset, say): no run is to blame, and the experiment can be resumed. */
export class EngineLostError extends Error {
  constructor(reason: string) {
    super(`The engine was lost: ${reason}`);
    this.name = 'EngineLost';
  }
}
