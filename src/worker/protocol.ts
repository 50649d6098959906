/**
 * The two message unions between page and training worker: `SessionCommand` (page → worker) and `SessionEvent` (worker → page).
 * Every change is acknowledged with the true step at which it acted. Typed arrays are transferred, never shared.
 */
import type { EngineChoice } from '../training/ids';
import type { Configuration } from '../configuration/schema';
import type { HotSetting } from '../configuration/hotSettings';
import type { OwnMeta } from '../data/ownEntry';
import type { Network } from '../network/network';
import type { NetworkSpec } from '../network/spec';
import type { AdaptDecision } from '../run/automatic';
import type { InvarianceReport, Operation, RemovalMode } from '../topology/types';
import type { SelfCheckResult } from '../training/check/selfCheck';
import type { EngineInfo } from '../training/engine';
import type { TuningRow } from '../training/webgpu/tuning';

/** Watch: about 30 steps a second; fast: as fast as the engine goes. */
export type TrainingPace = 'watch' | 'fast';

/** The networks of a session: the visitor's, softmax regression on the same batches, and the control. */
export type RunnerId = 'main' | 'baseline' | 'twin';
/**
 * `fixed-width`: the same network from the same start, never reshaped. `ungrown`: a copy of the network as it is now, never
 * reshaped from here on.
 */
export type TwinKind = 'off' | 'tanh' | 'lambda-zero' | 'fixed-width' | 'ungrown';

/**
 * Copies of the present network, each with a λ (and, on a map, an o) of its own, trained beside it on the same batches.
 * A ladder varies λ alone; a map takes every pair, o applied to all hidden layers (isotropic networks with o on).
 */
export type SweepRequest =
  { kind: 'ladder'; lambdas: number[] } | { kind: 'map'; lambdas: number[]; os: number[] };

/** One copy as last looked at (on the watched test images). `o` is null on a ladder. */
export interface SweepPoint {
  lambda: number;
  o: number | null;
  accuracy: number;
  energy: number;
  /** False once its loss stopped being a number. */
  finite: boolean;
}

/** A sweep under way. `modelAxis`: all copies in the same dispatches; otherwise one by one, and slower. */
export interface SweepState {
  sweep: SweepRequest;
  startStep: number;
  step: number;
  n: number;
  modelAxis: boolean;
  /** Row by row: λ outermost, o innermost. */
  points: SweepPoint[];
}

export type SessionCommand =
  /** Build engine, data and network anew and stay paused at step 0 (or at the checkpoint's step); `base` is the page's folder; `run` numbers the starts. */
  | {
      type: 'start';
      configuration: Configuration;
      resume: boolean;
      base: string;
      run: number;
      /** A trained network to begin with instead of the seed's (an imported one). */
      network?: Network;
      /** The visitor's own data, where there are any: the worker reads the samples themselves from storage. */
      own?: OwnMeta | null;
    }
  /** Asks for what an analysis needs: answered by `subject` or `no-subject` with the same id. */
  | { type: 'subject'; id: number }
  | { type: 'play'; pace: TrainingPace; restAt: number | null }
  | { type: 'pause' }
  | { type: 'pace'; pace: TrainingPace }
  | { type: 'step'; count: 'step' | 'epoch' | number }
  | { type: 'control'; control: HotSetting }
  /** `gesture` groups the operations of one held button into one undo; `confirmed` answers the removal question. */
  | { type: 'operate'; operation: Operation; gesture: number; confirmed?: boolean }
  /** Open a path of real bases from the present one to the end of the operation, at t = 0. */
  | { type: 'path'; operation: Extract<Operation, { kind: 'left' | 'full' | 'rotate' }> }
  /** Put the network at R(t), t in [0, 1]; answers with `frame`. */
  | { type: 'path-at'; t: number }
  /** Keep the network where it stands on the path (with a report), or return to t = 0. */
  | { type: 'path-end'; keep: boolean }
  | { type: 'undo' }
  | { type: 'twin'; kind: TwinKind }
  /** Starts a sweep from the present network, or ends it. */
  | { type: 'sweep'; sweep: SweepRequest | null }
  | { type: 'engine'; engine: EngineChoice }
  /** Test accuracy on all test images. */
  | { type: 'evaluate' }
  /** Destroys the engine's device, as a driver reset would: for the journeys, and for who doubts the recovery. */
  | { type: 'lose-device' }
  | { type: 'checkpoint' }
  | { type: 'forget-checkpoint' };

