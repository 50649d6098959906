import { ARCHITECTURE_ENTRIES } from './entries/architectures';
import { ENERGY_ENTRIES } from './entries/energy';
import { EXPERIMENTS_ENTRIES } from './entries/experiments';
import { ISOTROPY_ENTRIES } from './entries/isotropy';
import { LAB_ENTRIES } from './entries/lab';
import { LEARNING_ENTRIES } from './entries/learning';
import { MEASURING_ENTRIES } from './entries/measuring';
import { NETWORK_ENTRIES } from './entries/network';
import { SHAPE_ENTRIES } from './entries/shape';
import type { GlossaryEntry, GroupedEntry, GroupId } from './types';
import { GROUPS } from './types';

const BY_GROUP: Record<GroupId, readonly GlossaryEntry[]> = {
  network: NETWORK_ENTRIES,
  learning: LEARNING_ENTRIES,
  measuring: MEASURING_ENTRIES,
  energy: ENERGY_ENTRIES,
  isotropy: ISOTROPY_ENTRIES,
  shape: SHAPE_ENTRIES,
  architectures: ARCHITECTURE_ENTRIES,
  lab: LAB_ENTRIES,
  experiments: EXPERIMENTS_ENTRIES,
};

/** Every entry, chapter by chapter in reading order. */
export const GLOSSARY: readonly GroupedEntry[] = GROUPS.flatMap(({ id: group }) =>
  BY_GROUP[group].map((entry) => ({ ...entry, group })),
);

const BY_ID = new Map(GLOSSARY.map((entry) => [entry.id, entry]));

/** The entry of an id. Throws where there is none: ids are written in code, so that is a fault of ours. */
export function entryOf(id: string): GroupedEntry {
  const found = BY_ID.get(id);
  if (!found) throw new Error(`The glossary has no entry “${id}”.`);
  return found;
}

/** What an entry is found by: its term, its symbol and its synonyms, as written. */
export const namesOf = ({ term, symbol, synonyms = [] }: GlossaryEntry): string[] => [
  term,
  ...(symbol === undefined ? [] : [symbol]),
  ...synonyms,
];

const BY_NAME = new Map<string, GroupedEntry>();
const name = (as: string, entry: GroupedEntry): void => {
  if (!BY_NAME.has(as)) BY_NAME.set(as, entry);
};
// In order of right: what an entry is called, what else it is called, and either in lower case.
for (const entry of GLOSSARY) for (const own of [entry.term, entry.symbol]) if (own) name(own, entry);
for (const entry of GLOSSARY) for (const other of namesOf(entry)) name(other, entry);
for (const entry of GLOSSARY) for (const any of namesOf(entry)) name(any.toLowerCase(), entry);

/**
 * The entry that explains a word or sign as it stands on the page: by its exact writing first ("E" is not "e"), then in lower case. Null
 * where the glossary has none.
 */
export function lookUp(word: string): GroupedEntry | null {
  const plain = word.trim();
  return BY_NAME.get(plain) ?? BY_NAME.get(plain.toLowerCase()) ?? null;
}
