import { activationCode } from '../../activations/lookup';
import { checkPaths, mergeNumbers, mergeRule } from '../../network/merge';
import { cloneSpec, type Network, type ParameterTensors, type TrainingState } from '../../network/network';
import type { NetworkSpec } from '../../network/spec';
import type { StepSettings } from '../engine';
import { METRIC_COLUMNS } from '../engine';
import { scheduleEntry } from '../schedule';
import { UPDATE_BLOCK } from '../../layers/affine.wasm';
import {
  ACTIVATION,
  KIND,
  LAYER,
  MEASURE,
  MERGE,
  MODEL,
  O_MODE,
  PART,
  PSI_MODE,
  SEGMENT,
  TASK,
} from './fields';
import { layoutOf, type LayerLayout, type NetworkLayout } from './layout';
import type { Kernels } from './instance';
import type { LinearMemory } from './memory';
import { pack, unpack } from './transfer';

/** Rows a thread takes at once. */
const CHUNK = 24;
/** Input lanes whose weights are one task of the update. */
const UPDATED = UPDATE_BLOCK;
/** A convolution's gradient is summed in as many parts at most, each of its own images. */
const PARTIALS = 16;

type Fields<R extends { at: Record<string, number> }> = Partial<Record<keyof R['at'], number>>;

/** Hands out places in one block of memory, one after the other. */
class Bump {
  bytes = 0;
  take(bytes: number): number {
    const at = this.bytes;
    this.bytes += Math.ceil(bytes / 64) * 64;
    return at;
  }
}

/** Where a layer's rows and tables lie, in bytes from the begin of the workspace. */
type LayerPlaces = Record<
  'z' | 'h' | 'd' | 's' | 'norm' | 'energy' | 'hoyer' | 'byLength' | 'parts' | 'segments' | 'mix',
  number
> & {
  r: number;
  dr: number;
  picked: number;
  partials: number;
  panels: number;
  transposed: number[];
};

/**
 * One network in linear memory: its parameters with their moments in one block, and all a pass needs (rows, tables of its layers) in
 * another. Sizes are its own, so that any network may stand beside any other, and nothing is compiled for it.
 */
export class Resident {
  spec: NetworkSpec;
  step: number;
  /** Whether the second moment is in use: what SGD has left is not exported. */
  adaptive: boolean;
  readonly layout: NetworkLayout;
  private readonly parameters: number;
  private workspace = 0;
  private rows = 0;
  private places: LayerPlaces[] = [];
  private losses = 0;
  private rights = 0;
  private norms = 0;
  private zeros = 0;
  private tasks = 0;
  private taskCount = 0;
  private layers = 0;
  /** Address of its record. */
  record = 0;

  /** Throws where its paths or convolutions do not fit together, and OutOfMemory. */
  constructor(
    private readonly memory: LinearMemory,
    { network, optimiser }: TrainingState,
    rows: number,
  ) {
    checkPaths(network.spec);
    this.spec = cloneSpec(network.spec);
    this.step = optimiser.step;
    this.adaptive = optimiser.second !== null;
    this.layout = layoutOf(this.spec);
    const floats = this.layout.parameters;
    this.parameters = memory.allocate(12 * floats);
    try {
      this.reserve(rows);
    } catch (error) {
      memory.release(this.parameters);
      throw error;
    }
    pack(this.layout, this.spec, network.parameters, true, this.block(0));
    pack(this.layout, this.spec, optimiser.first, false, this.block(1));
    if (optimiser.second) pack(this.layout, this.spec, optimiser.second, false, this.block(2));
  }

  /** Columns of its metrics. */
  get columns(): number {
    return METRIC_COLUMNS.length + this.spec.hidden.length;
  }

  /** Bytes of parameters and moments, and where they begin. */
  get state(): { at: number; bytes: number } {
    return { at: this.parameters, bytes: 12 * this.layout.parameters };
  }

  /** Writes the copies of weights and kernels that products read: they must follow where parameters are written from outside. */
  refresh({ convolutionPanels, transposeWeights }: Kernels): void {
    this.layout.layers.forEach(({ stage, parts }, l) => {
      if (stage) convolutionPanels(this.layerRecord(l), 0, stage.spec.channels);
      else if (l > 0) parts.forEach(({ inLanes }, p) => transposeWeights(this.partRecord(l, p), 0, inLanes));
    });
  }

