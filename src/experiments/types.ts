import type { DataSource } from '../data/source';
import type { Configuration, HotField } from '../configuration/schema';
import type { Network, TrainingState } from '../network/network';
import type { InvarianceReport, Operation, OperationResult, ProbeInputs } from '../topology/types';
import type { EngineInfo, Observation } from '../training/engine';
import type { NumberFormat } from './format';
import type { EstimateInterval, PlotData, PlotTable } from './plot/types';
import type { VerdictCriterion, VerdictOutcome } from './verdict';

/** How large an experiment is: `tiny` only shows that it runs (tests), `full` is as near to the paper's as we know it. */
export const SIZE_NAMES = ['tiny', 'quick', 'class', 'full'] as const;
export type SizeName = (typeof SIZE_NAMES)[number];

/** A level of a factor, and one for each factor of a recipe. */
export type FactorLevel = string | number;
/** The level of each factor in one run. */
export type FactorLevels = Readonly<Record<string, FactorLevel>>;

/** Something varied: the key of `Factors` and of `Size.levels`. */
export interface Factor {
  id: string;
  label: string;
}

/** Something measured on every run: the key of `TrialResult.metrics`. Shares are 0 … 1 and shown as per cent. */
export interface Metric {
  id: string;
  label: string;
  unit: string;
  format: NumberFormat;
}

/** A number the paper states, with where it does; nothing is listed here that we have not read. */
export interface PublishedValue {
  label: string;
  value: number;
  unit: string;
  source: string;
}

/** How many images of each split are used, the first ones; all where left out. */
export interface ImageLimits {
  train?: number;
  test?: number;
}

/** One size of a recipe, as data. */
export interface RecipeSize {
  seeds: number;
  levels: Readonly<Record<string, readonly FactorLevel[]>>;
  /** Of each run; an epoch is as many batches as cover the training images once. */
  duration: { steps: number } | { epochs: number };
  /** Settings all runs share, over the lab's defaults: network, data (where it is no factor), batch … */
  configuration: Partial<Configuration>;
  images?: ImageLimits;
  /** Numbers only this recipe knows the meaning of. */
  options?: Readonly<Record<string, number>>;
}

/** One run to be made. All that decides its numbers is in here, its recipe and the engine. */
export interface Trial {
  /** Stable, and unique in its recipe and size: "data=mnist lambda=0.01 seed=3". */
  id: string;
  factors: FactorLevels;
  seed: number;
  /** With `steps` steps of it, the lab makes the same run. */
  configuration: Configuration;
  steps: number;
  images: ImageLimits;
  /** Steps after which the plain protocol looks at the test images on the way (series over steps). */
  looks: readonly number[];
}

/** A settings change on the way, as a hand at the lab would make it: hot fields only. */
export type HotChange = Partial<Pick<Configuration, HotField>>;

/** A hot change after a given step of the run. */
export interface ScheduledChange {
  step: number;
  change: HotChange;
}

/** What a network does on the test images of the trial (those of tasks being learnt). */
export interface Evaluation {
  n: number;
  /** Share of right answers. */
  accuracy: number;
  /** Mean cross-entropy, nats. */
  loss: number;
  /** E of the network, by the measure and at the site of the configuration, and E of each hidden layer. */
  energy: number;
  layerEnergy: number[];
  /** By task, null for tasks without a block; null where the data are not made of tasks. */
  taskAccuracy: (number | null)[] | null;
}

/**
 * A small lab for one run, on any engine. Batches, adaptation, the schedule of tasks and the rest are as on the page: with the
 * trial's configuration and no other calls than `train`, the network is the page's. Throws `Diverged` where training breaks down.
 */
export interface TrialRun {
  readonly trial: Trial;
  readonly size: RecipeSize;
  readonly source: DataSource;
  readonly engine: EngineInfo;
  /** Steps taken. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** As it now stands, after hot changes. */
  readonly configuration: Configuration;
  /** Hidden widths as they now stand. */
  readonly hidden: readonly number[];
  /** Takes steps, with changes on the way (after absolute steps of the run). */
  train(steps: number, changes?: readonly ScheduledChange[]): Promise<void>;
  /** Makes a hot change now. Tasks change the network's blocks as on the page. */
  set(change: HotChange): Promise<void>;
  /** Sets o of one hidden layer. */
  setO(layer: number, value: number): void;
  /** The test images, all that the trial asks for. */
  evaluate(): Promise<Evaluation>;
  /** A forward pass over images of a split, by the configuration's measure and site. */
  observe(split: 'train' | 'test', from: number, count: number): Promise<Observation>;
  /** Mean cross-entropy over the batches of the last steps, nats (at most 50 of them); NaN before the first. */
  trainingLoss(): number;
  /** The network in float64. */
  network(): Promise<Network>;
  state(): Promise<TrainingState>;
  /** Puts the network into a state, maybe of another shape. */
  load(state: TrainingState): Promise<void>;
  /** A structural operation, with what it leaves open taken from the configuration; no report, so that it can be timed. */
  apply(operation: Operation): Promise<OperationResult>;
  /** The same with its invariance report (float64, the first 512 test images). */
  operate(operation: Operation): Promise<InvarianceReport>;
  /** The first 512 test images, standardised, for float64 passes. */
  probe(): ProbeInputs;
  /** Softmax regression trained for as many steps on the same batches with the same optimiser, λ = 0. */
  linearBaseline(): Promise<Evaluation>;
  /** A copy that goes on by itself from here: weights, optimiser, batches. Dispose it. */
  fork(): Promise<TrialRun>;
  /** Adds a point to a series of the result. */
  record(series: string, x: number, y: number): void;
  /** Times a piece of work in seconds under a name of the result's `timings`; not on results that must repeat. */
  time<T>(name: string, work: () => Promise<T>): Promise<T>;
  dispose(): void;
}

