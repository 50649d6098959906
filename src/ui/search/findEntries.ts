/** One line of the search. */
export interface SearchEntry {
  name: string;
  /** Where it lives, or "glossary". */
  home: string;
  describe: string;
  /** Further words it is found by. */
  words?: string;
  /** Names that are its own: a query that is one of them finds it before what merely begins so. */
  names?: readonly string[];
  /** Goes there, or does it; null where there is nowhere to go. */
  act: (() => void) | null;
}

const normal = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

/**
 * Entries that hold all words of the query. First what is called so, then what has it among its names, then what begins with it or has it in
 * its title; of equals those listed first.
 */
export function findEntries(query: string, entries: readonly SearchEntry[]): SearchEntry[] {
  const whole = normal(query).trim();
  const words = whole.split(/\s+/).filter(Boolean);
  const score = ({ name, names = [], words: more = '', describe, home }: SearchEntry): number => {
    const title = normal(name);
    const text = `${title} ${normal([more, ...names, describe].join(' '))} ${home}`;
    if (!words.every((word) => text.includes(word))) return -1;
    if (words.length === 0) return 1;
    if (title === whole) return 5;
    if (names.some((own) => normal(own) === whole)) return 4;
    return title.startsWith(words[0]) ? 3 : title.includes(words[0]) ? 2 : 1;
  };
  return entries
    .map((entry) => ({ entry, score: score(entry) }))
    .filter((found) => found.score >= 0)
    .sort((a, b) => b.score - a.score)
    .map((found) => found.entry);
}
