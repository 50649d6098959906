import type { EnergySite, MeasureId } from '../../energy/ids';
import type { DataSource } from '../../data/source';
import { sizesName } from '../../network/architectures/counts';
import { debugLine, stepTimeText } from '../debug';
import { isIsotropicActivation } from '../../activations/lookup';
import { withMerge } from '../../network/merge';
import type { Network, TrainingState } from '../../network/network';
import { O_FLOOR, type Merge } from '../../network/spec';
import type { StepSettings, EngineGroup, Observation, GroupBatching, StepMetrics } from '../engine';
import { Batches, inputKey, Standard } from './batches';
import { emptyObservation, finishObservation, readPass } from './observe';
import { Resident } from './resident';
import type { Runner } from './runner';

/** Steps laid out at once at most, and the bytes they may take. */
const MOST_STEPS = 128;
const STAGED = 8 * 2 ** 20;
/** Images in one forward pass that only looks. */
const LOOKED = 128;

/** M networks on one memory. Each has its own layout, so that they need share nothing but the images. */
export class WasmGroup implements EngineGroup {
  private members: Resident[] = [];
  private readonly standard: Standard;
  private batches = new Map<string, Batches>();
  private lists = { schedules: 0, metrics: 0, bytes: 0 };
  private rows: Float32Array[][];
  private readonly ownBatches: boolean;
  private disposed = false;

  constructor(
    private readonly runner: Runner,
    states: readonly TrainingState[],
    private readonly data: DataSource,
    { ownBatches = false }: GroupBatching = {},
    private readonly onDispose: (group: WasmGroup) => void = () => undefined,
  ) {
    this.ownBatches = ownBatches;
    this.rows = states.map(() => []);
    this.standard = new Standard(runner.memory, data);
    try {
      for (const state of states) this.members.push(new Resident(runner.memory, state, LOOKED));
    } catch (error) {
      this.dispose();
      throw error;
    }
    this.members.forEach((member) => member.refresh(runner.kernels));
    debugLine(
      'plan',
      () =>
        `${states.map(({ network }) => sizesName(network.spec)).join(', ')} in the memory of compiled WebAssembly`,
    );
  }

  /** The batches each member reads: one for all that see images alike. */
  private batchesOf(m: number): Batches {
    const { spec, layout } = this.members[m];
    const key = this.ownBatches ? `${m} ${inputKey(spec)}` : inputKey(spec);
    let found = this.batches.get(key);
    if (!found) {
      found = new Batches(this.runner.memory, this.data, this.standard, spec, layout.input);
      this.batches.set(key, found);
    }
    return found;
  }

  train(
    indices: Uint32Array,
    batch: number,
    steps: number,
    controls: StepSettings | readonly StepSettings[],
  ): void {
    const streams = this.ownBatches ? this.members.length : 1;
    const perStep = streams * batch;
    if (indices.length < perStep * steps)
      throw new Error(
        `${steps} steps of ${batch} images need ${perStep * steps} indices, got ${indices.length}.`,
      );
    const from = performance.now();
    debugLine('submission', () => `${steps} steps of ${batch} images, from step ${this.members[0].step}`);
    const each = this.members.map((_, m) => ('lambda' in controls ? controls : controls[m]));
    const stepBytes = this.members.reduce(
      (most, _, m) => Math.max(most, this.batchesOf(m).stepBytes(batch)),
      1,
    );
    const most = Math.max(1, Math.min(MOST_STEPS, Math.floor(STAGED / stepBytes)));
    for (let done = 0; done < steps; done += most) {
      const count = Math.min(most, steps - done);
      const own = indices.subarray(done * perStep, (done + count) * perStep);
      this.runner.soundly(this, () => this.trainChunk(own, batch, count, each));
    }
    debugLine('timing', () => `${steps} steps took ${stepTimeText(performance.now() - from, steps)}`);
  }

  /** Memory that must be put back where a thread was lost in the middle. */
  get state(): { at: number; bytes: number }[] {
    return this.members.map(({ state }) => state);
  }

  /** What the driver counts of each member, to be put back likewise. */
  remember(): () => void {
    const kept = this.members.map(({ step, adaptive }) => ({ step, adaptive }));
    return () => {
      this.members.forEach((member, m) => {
        Object.assign(member, kept[m]);
        member.refresh(this.runner.kernels);
      });
    };
  }

  private trainChunk(
    indices: Uint32Array,
    batch: number,
    steps: number,
    controls: readonly StepSettings[],
  ): boolean {
    const { members, runner } = this;
    const streams = this.ownBatches ? members.length : 1;
    members.forEach((member) => member.reserve(batch, runner.kernels));
    const laid = new Set<Batches>();
    members.forEach(({ step }, m) => {
      const own = this.batchesOf(m);
      if (laid.has(own)) return;
      laid.add(own);
      own.reserve(batch, steps);
      const shiftStep = controls[m].augment === 'shift' ? step : null;
      const from = this.ownBatches ? m * batch : 0;
      own.lay(this.data.train, indices, { from, stride: streams * batch, rows: batch, steps }, shiftStep);
    });
    this.reserveLists(steps);
    const { schedules, metrics } = this.lists;
    let next = metrics;
    const rowsAt = members.map((member, m) => {
      const own = this.batchesOf(m);
      const schedule = schedules + 16 * steps * m;
      const pass = { rows: batch, x: own.x, packed: own.packed, labels: own.labels, schedule, metrics: next };
      member.prepare(controls[m], pass);
      member.schedule(controls[m].optimiser, steps, schedule);
      next += 4 * steps * member.columns;
      return pass.metrics;
    });
    if (!runner.run([...laid], members, steps, batch)) return false;
    members.forEach(({ columns }, m) => {
      const read = runner.memory.floatsAt(rowsAt[m], steps * columns).slice();
      this.rows[m].push(read);
    });
    return true;
  }

