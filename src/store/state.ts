import type { EngineChoice } from '../training/ids';
import type { Configuration } from '../configuration/schema';
import type { HotSetting } from '../configuration/hotSettings';
import type { OwnMeta } from '../data/ownEntry';
import type { Network } from '../network/network';
import type { InvarianceReport, Operation, RemovalMode } from '../topology/types';
import type { EngineInfo } from '../training/engine';
import type {
  EvaluationPoint,
  SessionEvent,
  TrainingPace,
  PathFrame,
  Pin,
  RunnerId,
  RunStatus,
  Snapshot,
  SweepRequest,
  SweepState,
  TwinKind,
} from '../worker/protocol';
import type { History } from './series/history';

export type LensId = 'learn' | 'energy' | 'spectrum' | 'compare' | 'tasks';
export type HandId = 'lambda' | 'o' | 'basis' | 'neurons';
export type ThemeChoice = 'system' | 'light' | 'dark';
/** What the solid bars of the stage show. */
export type BarMode = 'sigma' | 'mean-square' | 'image';
export type PlaceId = 'lab' | 'about' | 'experiments';
/** What is open over the lab; one thing at a time, or null. */
export type OverlayId =
  null | 'setup' | 'keys' | 'search' | 'tiles' | 'engine' | 'menu' | 'own-data' | 'state-dict' | 'machine';

export interface LabNotice {
  id: number;
  severity: 'notice' | 'error';
  title: string;
  detail: string;
  /** It speaks of a run, and is withdrawn when another one starts. */
  ofRun?: boolean;
}

export interface RunState {
  status: RunStatus;
  step: number;
  stepsPerSecond: number;
  /** Milliseconds of GPU time per step, as the event `status` reports it; null where it is not measured. */
  gpuMsPerStep: number | null;
  stepsPerEpoch: number;
  pace: TrainingPace;
  message: string | null;
  undoDepth: number;
}

export interface DataState {
  bytes: number;
  totalBytes: number;
  train: number;
  test: number;
  trainTotal: number;
  testTotal: number;
}

/** The first test images and how to standardise them: x = clip((byte·byteScale − mean[j])·inverseDeviation[j]). */
export type Gallery = Extract<SessionEvent, { type: 'gallery' }>;

export interface InterfaceState {
  place: PlaceId;
  lens: LensId;
  /** Hidden layer in focus, 0-based. */
  focus: number;
  overlay: OverlayId;
  theme: ThemeChoice;
  present: boolean;
  singleKeys: boolean;
  /** Index of the image under study in the gallery. */
  studied: number;
  /**
   * The control that is being held, or null. While it is held, the ranges of sliders and colour scales do not change.
   */
  held: HandId | null;
  barMode: BarMode;
  /** Whether the lens is open, where it is a drawer (narrow windows) or a sheet (phones). */
  lensOpen: boolean;
  /** The control that is shown at the bottom of narrow screens. */
  hand: HandId;
  /** Step under the cursor of any chart (linked cursor), or null. */
  cursor: number | null;
  /** The page was opened by a link that carries a configuration. */
  permalink: boolean;
  /** True until the visitor has been here before. */
  firstVisit: boolean;
  coachQuiet: boolean;
}

export interface LabState {
  configuration: Configuration;
  /** The configuration the present run was started with (structural fields), or null before the worker answered. */
  running: Configuration | null;
  /** The weights a run starts from where they are not drawn from the seed (an imported network), else null. */
  given: { network: Network } | null;
  run: RunState;
  engine: EngineInfo | null;
  measured: Extract<SessionEvent, { type: 'engine' }>['measured'];
  webgpu: Extract<SessionEvent, { type: 'webgpu' }> | null;
  /** The tile sizes that the compiled WebGPU engine was fitted with; null where none were tried. */
  tiles: Extract<SessionEvent, { type: 'tiles' }> | null;
  /** How the self-check of the graphics card stands; null where there was none. */
  graphics: Extract<SessionEvent, { type: 'graphics-check' }> | null;
  data: DataState | null;
  /** The visitor's own data, where there are any; the registry's entry `own` is filled in step with it. */
  own: OwnMeta | null;
  gallery: Gallery | null;
  /** Latest weights per runner. `main` is present from the first paint (drawn from the seed on the CPU). */
  snapshots: Partial<Record<RunnerId, Snapshot>>;
  /** σ of each hidden layer of `main`, from the spectrum worker; `step` says of when. */
  sigma: { step: number; layers: Float64Array[] } | null;
  /** Latest evaluation on the fixed test images, per runner. */
  evaluations: Partial<Record<RunnerId, EvaluationPoint>>;
  fullEvaluations: Partial<Record<RunnerId, { step: number; n: number; accuracy: number }>>;
  pins: Pin[];
  frame: PathFrame | null;
  lastReport: { report: InvarianceReport; step: number } | null;
  question: { operation: Operation; missing: ('o' | 'psi')[]; options: RemovalMode[] } | null;
  problems: LabNotice[];
  checkpoint: { configuration: Configuration; step: number; savedAt: number } | null;
  savedStep: number | null;
  twin: { kind: TwinKind; step: number; target: number };
  /** The sweep of the Compare lens, and what it went through (oldest first; thinned). */
  sweep: SweepState | null;
  sweepTrail: SweepState[];
  /** Increases, at most 8 times a second, while `history` changes. */
  historyVersion: number;
  history: History;
  ui: InterfaceState;
}

export interface LabActions {
  play(): void;
  pause(): void;
  togglePlay(): void;
  setPace(pace: TrainingPace): void;
  step(count: 'step' | 'epoch' | number): void;
  /** Back to the same start (same seed). */
  reset(): void;
  newSeed(): void;
  /** Starts a run from a trained network; `configuration` must describe it. */
  startFrom(network: Network, configuration: Configuration): void;
  /** Changes configuration fields. Hot fields act at once; if any field restarts, the run starts anew. */
  change(fields: Partial<Configuration>): void;
  /** Sends a hot setting to the worker and records it in the configuration. */
  control(control: HotSetting): void;
  operate(operation: Operation, gesture: number): void;
  answerQuestion(where: RemovalMode | null): void;
  openPath(operation: Extract<Operation, { kind: 'left' | 'full' | 'rotate' }>): void;
  pathAt(t: number): void;
  endPath(keep: boolean): void;
  undo(): void;
  setTwin(kind: TwinKind): void;
  setSweep(sweep: SweepRequest | null): void;
  setEngine(engine: EngineChoice): void;
  resumeCheckpoint(accept: boolean): void;
  /** Shows a message in the corner, unless the same one is shown already. */
  tell: (severity: LabNotice['severity'], title: string, detail: string) => void;
  dismissProblem(id: number): void;
  setUi(fields: Partial<InterfaceState>): void;
  evaluateAll(): void;
  /**
   * Destroys the engine's device on purpose, to show that the session goes on from the last state that was read back.
   */
  loseDevice(): void;
}

export type LabStore = LabState & LabActions;