/** Weights as drawn: float32 copies in the shapes of `Tensors`. */
export interface Snapshot {
  runner: RunnerId;
  step: number;
  spec: NetworkSpec;
  weights: Float32Array[];
  biases: Float32Array[];
  psi: Float32Array[];
  o: Float32Array;
}

/** Per-step series since the last post. Columns: METRIC_COLUMNS then E per hidden layer (training/engine.ts). */
export interface MetricsBlock {
  runner: RunnerId;
  firstStep: number;
  rows: number;
  columns: number;
  values: Float32Array;
}

/**
 * A forward pass on the fixed test images. Norms and unit energies feed the gauges; they describe this pass only. Where the data
 * are made of tasks, accuracy and loss are over the n images of the tasks being learnt; energies and norms over all watched images
 * (those of a task without a block go in as zeros).
 */
export interface EvaluationPoint {
  runner: RunnerId;
  step: number;
  n: number;
  accuracy: number;
  /** By task, where the data are made of tasks: accuracy on its own images within its own block; null without a block. */
  taskAccuracy?: (number | null)[];
  /** By task, how many images that is of. */
  taskImages?: number[];
  loss: number;
  energy: number;
  layerEnergy: number[];
  /** Per hidden layer ‖z‖² of each image. */
  squaredNorms: Float32Array[];
  /** Per hidden layer, mean h² of each unit. */
  unitMeanSquare: Float32Array[];
  /** Share of units (all hidden layers) that are active (mean h² > 1e-12) on these images. */
  aliveUnits: number;
}

/** A mark on the timeline. */
export interface Pin {
  id: number;
  step: number;
  kind:
    | 'lambda'
    | 'o'
    | 'learningRate'
    | 'psiDecay'
    | 'weightDecay'
    | 'measure'
    | 'classes'
    | 'operation'
    | 'adapt'
    | 'task'
    | 'undo'
    | 'engine'
    | 'note';
  label: string;
  report: InvarianceReport | null;
  /** Of an `adapt` pin: the decisions it stands for, in order; a pin gathers those of a stretch of steps. */
  decisions?: AdaptDecision[];
}

/** Widths from inputs to outputs that a network has from a step on. */
export interface WidthsPoint {
  step: number;
  widths: number[];
}

/** The network at t on an open path: residual against t = 0 and accuracy, measured on that very network by the engine. */
export interface PathFrame {
  t: number;
  kind: 'left' | 'full' | 'rotate';
  layer: number;
  /** max |Δlogit| against t = 0 on n test images. */
  residual: number;
  accuracy: number;
  n: number;
  /** max |RᵀR − I| of the basis in force. */
  orthogonality: number;
  twin: { residual: number; accuracy: number } | null;
}

export type RunStatus =
  'starting' | 'loading' | 'paused' | 'playing' | 'resting' | 'waiting' | 'path' | 'failed';

/** What the self-check of the compiled WebGPU engine found on a graphics card; kept in this browser, so that it is not run again. */
export interface GraphicsOutcome {
  adapter: string;
  /** The browser's user agent. */
  browser: string;
  /** The version of the lab, and of the code of its worker. */
  version: string;
  /** Milliseconds since 1970. */
  checkedAt: number;
  /** How long the check took. */
  milliseconds: number;
  passed: boolean;
  results: SelfCheckResult[];
}

/** How the session tells the page something; buffers in `transfer` are handed over, not copied. */
export type PostEvent = (event: SessionEvent, transfer?: Transferable[]) => void;

/** An event with the number of the run it belongs to: the page drops what a run it has left still has to say. */
export interface RunEvent {
  run: number;
  event: SessionEvent;
}

/** Events that speak of the session, not of one run. */
export const SESSION_EVENTS: readonly SessionEvent['type'][] = [
  'engine',
  'webgpu',
  'graphics-check',
  'tiles',
  'data',
  'problem',
  'checkpoint-found',
];

