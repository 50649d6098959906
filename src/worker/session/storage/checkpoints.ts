import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { configurationSchema } from '../../../configuration/schema';
import { OWN_ENTRY } from '../../../data/ownEntry';
import { type Checkpoint, currentCheckpoint, type StoredCheckpoint } from './checkpointVersions';

interface Schema extends DBSchema {
  checkpoints: { key: 'last'; value: StoredCheckpoint };
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
    const stored = await (await open()).get('checkpoints', 'last');
    const found = stored ? currentCheckpoint(stored) : null;
    if (!found) return null;
    // Another own set in their place: the run cannot go on.
    if (found.first.data === 'own' && found.own !== OWN_ENTRY.savedAt) return null;
    return configurationSchema.safeParse(found.moment.main.configuration).success ? found : null;
  } catch {
    return null;
  }
}

/** Forgets the stored run, if there is one. */
export async function forgetCheckpoint(): Promise<void> {
  try {
    await (await open()).delete('checkpoints', 'last');
  } catch {
    // Nothing stored, nothing to forget.
  }
}

/** A setting of this browser that is kept beside the run; undefined where there is none or storage is refused. */
export async function loadSetting(key: string): Promise<unknown> {
  try {
    return await (await open()).get('settings', key);
  } catch {
    return undefined;
  }
}

/** Keeps a setting of this browser; where storage is refused, it is simply lost. */
export async function saveSetting(key: string, value: unknown): Promise<void> {
  try {
    await (await open()).put('settings', value, key);
  } catch {
    // Measured again next time.
  }
}