  /** Bytes of scratch a thread needs for its update of `rows` rows. */
  static scratchBytes(rows: number): number {
    return 4 * (8 * UPDATED + rows * (UPDATED + 8));
  }

  /** Parameters (0), first (1) or second moments (2). */
  private block(which: 0 | 1 | 2): Float32Array {
    const floats = this.layout.parameters;
    return this.memory.floatsAt(this.parameters + 4 * floats * which, floats);
  }

  /** Makes room for passes over as many rows. */
  reserve(rows: number, kernels?: Kernels): void {
    if (rows <= this.rows) return;
    const bump = new Bump();
    const { layers } = this.layout;
    const layerTable = bump.take(4 * LAYER.length * layers.length);
    const record = bump.take(4 * MODEL.length);
    const places = layers.map((layer, l): LayerPlaces => {
      const wide = 4 * layer.stride * rows;
      const merged = this.mergeOf(l) !== MERGE.none;
      const { stage } = layer;
      return {
        ...{ z: bump.take(wide), h: l < layers.length - 1 ? bump.take(wide) : 0, d: bump.take(wide) },
        ...{ s: bump.take(4 * rows), norm: bump.take(4 * rows), energy: bump.take(4 * rows) },
        ...{ hoyer: bump.take(8 * rows), byLength: bump.take(4 * rows), mix: bump.take(64) },
        parts: bump.take(4 * PART.length * layer.parts.length),
        segments: bump.take(4 * SEGMENT.length * layer.segments.length),
        r: merged ? bump.take(4 * layer.rStride * rows) : 0,
        dr: merged ? bump.take(4 * layer.rStride * rows) : 0,
        picked: stage ? bump.take(this.pickedBytes(layer) * rows) : 0,
        partials: stage ? bump.take(this.partialBytes(layer) * PARTIALS) : 0,
        panels: stage ? bump.take(4 * 9 * stage.inChannels * stage.outChannels) : 0,
        transposed: layer.parts.map(({ inLanes, outLanes }) =>
          stage || l === 0 ? 0 : bump.take(32 * Math.ceil(inLanes / 8) * outLanes),
        ),
      };
    });
    const [losses, rights] = [bump.take(4 * rows), bump.take(4 * rows)];
    const zeros = bump.take(64);
    const taskList = this.taskList();
    const tasks = bump.take(4 * TASK.length * taskList.length);
    const norms = bump.take(8 * taskList.length);
    const workspace = this.memory.allocate(bump.bytes);
    if (this.workspace) this.memory.release(this.workspace);
    this.workspace = workspace;
    this.rows = rows;
    this.places = places;
    [this.layers, this.record] = [workspace + layerTable, workspace + record];
    [this.losses, this.rights, this.norms] = [workspace + losses, workspace + rights, workspace + norms];
    this.zeros = workspace + zeros;
    [this.tasks, this.taskCount] = [workspace + tasks, taskList.length];
    taskList.forEach((task, i) =>
      this.put(TASK, this.tasks + 4 * TASK.length * i, {
        ...task,
        layer: this.layerRecord(task.layer),
        part: this.partRecord(task.layer, task.part),
      }),
    );
    layers.forEach((layer, l) => this.writeLayer(layer, l));
    if (kernels) this.refresh(kernels);
  }

  private pickedBytes({ stage }: LayerLayout): number {
    return stage ? Math.ceil((stage.height * stage.width * stage.outChannels) / 16) * 16 : 0;
  }

  private partialBytes({ stage }: LayerLayout): number {
    return stage ? 4 * (3 * stage.kernelRow * stage.spec.channels + stage.outChannels) : 0;
  }

  private mergeOf(l: number): number {
    const hidden = l < this.spec.hidden.length ? this.spec.hidden[l] : null;
    const kind = hidden?.paths ? mergeRule(hidden).kind : 'concatenate';
    return kind === 'concatenate' ? MERGE.none : MERGE[kind];
  }

  private layerRecord(l: number): number {
    return this.layers + 4 * LAYER.length * l;
  }

  private partRecord(l: number, p: number): number {
    return this.workspace + this.places[l].parts + 4 * PART.length * p;
  }