  private reserveLists(steps: number): void {
    const { memory } = this.runner;
    const schedules = Math.ceil((16 * steps * this.members.length) / 64) * 64;
    const metrics = this.members.reduce((sum, { columns }) => sum + 4 * steps * columns, 0);
    if (this.lists.bytes < schedules + metrics) {
      const bytes = 2 * (schedules + metrics);
      const at = memory.allocate(bytes);
      if (this.lists.bytes) memory.release(this.lists.schedules);
      this.lists = { schedules: at, metrics: at, bytes };
    }
    this.lists.metrics = this.lists.schedules + schedules;
  }

  metrics(): Promise<StepMetrics[]> {
    const read = this.rows.map((pages, m) => {
      const { columns } = this.members[m];
      const values = new Float32Array(pages.reduce((sum, page) => sum + page.length, 0));
      pages.reduce((at, page) => (values.set(page, at), at + page.length), 0);
      return { rows: values.length / columns, columns, values };
    });
    this.rows = this.rows.map(() => []);
    debugLine('timing', () => `${read[0].rows} rows of metrics read`);
    return Promise.resolve(read);
  }

  observe(
    split: 'train' | 'test',
    from: number,
    count: number,
    measure: MeasureId,
    site: EnergySite = 'post',
  ): Promise<Observation[]> {
    const { members, data } = this;
    const n = Math.max(0, Math.min(count, data[split].ready - from));
    const found = members.map(({ spec }) => emptyObservation(spec, n));
    for (let at = 0; at < n; at += LOOKED) {
      const size = Math.min(LOOKED, n - at);
      this.look(split, from + at, size);
      members.forEach((member, m) => readPass(member, found[m], at, size, measure, site));
    }
    found.forEach((observation) => finishObservation(observation, measure));
    return Promise.resolve(found);
  }

  /** A forward pass of all members over images that lie one after another. */
  private look(split: 'train' | 'test', from: number, size: number): void {
    const { members, runner } = this;
    const indices = Uint32Array.from({ length: size }, (_, i) => from + i);
    const laid = new Set<Batches>();
    members.forEach((member, m) => {
      const own = this.batchesOf(m);
      if (!laid.has(own)) {
        laid.add(own);
        own.reserve(size, 1);
        own.lay(this.data[split], indices, { from: 0, stride: size, rows: size, steps: 1 }, null);
      }
      member.prepare(LOOKING, {
        rows: size,
        x: own.x,
        packed: own.packed,
        labels: own.labels,
        schedule: 0,
        metrics: 0,
      });
    });
    runner.look([...laid], members);
  }

  exportState(model = 0): Promise<TrainingState> {
    return Promise.resolve(this.members[model].exportState());
  }

  exportNetwork(model = 0): Promise<Network> {
    return Promise.resolve(this.members[model].exportNetwork());
  }

  /** Replaces one network, of any shape. Throws where there is no memory for it: the group is then as before. */
  importState(model: number, state: TrainingState): void {
    const before = this.members[model];
    const next = new Resident(this.runner.memory, state, LOOKED);
    this.members[model] = next;
    if (before.columns !== next.columns) this.rows[model] = [];
    const kept = new Set(this.members.map((_, m) => this.batchesOf(m)));
    for (const [key, own] of this.batches)
      if (!kept.has(own)) {
        own.dispose();
        this.batches.delete(key);
      }
    before.dispose();
    next.refresh(this.runner.kernels);
  }

  setO(model: number, layer: number, value: number): void {
    if (!Number.isFinite(value) || value < 0) throw new Error(`o must be a number ≥ 0, got ${value}.`);
    const { activation, hidden } = this.members[model].spec;
    const mode = isIsotropicActivation(activation) ? hidden.at(layer)?.o : 'off';
    if (mode !== 'fixed' && mode !== 'trained') throw new Error(`o of hidden layer ${layer + 1} is off.`);
    const o = Math.max(O_FLOOR, value);
    this.members[model].setO(layer, mode === 'trained' ? Math.log(o) : o);
  }

  setMerge(model: number, layer: number, merge: Merge): void {
    const member = this.members[model];
    const hidden = [...member.spec.hidden];
    if (!(layer in hidden)) throw new Error(`There is no hidden layer ${layer + 1}.`);
    hidden[layer] = withMerge(hidden[layer], merge);
    member.spec = { ...member.spec, hidden };
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.members.forEach((member) => member.dispose());
    this.batches.forEach((own) => own.dispose());
    if (this.lists.bytes) this.runner.memory.release(this.lists.schedules);
    this.standard.dispose();
    this.onDispose(this);
  }
}

/** Settings under which nothing is trained. */
const LOOKING: StepSettings = {
  lambda: 0,
  measure: 'sum-square',
  psiDecay: 0,
  optimiser: { id: 'sgd', learningRate: 0, weightDecay: 0, decayAll: false, momentum: 0 },
};
