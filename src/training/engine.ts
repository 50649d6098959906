import type { AugmentId } from '../data/ids';
import type { EnergySite, MeasureId } from '../energy/ids';
import type { EngineId } from './ids';
import type { Network, TrainingState } from '../network/network';
import type { DataSource } from '../data/source';
import type { Merge } from '../network/spec';
import type { OptimiserSettings } from './optimisers';

/** What an engine is, as shown to the visitor. */
export interface EngineInfo {
  id: EngineId;
  /** Short name for the bar, e.g. "WebGPU (tfjs)". */
  label: string;
  /** Adapter or CPU in words, e.g. "SwiftShader (software)". */
  adapter: string;
  /** True where the "GPU" is emulated on the CPU. */
  software: boolean;
  /** Threads that train, where the engine has any of its own. */
  threads?: number;
}

/** Hot settings of one model; read at each submission, never compiled in. */
export interface StepSettings {
  lambda: number;
  measure: MeasureId;
  /** On what the measure is taken; post-activations where left out. */
  site?: EnergySite;
  psiDecay: number;
  optimiser: OptimiserSettings;
  /** Of training images that have a width; none where left out. */
  augment?: AugmentId;
}

/** One row per training step, in order. Columns: METRIC_COLUMNS, then E of each hidden layer. */
export interface StepMetrics {
  rows: number;
  columns: number;
  values: Float32Array;
}
/** dataLoss: mean cross-entropy (nats); energy: E; penalty: λ·E; psiPenalty: ψ decay; correct: right answers in the batch. */
export const METRIC_COLUMNS = [
  'dataLoss',
  'energy',
  'penalty',
  'psiPenalty',
  'correct',
  'gradientNorm',
] as const;

/** What `steps` training steps took on the GPU by its own timestamps; waiting for them is not in it. 0 where those are too coarse. */
export interface GpuTime {
  milliseconds: number;
  steps: number;
}

/** A forward pass looked at: n images, per hidden layer. */
export interface Observation {
  n: number;
  /** [n, outputs] */
  logits: Float32Array;
  /** Per hidden layer ‖z‖² of each image, [n] (z = pre-activation). */
  squaredNorms: Float32Array[];
  /** Per hidden layer mean over images of h², [width]. */
  unitMeanSquare: Float32Array[];
  /** E of each hidden layer under the measure asked for, before the average or sum over layers. */
  layerEnergy: Float32Array;
  /** E of the network. */
  energy: number;
}

/**
 * One network being trained on an engine. Methods that touch weights are called between submissions only.
 * `train` enqueues `steps` steps; `indices` holds steps·batch training-image indices. `metrics` reads back all rows since
 * the last read. `exportState` returns float64 copies; `importState` takes any widths (capacity grows as needed).
 */
export interface EngineModel {
  train(indices: Uint32Array, batch: number, steps: number, controls: StepSettings): void | Promise<void>;
  metrics(): Promise<StepMetrics>;
  /**
   * What steps read by `metrics` since this was last asked took on the GPU: null where none of them was timed. Left out by engines that
   * cannot tell.
   */
  gpuTime?(): GpuTime | null;
  observe(
    split: 'train' | 'test',
    from: number,
    count: number,
    measure: MeasureId,
    site?: EnergySite,
  ): Promise<Observation>;
  exportState(): Promise<TrainingState>;
  /** The parameters alone, for pictures: cheaper than `exportState`. */
  exportNetwork(): Promise<Network>;
  importState(state: TrainingState): void;
  /**
   * Rejects with a message for the visitor where the last import found no memory: the model is then as before it. Engines that know at
   * once leave it out.
   */
  ready?(): Promise<void>;
  /** Sets o of one hidden layer and clears log o's moments. */
  setO(layer: number, value: number): void;
  /** Sets the numbers of a hidden layer's merge (part of its spec); nothing is recompiled. Throws where it is not merged that way. */
  setMerge(layer: number, merge: Merge): void;
  dispose(): void;
}

/**
 * M networks of one depth trained on the same batches. On the model axis they share every dispatch; elsewhere they take
 * turns. Methods are those of EngineModel, by model; arrays are in the order of the models.
 */
export interface EngineGroup {
  train(
    indices: Uint32Array,
    batch: number,
    steps: number,
    controls: readonly StepSettings[],
  ): void | Promise<void>;
  metrics(): Promise<StepMetrics[]>;
  /** Of all models together, which share their dispatches. */
  gpuTime?(): GpuTime | null;
  observe(
    split: 'train' | 'test',
    from: number,
    count: number,
    measure: MeasureId,
    site?: EnergySite,
  ): Promise<Observation[]>;
  exportState(model: number): Promise<TrainingState>;
  exportNetwork(model: number): Promise<Network>;
  importState(model: number, state: TrainingState): void;
  ready?(): Promise<void>;
  setO(model: number, layer: number, value: number): void;
  setMerge(model: number, layer: number, merge: Merge): void;
  dispose(): void;
}

/** How the networks of a group train: with `ownBatches` each on indices of its own, [step][model][batch]. */
export interface GroupBatching {
  ownBatches?: boolean;
}

/** A place where networks are trained. One definition of every layer; engines differ only in how they run it. */
export interface Engine {
  readonly info: EngineInfo;
  /** True where the networks of a group train in the same dispatches. */
  readonly modelAxis: boolean;
  createModel(state: TrainingState, data: DataSource): EngineModel;
  createGroup(states: readonly TrainingState[], data: DataSource, options?: GroupBatching): EngineGroup;
  /** Resolves with a reason when the device is lost (never for engines that cannot lose it). */
  readonly lost: Promise<string>;
  dispose(): void;
}

/** Where an engine's complaints outside any call go (WebGPU validation errors, a lost helper thread); training goes on. */
export type ComplaintHandler = (message: string, title?: string) => void;

/** Opens one engine, or throws with the reason, in words for the visitor, why it is not available here. */
export type EngineOpener = (report: ComplaintHandler, options?: OpenEngineOptions) => Promise<Engine>;

export interface OpenEngineOptions {
  /** Numbers that are the same on every processor, where the engine has a choice: experiments want it. */
  reproducible?: boolean;
}
