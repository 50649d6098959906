import type { DataSource } from '../../data/source';
import type { EnergySite, MeasureId } from '../../energy/ids';
import { withMerge } from '../../network/merge';
import { cloneSpec, type Network, type TrainingState } from '../../network/network';
import { O_FLOOR, type Merge } from '../../network/spec';
import {
  METRIC_COLUMNS,
  type StepSettings,
  type GpuTime,
  type Observation,
  type StepMetrics,
} from '../engine';
import { isIsotropicActivation } from '../../activations/lookup';
import { debugLine, metricsText, stepTimeText } from '../debug';
import { DataBuffers, taskShapeOf } from './memory/dataset';
import { MAX_STEPS } from './kernels/kernel';
import { capacitySizes, GPU_TILES, LENGTH_ROW, ROW_ALIGNMENT, type TileSizes } from './plan/bufferLayout';
import { groupMember, sharedStructure, widestLayers, type GroupMember } from './groupMembers';
import { observeGroup } from './observe';
import { MetricsReadback } from './memory/metricsReadback';
import { GroupBuffers, type GroupCapacity } from './memory/groupBuffers';
import { STATE_BUFFERS, type BufferSet } from './memory/bufferSet';
import { modelSlot, type ModelSlot } from './memory/bufferSets';
import { ReadbackBuffers } from './memory/readbackBuffers';
import { GpuTimer, type TimestampQueries } from './gpuTimer';
import { writeModelRow } from './plan/modelTable';
import { scheduleEntry } from '../schedule';
import { blockBytes, copyModel, modelBytes, unpackModel } from './memory/transfer';

export interface GroupOptions {
  tiles?: TileSizes;
  /** Images per pass there is room for from the start; grows when a batch is larger. */
  rows?: number;
  /** Each model trains on indices of its own. */
  ownBatches?: boolean;
  /** Called before each submission on a device shared with tfjs, which queues its own work. */
  beforeSubmit?: () => void;
  /** Timestamp queries of the device; null where submissions are not to be timed. */
  timestamps?: TimestampQueries | null;
}

/**
 * M networks of one depth training in the same dispatches, each with its own widths, modes, settings and weights. Work is
 * enqueued in order; nothing is read back but by `metrics`, `observe` and the exports.
 */
export class CompiledGroup {
  readonly members: GroupMember[];
  readonly staging: ReadbackBuffers;
  private readonly ring: MetricsReadback;
  private readonly buffers: DataBuffers;
  private readonly options: Required<GroupOptions>;
  private readonly holding: GroupBuffers;
  private readonly stopwatch: GpuTimer | null;
  private disposed = false;

  /** Throws where networks differ in depth, inputs or outputs, or are beyond what kernels and device can hold. */
  constructor(
    readonly device: GPUDevice,
    states: readonly TrainingState[],
    readonly data: DataSource,
    options: GroupOptions = {},
  ) {
    this.options = {
      tiles: GPU_TILES,
      rows: ROW_ALIGNMENT,
      ownBatches: false,
      beforeSubmit: () => undefined,
      timestamps: null,
      ...options,
    };
    this.members = states.map(groupMember);
    this.staging = new ReadbackBuffers(device);
    this.ring = new MetricsReadback(this.staging);
    const { rows, ownBatches, tiles, timestamps } = this.options;
    const structure = sharedStructure(this.members);
    const sizes = capacitySizes(widestLayers(this.members), null, structure);
    const how = { ownBatches, tiles, taskShape: taskShapeOf(data) };
    this.holding = new GroupBuffers(device, states.length, how, { sizes, rows, structure });
    const make = this.holding.plan();
    this.buffers = DataBuffers.of(device, data);
    make(this.buffers, () => states.forEach((state, m) => this.write(m, state)));
    this.stopwatch = timestamps && new GpuTimer(device, timestamps);
  }

  get shards(): readonly BufferSet[] {
    return this.holding.shards;
  }

  get dispatchesPerStep(): number {
    return this.shards.reduce((sum, shard) => sum + shard.dispatchesPerStep, 0);
  }

  /** Capacity by layer. */
  get capacity(): readonly number[] {
    return this.holding.sizes;
  }

  /**
   * Rejects with a message for the visitor where the device's memory did not suffice: growth is then undone, and all models are as
   * they were before it (steps enqueued since are lost).
   */
  ready(): Promise<void> {
    return this.holding.ready();
  }