/** How a run ended. A diverged run met a loss or energy that is no number; a failed one threw. Both are kept and counted. */
export type TrialStatus = 'done' | 'diverged' | 'failed';

/** Points of a series, in the order recorded. */
export interface RecordedSeries {
  x: number[];
  y: (number | null)[];
}

/**
 * One finished run: one line of JSON. Two runs of a trial on one engine differ in `timings` alone (on the compiled engine, sums over images
 * also in the last digits of float32 where runs shared dispatches).
 */
export interface TrialResult {
  format: 'parsimony-trial';
  recipe: string;
  recipeVersion: number;
  size: SizeName;
  trial: string;
  factors: Record<string, FactorLevel>;
  seed: number;
  steps: number;
  status: TrialStatus;
  /** Why it is not done; null where it is. */
  reason: string | null;
  /** Null where there is no number. */
  metrics: Record<string, number | null>;
  series: Record<string, RecordedSeries>;
  engine: { id: string; label: string; adapter: string; software: boolean };
  /** Version of the lab. */
  lab: string;
  /** Query string that opens the run's set-up in the lab. */
  link: string;
  /** Seconds, by name, in the order taken: the only field that may differ between equal runs. */
  timings: Record<string, number[]>;
}

/** How large an effect is, with its interval. */
export interface EffectSize {
  label: string;
  /** What is stated, e.g. "difference, points" or "partial η²". */
  kind: string;
  interval: EstimateInterval;
  format: NumberFormat;
}

/** What a recipe makes of its results; the core adds what every report has. */
export interface RecipeAnalysis {
  /** What came out, in one or two sentences, with numbers. */
  found: string;
  /** What the verdict rests on, in the order of the rule. */
  criteria: readonly VerdictCriterion[];
  main: PlotData;
  further?: readonly PlotData[];
  tables: readonly PlotTable[];
  effects?: readonly EffectSize[];
}

/** The results a recipe analyses. Results of a cell may be missing: runs are shown while others are still to come. */
export interface RecipeResults {
  size: SizeName;
  /** Runs that are done, in the order of trials. */
  done: readonly TrialResult[];
  /** These and the diverged and failed ones. */
  all: readonly TrialResult[];
}

/** What may be asked of `Recipe.trials`. */
export interface TrialOptions {
  /** Seeds in place of the size's. */
  seeds?: number;
}

/** An experiment: a figure or table of a paper, or a control the papers lack. One file each, under recipes/. */
export interface Recipe {
  id: string;
  /** Goes up when results of before can no longer be put beside new ones. */
  version: number;
  /** The question in plain words; the list shows it and the verdict, not the id. */
  question: string;
  source: { paper: 'energy' | 'isotropic' | 'control'; where: string };
  /** One sentence each. */
  doesNotShow: string;
  howToRead: string;
  /** The rule of the verdict in words; `Analysis.criteria` are its parts. */
  rule: string;
  /** Fewest seeds with which the verdict may be other than "cannot say". */
  minimumSeeds: number;
  /** The smallest size whose runs are large and long enough for a verdict (default `quick`); below it nothing is concluded. */
  judgedFrom?: SizeName;
  published: readonly PublishedValue[];
  /** What differs from the paper's setting: `always`, and at a size. */
  differences: Partial<Record<'always' | SizeName, readonly string[]>>;
  factors: readonly Factor[];
  sizes: Readonly<Record<SizeName, RecipeSize>>;
  metrics: readonly Metric[];
  /** The runs of a size, in an order that never changes (`crossed` in trials.ts makes most of them). */
  trials(size: SizeName, options?: TrialOptions): Trial[];
  /** Plain runs take turns although the engine could train many at once, because their times are what is measured. */
  alone?: boolean;
  /**
   * A run that is more than training: all of it, from the start of the network to its metrics. Left out, the run is plain: `steps`
   * steps, then `accuracy`, `loss`, `energy`, `trainingLoss` and `parameters`; and many may share the model axis of the engine.
   */
  run?(bench: TrialRun, trial: Trial): Promise<Record<string, number | null>>;
  /** Further metrics of a plain run, looked at once it has been trained. Must not train on. */
  measure?(bench: TrialRun, trial: Trial): Promise<Record<string, number | null>>;
  analyse(results: RecipeResults): RecipeAnalysis;
}

/** What was run: `done + diverged + failed` of `planned`. */
export interface RunCounts {
  planned: number;
  done: number;
  diverged: number;
  failed: number;
}

/** A result as it is read: three lines, one plot, then the rest. */
export interface ExperimentReport {
  recipe: string;
  size: SizeName;
  asked: string;
  found: string;
  doesNotShow: string;
  verdict: { outcome: VerdictOutcome; because: string; rule: string; criteria: readonly VerdictCriterion[] };
  counts: RunCounts;
  /** n in words: "3 seeds, 30 runs", with what diverged or failed. */
  n: string;
  source: Recipe['source'];
  howToRead: string;
  differences: readonly string[];
  published: readonly PublishedValue[];
  main: PlotData;
  further: readonly PlotData[];
  tables: readonly PlotTable[];
  effects: readonly EffectSize[];
  /** Engines the runs were made on. */
  engines: readonly string[];
}