  /** The update in pieces; addresses are filled in by `reserve`, which knows them. */
  private taskList(): { kind: number; layer: number; part: number; from: number; to: number }[] {
    return this.layout.layers.flatMap(({ parts, stage }, l) => {
      const tasks = parts.flatMap((part, p) => {
        const [count, step] = stage ? [stage.spec.channels, 8] : [part.inLanes, UPDATED];
        return Array.from({ length: Math.ceil(count / step) }, (_, i) => ({
          ...{ kind: stage ? 2 : 0, layer: l, part: p },
          ...{ from: i * step, to: Math.min(count, (i + 1) * step) },
        }));
      });
      return [...tasks, { kind: 1, layer: l, part: 0, from: 0, to: 0 }];
    });
  }

  private put<R extends { at: Record<string, number> }>({ at }: R, address: number, values: Fields<R>): void {
    const { words } = this.memory;
    for (const [name, value] of Object.entries(values)) words[(address >> 2) + at[name]] = value as number;
  }

  private writeLayer(layer: LayerLayout, l: number): void {
    const { spec, places, workspace } = this;
    const own = places[l];
    const { stage, lanes } = layer;
    const base = this.parameters;
    const hidden = l < spec.hidden.length ? spec.hidden[l] : null;
    const below = l > 0 ? this.layout.layers[l - 1] : null;
    const belowPlaces = l > 0 ? places[l - 1] : null;
    const merge = this.mergeOf(l);
    const floats = this.layout.parameters;
    const mode = l > 0 && layer.psi !== null ? PSI_MODE[spec.hidden[l - 1].psi] : PSI_MODE.off;
    const covered = layer.parts.length === 1 && (!below || layer.parts[0].inLanes === below.rLanes) ? 1 : 0;
    this.put(LAYER, this.layerRecord(l), {
      kind: stage ? KIND.convolution : KIND.dense,
      ...(below &&
        belowPlaces && {
          x: workspace + (this.mergeOf(l - 1) ? belowPlaces.r : belowPlaces.h),
          xStride: 4 * below.rStride,
          sBelow: workspace + belowPlaces.s,
          below: this.layerRecord(l - 1),
        }),
      z: workspace + own.z,
      h: workspace + own.h,
      d: workspace + own.d,
      stride: 4 * layer.stride,
      lanes,
      units: hidden?.width ?? spec.outputs,
      parts: workspace + own.parts,
      partCount: stage ? 0 : layer.parts.length,
      covered,
      bias: base + 4 * layer.bias,
      psi: layer.psi === null ? 0 : base + 4 * layer.psi,
      psiMode: mode,
      activation: !hidden ? ACTIVATION.output : layer.isotropic ? ACTIVATION.isotropic : ACTIVATION.segments,
      isotropic: layer.isotropic ? activationCode(spec.activation) : 0,
      segments: workspace + own.segments,
      segmentCount: layer.segments.length,
      normalise: hidden?.normalise ? 1 : 0,
      o: layer.o === null ? 0 : base + 4 * layer.o,
      oMode: layer.o === null || !hidden ? O_MODE.off : O_MODE[hidden.o],
      s: workspace + own.s,
      norm: workspace + own.norm,
      energy: workspace + own.energy,
      hoyer: workspace + own.hoyer,
      byLength: workspace + own.byLength,
      merge,
      r: workspace + (merge ? own.r : own.h),
      dr: workspace + (merge ? own.dr : own.d),
      rStride: 4 * layer.rStride,
      rLanes: layer.rLanes,
      mix: workspace + own.mix,
      first: 4 * floats,
      second: 8 * floats,
      ...(stage && {
        inChannels: stage.inChannels,
        outChannels: stage.outChannels,
        channels: stage.spec.channels,
        pooledHeight: stage.height,
        pooledWidth: stage.width,
        inRow: 4 * stage.inRow,
        outRow: 4 * stage.outRow,
        interior: 4 * stage.interior,
        kernelRow: 4 * stage.kernelRow,
        kernels: base + 4 * layer.parts[0].at,
        panels: workspace + own.panels,
        picked: workspace + own.picked,
        pickedStride: this.pickedBytes(layer),
        partials: workspace + own.partials,
        partialStride: this.partialBytes(layer),
      }),
    });
    layer.parts.forEach(({ outLane, outLanes, inLane, inLanes, at }, p) =>
      this.put(PART, this.partRecord(l, p), {
        ...{ outLane, outLanes, inLane, inLanes, weights: base + 4 * at },
        transposed: own.transposed[p] ? workspace + own.transposed[p] : 0,
      }),
    );
    layer.segments.forEach(({ at, width, lanes: all, activation }, i) =>
      this.put(SEGMENT, workspace + own.segments + 4 * SEGMENT.length * i, {
        ...{ at, width, lanes: all },
        activation: activationCode(activation),
      }),
    );
  }

