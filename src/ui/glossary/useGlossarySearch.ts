import { useEffect, useState } from 'react';
import type { SearchEntry } from '../search/findEntries';

/** Entries of the glossary for the search. They are fetched when it is first opened, so that the first page does not carry them. */
export interface GlossarySearch {
  entries: readonly SearchEntry[];
  state: 'loading' | 'here' | 'failed';
}

/** Loads the glossary with the component that asks; none of it until it is there. */
export function useGlossarySearch(): GlossarySearch {
  const [search, setSearch] = useState<GlossarySearch>({ entries: [], state: 'loading' });
  useEffect(() => {
    let gone = false;
    const show = (next: GlossarySearch): void => {
      if (!gone) setSearch(next);
    };
    import('./searchEntries').then(
      ({ GLOSSARY_ENTRIES }) => show({ entries: GLOSSARY_ENTRIES, state: 'here' }),
      () => show({ entries: [], state: 'failed' }),
    );
    return () => {
      gone = true;
    };
  }, []);
  return search;
}
