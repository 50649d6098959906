import type { StepSettings, EngineGroup, EngineModel, Observation, StepMetrics } from '../training/engine';

interface Submission {
  indices: Uint32Array;
  batch: number;
  steps: number;
  controls: StepSettings;
}

/**
 * A group of networks seen as single models that always train together. What each member asks to be trained on is held back until all
 * have asked for as many steps; then all go out in the same dispatches. Metrics are read, and images looked at, for all members at once,
 * and kept for those who ask later. With `ownBatches` (as the group was made) each member trains on the indices it gave itself;
 * otherwise all gave the same.
 */
export class LockstepGroup {
  readonly members: readonly EngineModel[];
  private readonly waiting = new Map<number, Submission>();
  private readonly rows = new Map<number, StepMetrics>();
  /** Forward passes over images since a network last changed, by what was asked. */
  private readonly observations = new Map<string, Promise<Observation[]>>();
  /** Whether steps were taken since metrics were last read. */
  private unread = false;
  private disposed = false;

  constructor(
    private readonly group: EngineGroup,
    count: number,
    private readonly ownBatches = false,
  ) {
    this.members = Array.from({ length: count }, (_, m) => this.member(m));
  }

  /** Lets go of the whole group, once. */
  dispose(): void {
    if (!this.disposed) this.group.dispose();
    this.disposed = true;
  }

  private member(m: number): EngineModel {
    const { group } = this;
    return {
      train: (indices, batch, steps, controls) => this.train(m, { indices, batch, steps, controls }),
      metrics: () => this.metrics(m),
      // The dispatches are everyone's: their time is told once.
      gpuTime: () => (m === 0 ? (group.gpuTime?.() ?? null) : null),
      observe: (...asked) => this.observe(m, asked),
      exportState: () => group.exportState(m),
      exportNetwork: () => group.exportNetwork(m),
      importState: (state) => this.changed(() => group.importState(m, state)),
      ready: () => group.ready?.() ?? Promise.resolve(),
      setO: (layer, value) => this.changed(() => group.setO(m, layer, value)),
      setMerge: (layer, merge) => this.changed(() => group.setMerge(m, layer, merge)),
      dispose: () => this.dispose(),
    };
  }

  /** Does something after which observations made before are of other networks. */
  private changed<T>(work: () => T): T {
    this.observations.clear();
    return work();
  }

  private train(m: number, submission: Submission): void | Promise<void> {
    for (const { batch, steps } of this.waiting.values()) {
      if (batch !== submission.batch || steps !== submission.steps)
        throw new Error('Networks that train together take the same steps.');
    }
    this.waiting.set(m, submission);
    if (this.waiting.size < this.members.length) return;
    const all = this.members.map((_, k) => this.waiting.get(k) ?? submission);
    this.waiting.clear();
    this.unread = true;
    const { batch, steps } = submission;
    const indices = this.ownBatches ? interleaved(all, batch, steps) : submission.indices;
    const controls = all.map((one) => one.controls);
    return this.changed(() => this.group.train(indices, batch, steps, controls));
  }

  /** The rows of one member since it last asked. */
  private async metrics(m: number): Promise<StepMetrics> {
    if (this.unread || !this.rows.has(m)) {
      this.unread = false;
      const fresh = await this.group.metrics();
      fresh.forEach((rows, k) => this.rows.set(k, joined(this.rows.get(k), rows)));
    }
    const mine = this.rows.get(m);
    if (!mine) throw new Error(`The group has no member ${m}.`);
    this.rows.delete(m);
    return mine;
  }

  private async observe(m: number, asked: Parameters<EngineModel['observe']>): Promise<Observation> {
    const key = asked.join(' ');
    const seen = this.observations.get(key) ?? this.group.observe(...asked);
    this.observations.set(key, seen);
    return (await seen)[m];
  }
}

/** The indices of all members, [member][step][batch], as a group takes them: [step][member][batch]. */
function interleaved(all: readonly Submission[], batch: number, steps: number): Uint32Array {
  const out = new Uint32Array(all.length * steps * batch);
  all.forEach(({ indices }, m) => {
    for (let k = 0; k < steps; k++)
      out.set(indices.subarray(k * batch, (k + 1) * batch), (k * all.length + m) * batch);
  });
  return out;
}

function joined(before: StepMetrics | undefined, after: StepMetrics): StepMetrics {
  if (!before || before.rows === 0) return after;
  if (after.rows === 0) return before;
  const values = new Float32Array(before.values.length + after.values.length);
  values.set(before.values);
  values.set(after.values, before.values.length);
  return { rows: before.rows + after.rows, columns: after.columns, values };
}
