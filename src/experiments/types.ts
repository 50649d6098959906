import type { DataSource } from '../data/source';
import type { Configuration, HotField } from '../configuration/schema';
import type { Network, TrainingState } from '../network/network';
import type { Evaluation } from '../run/evaluation';
import type { InvarianceReport, Operation, OperationResult, ProbeInputs } from '../topology/types';
import type { EngineInfo, Observation } from '../training/engine';
import type { NumberFormat } from '../drawing/format';
import type { EstimateInterval, PlotData, PlotTable } from '../drawing/plot/types';
import type { VerdictCriterion, VerdictOutcome } from './verdict';

/**
 * How large an experiment is. `tiny` only shows that it runs (for tests), `quick` takes a minute or two on a laptop's
 * GPU, `class` fits into a lesson, and `full` is as near to the paper's as we know it.
 */
export const SIZE_NAMES = ['tiny', 'quick', 'class', 'full'] as const;
export type SizeName = (typeof SIZE_NAMES)[number];

/** A level of a factor, and one for each factor of a recipe. */
export type FactorLevel = string | number;
/** The level of each factor in one run. */
export type FactorLevels = Readonly<Record<string, FactorLevel>>;

/** Something that is varied. Its id is the key of `FactorLevels` and of `RecipeSize.levels`. */
export interface Factor {
  id: string;
  label: string;
}

/**
 * Something that is measured on every run. Its id is the key of `TrialResult.metrics`. Shares are 0 … 1 and shown in per
 * cent.
 */
export interface Metric {
  id: string;
  label: string;
  unit: string;
  format: NumberFormat;
}

/** A number that the paper states, and where it does. Only numbers that we have read there are listed. */
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

/** One size of a recipe. */
export interface RecipeSize {
  seeds: number;
  levels: Readonly<Record<string, readonly FactorLevel[]>>;
  /** How long each run is; an epoch has as many batches as cover the training images once. */
  duration: { steps: number } | { epochs: number };
  /**
   * Settings that all runs share, over the defaults of the lab: network, data set (where it is no factor), batch size
   * and others.
   */
  configuration: Partial<Configuration>;
  images?: ImageLimits;
  /** Further numbers, whose meaning only the recipe knows. */
  options?: Readonly<Record<string, number>>;
}

/** One run that is to be made. Together with its recipe and the engine it decides all numbers of the run. */
export interface Trial {
  /** A name that never changes and is unique in its recipe and size: "data=mnist lambda=0.01 seed=3". */
  id: string;
  factors: FactorLevels;
  seed: number;
  /** The configuration of the run. The lab makes the same run if it takes `steps` steps of it. */
  configuration: Configuration;
  steps: number;
  images: ImageLimits;
  /** Steps after which a plain run evaluates the test images, for series over steps. */
  looks: readonly number[];
}

/** A change of settings during a run, as a visitor makes it in the lab: hot fields only. */
export type HotChange = Partial<Pick<Configuration, HotField>>;

/** A change of settings that is made after a given step of the run. */
export interface ScheduledChange {
  step: number;
  change: HotChange;
}

/**
 * The run of a trial, on any engine. It trains by the same class as the page (`run/run.ts`), so that with the trial's configuration and no
 * other calls than `train` the network is the page's, batches, adaptation and schedule of tasks included. `train` throws a
 * DivergenceError where training breaks down.
 */
export interface TrialRun {
  readonly trial: Trial;
  readonly size: RecipeSize;
  readonly source: DataSource;
  readonly engine: EngineInfo;
  /** Steps taken so far. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** The configuration with the hot changes made so far. */
  readonly configuration: Configuration;
  /** The widths of the hidden layers at present. */
  readonly hidden: readonly number[];
  /** Takes steps. `changes` are made on the way, each after an absolute step of the run. */
  train(steps: number, changes?: readonly ScheduledChange[]): Promise<void>;
  /** Changes hot settings now, all of them at once. Other tasks change the network's blocks. */
  set(change: HotChange): Promise<void>;
  /** Sets o of one hidden layer (0-based), where it has one. */
  setO(layer: number, value: number): Promise<void>;
  /** Evaluates the network on all test images that the trial asks for. */
  evaluate(): Promise<Evaluation>;
  /** A forward pass over images of a split, by the configuration's measure and site. */
  observe(split: 'train' | 'test', from: number, count: number): Promise<Observation>;
  /** Mean cross-entropy over the batches of the last steps, nats (at most 50 of them); NaN before the first. */
  trainingLoss(): number;
  /** The network in float64. */
  network(): Promise<Network>;
  /** The network with its optimiser's moments, in float64. */
  state(): Promise<TrainingState>;
  /** Replaces network and optimiser by a state, which may have another shape. */
  load(state: TrainingState): Promise<void>;
  /**
   * Carries out a structural operation; options it leaves open are those of the configuration. It makes no report, so
   * that it can be timed.
   */
  apply(operation: Operation): Promise<OperationResult>;
  /** Carries out a structural operation and reports on its invariance (in float64, on the first 512 test images). */
  operate(operation: Operation): Promise<InvarianceReport>;
  /** The first 512 test images, standardised, for float64 passes. */
  probe(): ProbeInputs;
  /** Softmax regression trained for as many steps on the same batches with the same optimiser, λ = 0. */
  linearBaseline(): Promise<Evaluation>;
  /**
   * A copy of the run that goes on independently from here, with the same weights, optimiser and batches. The caller
   * disposes of it.
   */
  fork(): Promise<TrialRun>;
  /** Adds a point to a series of the result. */
  record(series: string, x: number, y: number): void;
  /**
   * Measures the seconds that a piece of work takes, under a name of the result's `timings`. These are not compared
   * where results must repeat.
   */
  time<T>(name: string, work: () => Promise<T>): Promise<T>;
  dispose(): void;
}

