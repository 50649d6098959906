import { beforeAll, describe, expect, it, vi } from 'vitest';
import { GLOSSARY, namesOf } from '../../glossary/glossary';
import { findEntries, type SearchEntry } from '../search/findEntries';

/** As many as the search shows. */
const SHOWN = 9;
let glossary: readonly SearchEntry[] = [];
let everything: readonly SearchEntry[] = [];
beforeAll(async () => {
  // The store reads the address and the preferences when it is made.
  vi.stubGlobal('location', { search: '', href: 'http://lab/' });
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  const { SEARCH_ENTRIES } = await import('../search/searchEntries');
  ({ GLOSSARY_ENTRIES: glossary } = await import('./searchEntries'));
  everything = [...SEARCH_ENTRIES, ...glossary];
});
const sentencesFor = (query: string): string[] =>
  findEntries(query, everything)
    .slice(0, SHOWN)
    .map(({ describe: sentence }) => sentence);

describe('the glossary in the search', () => {
  it.each(GLOSSARY)('$id is shown, with its sentence, for its term, its sign and each synonym', (entry) => {
    for (const name of namesOf(entry)) expect(sentencesFor(name), name).toContain(entry.sentence);
  });

  it('goes to each thing that is on the page, and nowhere for the others', () => {
    GLOSSARY.forEach(({ where }, i) => expect(glossary[i].act === null).toBe(where.goTo === undefined));
  });

  it('leaves what is called exactly so in front: Enter still starts a preset', () => {
    expect(findEntries('BimodalTrue', everything)[0].home).toBe('preset');
    expect(findEntries('cnn', everything)[0].home).toBe('preset');
    expect(findEntries('Seed', everything).map(({ home }) => home)).toContain('glossary');
  });

  it('tells a sign before what merely begins with the letter', () => {
    expect(findEntries('n', everything)[0].name).toBe('N');
    expect(findEntries('σ', everything)[0].name).toBe('Singular value · σ');
    expect(findEntries('psi', everything)[0].name).toBe('Linear correction · ψ');
  });

  it('has one line for each thing', () => {
    const keys = everything.map(({ home, name }) => `${home}/${name}`);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  it('finds nothing for what is nowhere', () => {
    expect(findEntries('entropy of cats', everything)).toEqual([]);
  });
});
