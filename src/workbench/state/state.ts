import { create } from 'zustand';
import type { TrialResult } from '../../experiments/types';
import type { EngineInfo } from '../../training/engine';
import type { EngineSpeed } from './estimate';
import type { ImportedFile, StoredRun, StoredJob } from '../storage/storage';

/** What the page ships, or why it does not: results of our own run of the experiments. */
export interface ShippedIndex {
  /** "2026-11-22"; null before there is any. */
  date: string | null;
  /** The machine they were made on, in words. */
  machine: string | null;
  entries: readonly ShippedEntry[];
}

/** A file of shipped results; what came out may stand in the index, so that the list need not load the file. */
export interface ShippedEntry {
  recipe: string;
  size: TrialResult['size'];
  file: string;
}

/** A shipped file on its way. */
export type ShippedFile =
  { state: 'loading' } | { state: 'there'; results: TrialResult[] } | { state: 'failed'; reason: string };

/** A job while it is being run. Times in milliseconds. */
export interface RunningJob {
  /** Of its `StoredJob`. */
  id: string;
  /** Answers of the thread carry it. */
  number: number;
  engine: EngineInfo | null;
  /** Runs now under way, each at `step` of `steps`. */
  trials: readonly string[];
  step: number;
  steps: number;
  /** Runs and steps made since it began. */
  made: number;
  madeSteps: number;
  /** Runs and their steps that were missing when it began. */
  missing: number;
  missingSteps: number;
  /** Paused by hand, or because the lab plays. */
  paused: 'hand' | 'lab' | null;
  /** Ends when told to: the run in progress is being left. */
  ending: boolean;
  /** Time it has been at work, up to `since` (null while paused or loading). */
  worked: number;
  since: number | null;
}

/** All the workbench knows. Changed by the functions of experiments.ts alone. */
export interface ExperimentsState {
  /** What this browser keeps has been read. */
  loaded: boolean;
  /** `refused`: nothing can be kept (private window); `full`: the last run could not be. */
  storage: 'ok' | 'refused' | 'full';
  runs: readonly StoredRun[];
  jobs: readonly StoredJob[];
  files: readonly ImportedFile[];
  paces: readonly EngineSpeed[];
  index: ShippedIndex | 'loading' | { reason: string };
  shipped: Readonly<Record<string, ShippedFile>>;
  running: RunningJob | null;
  /** Something to be told, in a sentence; null where there is nothing. */
  notice: { severity: 'notice' | 'error'; text: string } | null;
}

/** The index once it is there. */
export const shippedIndex = ({ index }: Pick<ExperimentsState, 'index'>): ShippedIndex | null =>
  typeof index === 'object' && 'entries' in index ? index : null;

export const useExperiments = create<ExperimentsState>(() => ({
  loaded: false,
  storage: 'ok',
  runs: [],
  jobs: [],
  files: [],
  paces: [],
  index: 'loading',
  shipped: {},
  running: null,
  notice: null,
}));

/** Tells the visitor something. */
export function showExperimentNotice(severity: 'notice' | 'error', text: string): void {
  useExperiments.setState({ notice: { severity, text } });
}