  /**
   * Enqueues `steps` steps of `batch` images. `indices` holds [step][batch] training images, or with own batches
   * [step][model][batch]; `controls` is one for all models or one for each. Models that share batches share the first one's
   * augmentation.
   */
  train(
    indices: Uint32Array,
    batch: number,
    steps: number,
    controls: StepSettings | readonly StepSettings[],
  ): void {
    const streams = this.options.ownBatches ? this.members.length : 1;
    const perStep = streams * batch;
    if (indices.length < perStep * steps)
      throw new Error(
        `${steps} steps of ${batch} images need ${perStep * steps} indices, got ${indices.length}.`,
      );
    const each = this.members.map((_, m) => ('lambda' in controls ? controls : controls[m]));
    this.reserveRows(batch);
    this.buffers.train.update();
    for (let done = 0; done < steps; done += MAX_STEPS) {
      const count = Math.min(MAX_STEPS, steps - done);
      this.submit(indices.subarray(done * perStep, (done + count) * perStep), batch, count, each);
    }
  }

  private submit(
    indices: Uint32Array,
    batch: number,
    steps: number,
    controls: readonly StepSettings[],
  ): void {
    const { device, data } = this;
    const begun = performance.now();
    const first = this.members[0].step;
    const ring = this.ring.reserve(steps);
    this.options.beforeSubmit();
    const encoder = device.createCommandEncoder();
    let from = 0;
    for (const shard of this.shards) {
      const { models } = shard.layout.capacity;
      const table = new ArrayBuffer(shard.tableBytes);
      const schedule = new Float32Array(4 * MAX_STEPS * models);
      for (let m = 0; m < models; m++) {
        const member = this.members[from + m];
        const own = controls[from + m];
        writeModelRow(table, m, member.spec, own, {
          images: batch,
          ring,
          byteScale: data.byteScale,
          clip: data.clip,
          shift:
            own.augment === 'shift' && data.width
              ? { width: data.width, planes: data.channels ?? 1, stepsBefore: member.step }
              : undefined,
        });
        for (let k = 0; k < steps; k++)
          scheduleEntry(own.optimiser, member.step + k + 1, schedule, 4 * (k * models + m));
        member.step += steps;
        if (own.optimiser.id !== 'sgd') member.adaptive = true;
      }
      shard.upload(table, schedule, this.indicesOf(indices, batch, steps, from, models));
      from += models;
    }
    const timed = this.stopwatch?.start();
    const pass = encoder.beginComputePass(timed);
    const shifts = controls.some(({ augment }) => augment === 'shift');
    for (const shard of this.shards) shard.encodeSteps(pass, batch, steps, shifts);
    pass.end();
    this.ring.copy(encoder, this.shards, ring, steps);
    if (timed) this.stopwatch?.stop(encoder, steps);
    device.queue.submit([encoder.finish()]);
    debugLine(
      'submission',
      () =>
        `${steps} steps of ${batch} images from step ${first}, ${steps * this.dispatchesPerStep} dispatches, encoded in ${stepTimeText(performance.now() - begun, steps)}`,
    );
  }

  /** The indices the models from … from+count−1 read: all of them where batches are shared. */
  private indicesOf(
    all: Uint32Array,
    batch: number,
    steps: number,
    from: number,
    count: number,
  ): Uint32Array<ArrayBuffer> {
    const streams = this.members.length;
    if (!this.options.ownBatches || count === streams) return all as Uint32Array<ArrayBuffer>;
    const own = new Uint32Array(steps * count * batch);
    for (let k = 0; k < steps; k++) {
      const start = (k * streams + from) * batch;
      own.set(all.subarray(start, start + count * batch), k * count * batch);
    }
    return own;
  }

  /** All rows since the last read, by model. */
  async metrics(): Promise<StepMetrics[]> {
    await this.ready();
    const { hidden } = this.members[0].spec;
    const from = performance.now();
    const rows = this.ring.read(this.members.length, METRIC_COLUMNS.length + hidden.length);
    const [read] = await Promise.all([rows, this.stopwatch?.read()]);
    debugLine('timing', () => metricsText(read[0].rows, performance.now() - from));
    return read;
  }

  gpuTime(): GpuTime | null {
    return this.stopwatch?.take() ?? null;
  }

  /** A forward pass of every model over images from … from+count−1 of a split (fewer where the split ends), by model. */
  async observe(
    split: 'train' | 'test',
    from: number,
    count: number,
    measure: MeasureId,
    site: EnergySite = 'post',
  ): Promise<Observation[]> {
    await this.ready();
    this.buffers[split].update();
    this.options.beforeSubmit();
    return observeGroup(this, split, from, count, { measure, site });
  }

  /** Everything of one model in float64: network, optimiser moments and step. */
  async exportState(model = 0): Promise<TrainingState> {
    const { spec, step, adaptive } = this.members[model];
    const wanted = adaptive ? STATE_BUFFERS : STATE_BUFFERS.slice(0, 2);
    const [parameters, first, second = null] = await this.read(model, wanted);
    return {
      network: { spec: cloneSpec(spec), parameters },
      optimiser: { step, first, second },
    };
  }