export type SessionEvent =
  | {
      type: 'engine';
      info: EngineInfo;
      measured: { label: string; msPerStep: number | null; note: string }[];
    }
  /** WebGPU is missing or software-only, and what to do about it. */
  | { type: 'webgpu'; state: 'ok' | 'no-api' | 'no-adapter' | 'software'; adapter: string }
  /** The tile sizes that suit the graphics card best for the present network, and what was measured of each. */
  | { type: 'tiles'; using: string; rows: TuningRow[] }
  /** How the self-check of the graphics card stands. `waits`: nothing trains until it has ended. */
  | { type: 'graphics-check'; state: 'running'; waits: boolean }
  | { type: 'graphics-check'; state: 'ended'; outcome: GraphicsOutcome | null }
  | {
      type: 'data';
      dataset: string;
      bytes: number;
      totalBytes: number;
      train: number;
      test: number;
      trainTotal: number;
      testTotal: number;
    }
  /** The first test images, for the picture under study. `mean`/`inverseDeviation`/`byteScale`/`clip` as in DataSource. */
  | {
      type: 'gallery';
      dataset: string;
      images: Uint8Array;
      labels: Uint8Array;
      size: number;
      byteScale: number;
      mean: Float32Array;
      inverseDeviation: Float32Array;
      clip: number;
      /** Null, or of how many tasks the set is made: labels, `mean` and `inverseDeviation` as in DataSource; names in the registry. */
      tasks: number | null;
      /** Where a sample is a short text: the text of each image. */
      texts?: string[];
    }
  /** `given`: the weights the run began with, where they are not the seed's. */
  | {
      type: 'started';
      configuration: Configuration;
      step: number;
      stepsPerEpoch: number;
      resumed: boolean;
      given: Network | null;
    }
  | {
      type: 'status';
      status: RunStatus;
      step: number;
      stepsPerSecond: number;
      /** By the GPU's timestamps, of what trains in the main network's dispatches; null where there are none, 0 where too coarse. */
      gpuMsPerStep: number | null;
      pace: TrainingPace;
      message: string | null;
      undoDepth: number;
    }
  | { type: 'metrics'; block: MetricsBlock }
  | { type: 'evaluation'; point: EvaluationPoint }
  /** Accuracy on the whole test split (n says how many). */
  | { type: 'full-evaluation'; runner: RunnerId; step: number; n: number; accuracy: number }
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'frame'; frame: PathFrame }
  | { type: 'path-closed' }
  | { type: 'pin'; pin: Pin }
  /** Automatic adaptation changed widths; each decision is part of an `adapt` pin as well. */
  | { type: 'adapted'; decisions: AdaptDecision[] }
  /** The schedule has switched to these tasks. */
  | { type: 'tasks'; tasks: number[] }
  /** A network's widths as they now are: at the start, after each change, and after undo. */
  | { type: 'widths'; runner: RunnerId; point: WidthsPoint }
  /** The latest operation, with its report and the accuracy the engine measures after it. */
  | { type: 'operated'; report: InvarianceReport; step: number }
  /** Where o or ψ is off: exact removal needs a switch to fixed. The page asks, then sends the operation with `where`. */
  | { type: 'removal-question'; operation: Operation; missing: ('o' | 'psi')[]; options: RemovalMode[] }
  /** History after `step` is abandoned: keep it as a grey branch. `removePins` lists pins that are undone. */
  | { type: 'undone'; step: number; removedPins: number[]; configuration: Configuration }
  /** Where the twin stands. `anew`: it began just now (at `step`), and its curves with it. */
  | { type: 'twin'; kind: TwinKind; step: number; target: number; anew: boolean }
  | { type: 'sweep'; state: SweepState | null }
  /**
   * The network as it stands with the fixed probe of standardised test images, for the analysis worker; `black` is what each input is
   * where its pixel is 0. `twin`: the twin as it stands, where there is one.
   */
  | {
      type: 'subject';
      id: number;
      step: number;
      network: Network;
      probe: { x: Float32Array; labels: Uint8Array; n: number; black: Float32Array };
      twin: { kind: Exclude<TwinKind, 'off'>; step: number; network: Network } | null;
    }
  | { type: 'no-subject'; id: number; reason: string }
  | { type: 'checkpointed'; step: number }
  | { type: 'checkpoint-found'; configuration: Configuration; step: number; savedAt: number }
  | {
      type: 'problem';
      severity: 'notice' | 'error';
      title: string;
      detail: string;
      /** It speaks of the run itself, and goes with it. */
      ofRun?: boolean;
    };
