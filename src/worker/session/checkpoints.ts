import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type Configuration, configurationSchema } from '../../configuration/schema';
import { OWN_ENTRY } from '../../data/ownEntry';
import type { Network } from '../../network/network';
import type { LoggedSetting } from './hotSettings';
import type { SessionState } from './undo';

/** What survives a reload, a crash or a closed tab. */
export interface Checkpoint {
  version: 2;
  savedAt: number;
  /** The configuration the run started with. */
  first: Configuration;
  /** The weights it started with, where they were not the seed's. */
  given?: Network | null;
  moment: SessionState;
  log: LoggedSetting[];
  /** Which own data it learnt, where it learnt them. */
  own?: number;
}

interface Schema extends DBSchema {
  checkpoints: { key: 'last'; value: Checkpoint };
  settings: { key: string; value: unknown };
}

let database: Promise<IDBPDatabase<Schema>> | null = null;

function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>('parsimony', 1, {
    upgrade: (db) => {
      db.createObjectStore('checkpoints');
      db.createObjectStore('settings');
    },
  });
  return database;
}

/** Saves the last run; resolves false where the browser refuses storage (a private window, a full disk). */
export async function saveCheckpoint(checkpoint: Checkpoint): Promise<boolean> {
  try {
    await (await open()).put('checkpoints', checkpoint, 'last');
    return true;
  } catch {
    return false;
  }
}

/** The last run, or null where there is none or it was made by an incompatible version. */
export async function loadCheckpoint(): Promise<Checkpoint | null> {
  try {
    const found = await (await open()).get('checkpoints', 'last');
    if (!found || (found.version as number) !== 2) return null;
    // Another own set in their place: the run cannot go on.
    if (found.first.data === 'own' && found.own !== OWN_ENTRY.savedAt) return null;
    return configurationSchema.safeParse(found.moment.configuration).success ? found : null;
  } catch {
    return null;
  }
}

export async function forgetCheckpoint(): Promise<void> {
  try {
    await (await open()).delete('checkpoints', 'last');
  } catch {
    // Nothing stored, nothing to forget.
  }
}

export async function loadSetting(key: string): Promise<unknown> {
  try {
    return await (await open()).get('settings', key);
  } catch {
    return undefined;
  }
}

export async function saveSetting(key: string, value: unknown): Promise<void> {
  try {
    await (await open()).put('settings', value, key);
  } catch {
    // Measured again next time.
  }
}