  /** The parameters of one model alone. */
  async exportNetwork(model = 0): Promise<Network> {
    const spec = cloneSpec(this.members[model].spec);
    const [parameters] = await this.read(model, STATE_BUFFERS.slice(0, 1));
    return { spec, parameters };
  }

  /**
   * Replaces one model and leaves the others as they are. Where it is wider than there is room for, or has another
   * activation than the group's, new buffers are made and training goes on in them.
   */
  importState(model: number, state: TrainingState): void {
    const members = this.members.map((member, m) => (m === model ? groupMember(state) : member));
    const before = this.members[model].spec.hidden.length;
    const { sizes: known, rows, structure: knownStructure } = this.holding;
    const structure = sharedStructure(members);
    const alike = JSON.stringify(structure) === JSON.stringify(knownStructure);
    const sizes = capacitySizes(widestLayers(members), alike ? known : null, structure);
    const fill = (): void => {
      this.members[model] = members[model];
      this.write(model, state);
    };
    if (!alike || sizes.length !== known.length || sizes.some((size, l) => size !== known[l]))
      this.grow({ sizes, rows, structure }, model, fill);
    else fill();
    if (before !== state.network.spec.hidden.length) this.ring.clear();
  }

  /** Sets o of one hidden layer (not below O_FLOOR); where it is trained, log o's moments are cleared. Throws where o is off. */
  setO(model: number, layer: number, value: number): void {
    if (!Number.isFinite(value) || value < 0) throw new Error(`o must be a number ≥ 0, got ${value}.`);
    const { activation, hidden } = this.members[model].spec;
    const mode = isIsotropicActivation(activation) ? hidden.at(layer)?.o : 'off';
    if (mode !== 'fixed' && mode !== 'trained') throw new Error(`o of hidden layer ${layer + 1} is off.`);
    const o = Math.max(O_FLOOR, value);
    const { shard, local } = this.find(model);
    const block = shard.layout.parameters[layer + 1];
    const at =
      blockBytes(shard.layout, layer + 1, local) + 16 * (4 * block.inputs + LENGTH_ROW) * block.outputs;
    const put = (buffer: GPUBuffer, entry: number): void =>
      this.device.queue.writeBuffer(buffer, at, Float32Array.of(entry));
    put(shard.buffer('parameters'), mode === 'trained' ? Math.log(o) : o);
    if (mode === 'trained') STATE_BUFFERS.slice(1).forEach((moment) => put(shard.buffer(moment), 0));
  }

  /** Sets the numbers of one hidden layer's merge from the next submission on. Throws where it is not merged that way. */
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
    this.ring.clear();
    this.holding.dispose();
    this.staging.dispose();
    this.stopwatch?.dispose();
    this.buffers.release(this.device, this.data);
  }

  private find(model: number): ModelSlot {
    return modelSlot(this.shards, model);
  }

  private write(model: number, state: TrainingState): void {
    const { shard, local } = this.find(model);
    shard.write(local, state);
  }

  private async read(model: number, resources: readonly (typeof STATE_BUFFERS)[number][]) {
    await this.ready();
    const { shard, local } = this.find(model);
    const { layout } = shard;
    const { spec } = this.members[model];
    const bytes = modelBytes(layout);
    const to = this.staging.take(bytes * resources.length);
    this.options.beforeSubmit();
    const encoder = this.device.createCommandEncoder();
    resources.forEach((name, i) => copyModel(encoder, layout, local, shard.buffer(name), to, i * bytes));
    this.device.queue.submit([encoder.finish()]);
    const values = await this.staging.read(to);
    return resources.map((name, i) =>
      unpackModel(layout, spec, values, (i * bytes) / 4, name === 'parameters'),
    );
  }

  /** Moves to new buffers; every model but `except`, which `fill` writes, is copied on the GPU. */
  private grow(room: GroupCapacity, except: number | null, fill: () => void): void {
    const specs = this.members.map(({ spec }, m) => (m === except ? null : spec));
    const before = this.members.map((member) => ({ ...member }));
    this.ring.close();
    this.options.beforeSubmit();
    this.holding.grow(room, this.buffers, specs, fill, () => {
      this.members.splice(0, before.length, ...before);
      this.ring.clear();
    });
  }

  private reserveRows(batch: number): void {
    if (batch <= this.shards[0].layout.capacity.rows) return;
    const rows = Math.ceil(batch / ROW_ALIGNMENT) * ROW_ALIGNMENT;
    const { sizes, structure } = this.holding;
    this.grow({ sizes, rows, structure }, null, () => undefined);
  }
}
