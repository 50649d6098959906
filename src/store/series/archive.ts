import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Pin } from '../../worker/protocol';
import type { History, StoredHistory } from './history';

/** The charts of a run that was stored with a checkpoint, so that the continued run shows its past. */
interface Archive {
  version: 2;
  step: number;
  history: StoredHistory;
  pins: Pin[];
}

interface Schema extends DBSchema {
  archive: { key: 'last'; value: Archive };
}

let database: Promise<IDBPDatabase<Schema>> | null = null;

function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>('parsimony-charts', 1, { upgrade: (db) => db.createObjectStore('archive') });
  return database;
}

/**
 * The charts of the run that the visitor is offered to continue. They are kept here because the present run overwrites
 * them in storage.
 */
let kept: Archive | null = null;

/** Reads the archive of the offered run before the present one writes over it. */
export async function keepArchive(): Promise<void> {
  try {
    kept = (await (await open()).get('archive', 'last')) ?? null;
  } catch {
    kept = null;
  }
}

/** Stores the charts as they stood at a checkpoint; storage that refuses is ignored (the run itself is the worker's). */
export async function saveArchive(step: number, history: History, pins: Pin[]): Promise<void> {
  try {
    await (await open()).put('archive', { version: 2, step, history: history.stored(), pins }, 'last');
  } catch {
    // Private windows may refuse storage.
  }
}

/** Restores the charts of a run that is continued at `step`; points after that step are left out. Returns its pins. */
export async function loadArchive(step: number, history: History): Promise<Pin[]> {
  try {
    const found = kept ?? (await (await open()).get('archive', 'last'));
    kept = null;
    if (!found || (found.version as number) !== 2 || found.step < step) return [];
    history.adopt(found.history, step);
    return found.pins.filter((pin) => pin.step <= step);
  } catch {
    return [];
  }
}
