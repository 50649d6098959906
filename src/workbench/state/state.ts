import { create } from 'zustand';
import type { TrialResult } from '../../experiments/types';
import type { EngineInfo } from '../../training/engine';
import type { EngineSpeed } from './estimate';
import type { ImportedFile, StoredRun, StoredJob } from '../storage/storage';

/** The list of results that are shipped with the page (from our own runs of the experiments). */
export interface ShippedIndex {
  /** "2026-11-22"; null before there is any. */
  date: string | null;
  /** The machine they were made on, in words. */
  machine: string | null;
  entries: readonly ShippedEntry[];
}

/** A file of shipped results. The list may already say what came out, so that the file need not be loaded for it. */
export interface ShippedEntry {
  recipe: string;
  size: TrialResult['size'];
  file: string;
}

/** A shipped file: being loaded, loaded, or failed with the reason. */
export type ShippedFile =
  { state: 'loading' } | { state: 'there'; results: TrialResult[] } | { state: 'failed'; reason: string };

/** A job while it is being run. Times in milliseconds. */
export interface RunningJob {
  /** Of its `StoredJob`. */
  id: string;
  /** The number of the job; messages of the thread carry it. */
  number: number;
  engine: EngineInfo | null;
  /** The trials that are being run now; each is at `step` of `steps`. */
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
  /** The job was told to end: its present run is being left. */
  ending: boolean;
  /** Milliseconds at work, up to `since` (null while paused or loading). */
  worked: number;
  since: number | null;
}

/** The state of the workbench. Only the functions of this folder and of `storage` change it. */
export interface ExperimentsState {
  /** Whether the results that this browser keeps have been read. */
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
  /** A sentence for the visitor, or null. */
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

/** Shows a sentence to the visitor. */
export function showExperimentNotice(severity: 'notice' | 'error', text: string): void {
  useExperiments.setState({ notice: { severity, text } });
}