/**
 * How a run ended. In a diverged run the loss or an energy was no longer a number; a failed run threw an error. Both
 * kinds are kept and counted.
 */
export type TrialStatus = 'done' | 'diverged' | 'failed';

/** Points of a series, in the order recorded. */
export interface RecordedSeries {
  x: number[];
  y: (number | null)[];
}

/**
 * One finished run, which is one line of a file of results. Two runs of one trial on one engine differ in `timings`
 * and `provenance` alone. (On the WebGPU engine, sums over images may also differ in the last digits of float32 where runs shared
 * dispatches.)
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
  /** Seconds, by name, in the order in which they were measured; equal runs may differ in these, and in their provenance. */
  timings: Record<string, number[]>;
  /** Where the run was made; runs made on the page, and those of before, say nothing of it. */
  provenance?: RunProvenance;
}

/** Where and when a run was made from the shell. */
export interface RunProvenance {
  /** Commit of this repository, with "-dirty" behind it where files were changed; null where it is not known. */
  commit: string | null;
  /** Name of the machine; null in what is published, which says in words what kind of machine it was. */
  host: string | null;
  /** When the run was finished: ISO 8601 in UTC. */
  date: string;
}

/** How large an effect is, with its interval. */
export interface EffectSize {
  label: string;
  /** What is stated, e.g. "difference, points" or "partial η²". */
  kind: string;
  interval: EstimateInterval;
  format: NumberFormat;
}

/** What a recipe concludes from its results; `reportOf` adds what every report has. */
export interface RecipeAnalysis {
  /** What came out, in one or two sentences, with numbers. */
  found: string;
  /** The parts of the verdict's rule, in the order of the rule. */
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
  /** All runs: those that are done, diverged or failed. */
  all: readonly TrialResult[];
}

/** Options of `Recipe.trials`. */
export interface TrialOptions {
  /** The number of seeds, in place of the size's. */
  seeds?: number;
}

/** An experiment: a figure or table of a paper, or a control the papers lack. One file each, under recipes/. */
export interface Recipe {
  id: string;
  /** The version of the recipe. It goes up when older results can no longer be compared with new ones. */
  version: number;
  /** The question in plain words. Lists and verdicts show it in place of the id. */
  question: string;
  source: { paper: 'energy' | 'isotropic' | 'control'; where: string };
  /** What a verdict does not show, and how to read the main plot; one or a few sentences each. */
  doesNotShow: string;
  howToRead: string;
  /** The rule of the verdict in words; `RecipeAnalysis.criteria` are its parts. */
  rule: string;
  /** The fewest seeds with which the verdict may be anything but "cannot say". */
  minimumSeeds: number;
  /** The smallest size whose runs are large and long enough for a verdict (default `quick`); below it nothing is concluded. */
  judgedFrom?: SizeName;
  published: readonly PublishedValue[];
  /** What differs from the paper's setting: `always`, and at a size. */
  differences: Partial<Record<'always' | SizeName, readonly string[]>>;
  factors: readonly Factor[];
  sizes: Readonly<Record<SizeName, RecipeSize>>;
  metrics: readonly Metric[];
  /** The runs of a size, in an order that never changes. (`factorialTrials` makes most of them.) */
  trials(size: SizeName, options?: TrialOptions): Trial[];
  /**
   * Set where times are what is measured: runs are then made one after another, although the engine could train many at
   * once.
   */
  alone?: boolean;
  /**
   * Makes a run that does more than train: everything from the initial network to its metrics. Where this is left out,
   * the run is plain: it trains for `steps` steps and measures `accuracy`, `loss`, `energy`, `trainingLoss` and
   * `parameters`. Many plain runs may then train at once in one engine.
   */
  run?(trialRun: TrialRun, trial: Trial): Promise<Record<string, number | null>>;
  /** Measures further metrics of a plain run after its training. It must not train the network further. */
  measure?(trialRun: TrialRun, trial: Trial): Promise<Record<string, number | null>>;
  analyse(results: RecipeResults): RecipeAnalysis;
}

/** How many runs there are: `done + diverged + failed` of `planned`. */
export interface RunCounts {
  planned: number;
  done: number;
  diverged: number;
  failed: number;
}

/** The report on an experiment as it is read: three lines, one plot, then the rest. */
export interface ExperimentReport {
  recipe: string;
  size: SizeName;
  asked: string;
  found: string;
  doesNotShow: string;
  verdict: { outcome: VerdictOutcome; because: string; rule: string; criteria: readonly VerdictCriterion[] };
  counts: RunCounts;
  /** The number of runs in words: "3 seeds, 30 runs", with how many diverged or failed. */
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
