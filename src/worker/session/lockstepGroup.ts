import type { Network, TrainingState } from '../../network/network';
import type { StepSettings, EngineGroup, EngineModel, Observation, StepMetrics } from '../../training/engine';

interface Submission {
  indices: Uint32Array;
  batch: number;
  steps: number;
  controls: StepSettings;
}

/**
 * A group seen as single models that always train together: what each seat asks for is held until all have asked for the same
 * batches, then goes out in the same dispatches. Reading is done for all at once and kept for the others.
 */
export class LockstepGroup {
  readonly seats: readonly EngineModel[];
  private readonly waiting = new Map<number, Submission>();
  private readonly rows = new Map<number, StepMetrics>();

  constructor(
    private readonly group: EngineGroup,
    count: number,
  ) {
    this.seats = Array.from({ length: count }, (_, m) => this.seat(m));
  }

  private seat(m: number): EngineModel {
    const { group } = this;
    return {
      train: (indices, batch, steps, controls) => this.train(m, { indices, batch, steps, controls }),
      metrics: () => this.metrics(m),
      // The dispatches are everyone's: their time is told once.
      gpuTime: () => (m === 0 ? (group.gpuTime?.() ?? null) : null),
      observe: (...asked) => this.observe(m, asked),
      exportState: (): Promise<TrainingState> => group.exportState(m),
      exportNetwork: (): Promise<Network> => group.exportNetwork(m),
      importState: (state) => group.importState(m, state),
      ready: () => group.ready?.() ?? Promise.resolve(),
      setO: (layer, value) => group.setO(m, layer, value),
      setMerge: (layer, merge) => group.setMerge(m, layer, merge),
      dispose: () => group.dispose(),
    };
  }

  private train(m: number, submission: Submission): void | Promise<void> {
    for (const { batch, steps } of this.waiting.values()) {
      if (batch !== submission.batch || steps !== submission.steps)
        throw new Error('Networks that train together take the same steps.');
    }
    this.waiting.set(m, submission);
    if (this.waiting.size < this.seats.length) return;
    const all = this.seats.map((_, k) => this.waiting.get(k)?.controls ?? submission.controls);
    this.waiting.clear();
    return this.group.train(submission.indices, submission.batch, submission.steps, all);
  }

  /** Rows of one seat; those read for the others are kept until they ask. */
  private async metrics(m: number): Promise<StepMetrics> {
    const fresh = await this.group.metrics();
    fresh.forEach((rows, k) => this.rows.set(k, joined(this.rows.get(k), rows)));
    const mine = this.rows.get(m) ?? fresh[m];
    this.rows.delete(m);
    return mine;
  }

  private async observe(m: number, asked: Parameters<EngineModel['observe']>): Promise<Observation> {
    return (await this.group.observe(...asked))[m];
  }
}

function joined(before: StepMetrics | undefined, after: StepMetrics): StepMetrics {
  if (!before || before.rows === 0) return after;
  if (after.rows === 0) return before;
  const values = new Float32Array(before.values.length + after.values.length);
  values.set(before.values);
  values.set(after.values, before.values.length);
  return { rows: before.rows + after.rows, columns: after.columns, values };
}
