import { GLOSSARY, namesOf } from '../../glossary/glossary';
import type { GlossaryEntry } from '../../glossary/types';
import type { SearchEntry } from '../search/findEntries';
import { goToDestination } from './goTo';

/** "Singular value · σ"; the term alone where it shows its sign already. */
function titleOf({ term, symbol }: GlossaryEntry): string {
  const title = term.charAt(0).toUpperCase() + term.slice(1);
  return symbol === undefined || term.includes(symbol) ? title : `${title} · ${symbol}`;
}

/** The glossary as the search shows it: found by every name of an entry, told in its sentence, and gone to where the page can. */
export const GLOSSARY_ENTRIES: readonly SearchEntry[] = GLOSSARY.map((entry) => {
  const { goTo } = entry.where;
  return {
    name: titleOf(entry),
    home: 'glossary',
    describe: entry.sentence,
    names: namesOf(entry),
    act: goTo ? () => goToDestination(goTo) : null,
  };
});
