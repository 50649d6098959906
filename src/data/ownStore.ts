import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { StandardisationId } from './ids';
import type { ByteStandardisation } from './import/values/split';
import type { OwnMeta } from './ownEntry';

export interface OwnSplit {
  /** [n, size] */
  images: Uint8Array;
  labels: Uint8Array;
}

/** The visitor's own data as stored: split, shuffled, with the affine maps of both standardisations (of the training samples). */
export interface OwnSet {
  meta: OwnMeta;
  train: OwnSplit;
  test: OwnSplit;
  maps: Record<StandardisationId, ByteStandardisation>;
}

interface Schema extends DBSchema {
  own: { key: 'last'; value: OwnSet };
}

let database: Promise<IDBPDatabase<Schema>> | null = null;

function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>('parsimony-own', 1, { upgrade: (db) => db.createObjectStore('own') });
  // A refusal (a private window) may be lifted: the next call asks again.
  database.catch(() => (database = null));
  return database;
}

/** Stores a set in place of the one before; rejects where the browser refuses storage, and the one before stays. */
export async function saveOwn(set: OwnSet): Promise<void> {
  await (await open()).put('own', set, 'last');
}

/** The set stored, or undefined. */
export async function loadOwnSet(): Promise<OwnSet | undefined> {
  return (await open()).get('own', 'last');
}

export async function forgetOwnSet(): Promise<void> {
  await (await open()).delete('own', 'last');
}
