/** The chapters of the glossary, in reading order. */
export const GROUPS = [
  { id: 'network', title: 'Parts of a network' },
  { id: 'learning', title: 'Learning' },
  { id: 'measuring', title: 'Reading the numbers' },
  { id: 'energy', title: 'Energy' },
  { id: 'isotropy', title: 'Isotropic layers and their bases' },
  { id: 'shape', title: 'Changing the shape' },
  { id: 'architectures', title: 'Other networks and tasks' },
  { id: 'lab', title: 'The lab' },
  { id: 'experiments', title: 'Experiments' },
] as const;
export type GroupId = (typeof GROUPS)[number]['id'];

/**
 * What the page can go to: a control (the name it is marked with on the page), a lens with one of its views, or another place. Names
 * only, so that the glossary needs no view; the page's own types and a journey check that each exists.
 */
export type Destination =
  | { control: string }
  | { lens: 'learn' }
  | { lens: 'energy'; view?: 'waterfall' | 'course' | 'measures' | 'cost' }
  | { lens: 'spectrum'; view?: 'now' | 'ridges' | 'law' | 'sparsity' }
  | { lens: 'compare'; view?: 'ladder' | 'map' | 'twin' }
  | { place: 'experiments' | 'inspector' };

/** Where in the lab a thing is met: in words, and where the page can go there by itself, how. */
export interface EntryPlace {
  words: string;
  goTo?: Destination;
}

/** One thing that a newcomer cannot know, explained. True of every network, not of one run. */
export interface GlossaryEntry {
  /** Stable name in addresses and code, in lower case with hyphens. */
  id: string;
  /** The thing as the page writes it. */
  term: string;
  /** How it is written in formulas and on the page, where it has a sign of its own. */
  symbol?: string;
  /** Other words and spellings for the same thing, for the search and for finding it in a text. */
  synonyms?: readonly string[];
  /** One plain sentence, or two: at most 45 words, and none that has no entry unless everybody knows it. */
  sentence: string;
  /** The exact definition as KaTeX source. */
  formula?: string;
  where: EntryPlace;
  /** The paper that defines it, the reference it is taken from, or that it is our own. */
  source: string;
  /** Ids of entries to read next. */
  related: readonly string[];
}

/** An entry with the chapter it stands in. */
export interface GroupedEntry extends GlossaryEntry {
  group: GroupId;
}
