import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { SizeName, TrialResult } from '../../experiments/types';
import type { EngineSpeed } from '../state/estimate';

/** The runs of one experiment that were asked for, as this browser keeps them: queued, stopped or finished. */
export interface StoredJob {
  /** "lambda-sweep quick": one for each experiment and size. */
  id: string;
  recipe: string;
  size: SizeName;
  seeds: number;
  /** The levels that are run, by factor; all levels of a factor that is left out. */
  only: Record<string, string[]>;
  state: 'waiting' | 'stopped' | 'finished';
  /** Why it stopped, in words for people. */
  note: string | null;
}

/** A file of results that was taken in. */
export interface ImportedFile {
  id: string;
  name: string;
  /** Milliseconds since 1970. */
  at: number;
  results: TrialResult[];
}

/** A finished run, with the time it was made (milliseconds since 1970). */
export interface StoredRun {
  at: number;
  result: TrialResult;
}

interface Schema extends DBSchema {
  runs: { key: string; value: StoredRun };
  jobs: { key: string; value: StoredJob };
  files: { key: string; value: ImportedFile };
  paces: { key: string; value: EngineSpeed };
}

/**
 * The key of a run: recipe, version, size, trial and engine, which together decide its numbers. Runs with equal keys are
 * equal.
 */
export function runKey({ recipe, recipeVersion, size, trial, engine }: TrialResult): string {
  return [recipe, `v${recipeVersion}`, size, trial, engine.id].join(' | ');
}

let database: Promise<IDBPDatabase<Schema>> | null = null;

function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>('parsimony-experiments', 1, {
    upgrade: (db) => {
      for (const name of ['runs', 'jobs', 'files', 'paces'] as const) db.createObjectStore(name);
    },
  });
  return database;
}

/** Everything kept in this browser. */
export interface StoredExperiments {
  runs: StoredRun[];
  jobs: StoredJob[];
  files: ImportedFile[];
  paces: EngineSpeed[];
}

/** Reads all of it. Rejects where the browser refuses storage (a private window). */
export async function loadStoredExperiments(): Promise<StoredExperiments> {
  const db = await open();
  const [runs, jobs, files, paces] = await Promise.all([
    db.getAll('runs'),
    db.getAll('jobs'),
    db.getAll('files'),
    db.getAll('paces'),
  ]);
  return { runs, jobs, files, paces };
}

/** Stores a finished run. Rejects where storage is full or refused, as all functions below do. */
export async function storeRun(run: StoredRun): Promise<void> {
  await (await open()).put('runs', run, runKey(run.result));
}

export async function deleteStoredRuns(results: readonly TrialResult[]): Promise<void> {
  const transaction = (await open()).transaction('runs', 'readwrite');
  await Promise.all([...results.map((one) => transaction.store.delete(runKey(one))), transaction.done]);
}

export async function storeJob(job: StoredJob): Promise<void> {
  await (await open()).put('jobs', job, job.id);
}

export async function deleteStoredJob(id: string): Promise<void> {
  await (await open()).delete('jobs', id);
}

export async function storeFile(file: ImportedFile): Promise<void> {
  await (await open()).put('files', file, file.id);
}

export async function deleteStoredFile(id: string): Promise<void> {
  await (await open()).delete('files', id);
}

export async function storeSpeed(pace: EngineSpeed): Promise<void> {
  await (await open()).put('paces', pace, pace.key);
}