  /** Fills in what changes from call to call, for `rows` rows of what lies at x. */
  prepare(
    controls: Pick<StepSettings, 'lambda' | 'measure' | 'site' | 'psiDecay' | 'optimiser'>,
    pass: { rows: number; x: number; packed: number; labels: number; schedule: number; metrics: number },
  ): void {
    const { memory, spec, layout, workspace } = this;
    const { optimiser } = controls;
    const blocks = spec.blocks?.length ?? 1;
    this.put(MODEL, this.record, {
      layers: this.layers,
      layerCount: layout.layers.length,
      rows: pass.rows,
      chunk: CHUNK,
      labels: pass.labels,
      span: spec.outputs / blocks,
      classes: spec.outputs,
      measure: MEASURE[controls.measure],
      pre: controls.site === 'pre' ? 1 : 0,
      sgd: optimiser.id === 'sgd' ? 1 : 0,
      decayAll: optimiser.decayAll ? 1 : 0,
      schedule: pass.schedule,
      metrics: pass.metrics,
      columns: this.columns,
      tasks: this.tasks,
      taskCount: this.taskCount,
      norms: this.norms,
      losses: this.losses,
      rights: this.rights,
      zeros: this.zeros,
    });
    const { floats } = memory;
    const at = this.record >> 2;
    floats[at + MODEL.at.lambda] = controls.lambda;
    floats[at + MODEL.at.psiDecay] = controls.psiDecay;
    floats[at + MODEL.at.momentum] = optimiser.momentum;
    this.put(LAYER, this.layerRecord(0), {
      x: pass.x,
      xPacked: pass.packed,
      xStride: 4 * layout.input.stride,
    });
    // As many parts as there are pieces of so many images.
    const partialCount = Math.ceil(pass.rows / Math.ceil(pass.rows / PARTIALS));
    layout.layers.forEach(({ stage }, l) => {
      if (stage) this.put(LAYER, this.layerRecord(l), { partialCount });
      if (this.mergeOf(l))
        floats.set(mergeNumbers(mergeRule(spec.hidden[l])), (workspace + this.places[l].mix) >> 2);
    });
  }

  /** Writes the schedule of the steps to come, and takes them as taken. */
  schedule(optimiser: StepSettings['optimiser'], steps: number, address: number): void {
    const entries = this.memory.floatsAt(address, 4 * steps);
    for (let k = 0; k < steps; k++) scheduleEntry(optimiser, this.step + k + 1, entries, 4 * k);
    this.step += steps;
    if (optimiser.id !== 'sgd') this.adaptive = true;
  }

  exportState(): TrainingState {
    const { layout, spec, step, adaptive } = this;
    const read = (which: 0 | 1 | 2): ParameterTensors => unpack(layout, spec, this.block(which), which === 0);
    const network = { spec: cloneSpec(spec), parameters: read(0) };
    return { network, optimiser: { step, first: read(1), second: adaptive ? read(2) : null } };
  }

  exportNetwork(): Network {
    return { spec: cloneSpec(this.spec), parameters: unpack(this.layout, this.spec, this.block(0), true) };
  }

  /** Sets what is kept of o in hidden layer l, and clears its moments. */
  setO(l: number, kept: number): void {
    const { o } = this.layout.layers[l];
    if (o === null) throw new Error(`o of hidden layer ${l + 1} is off.`);
    this.block(0)[o] = kept;
    this.block(1)[o] = 0;
    this.block(2)[o] = 0;
  }

  /** Rows of z, h or logits as they lie: a view, its stride, and where each unit is. */
  rowsOf(l: number, what: 'z' | 'h'): { values: Float32Array; stride: number; lanes: Int32Array } {
    const { stride, unitLanes } = this.layout.layers[l];
    const at = this.workspace + this.places[l][what];
    return { values: this.memory.floatsAt(at, stride * this.rows), stride, lanes: unitLanes };
  }

  dispose(): void {
    this.memory.release(this.parameters);
    this.memory.release(this.workspace);
  }
}
