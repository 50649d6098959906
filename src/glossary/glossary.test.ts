import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { entryOf, GLOSSARY, lookUp, namesOf } from './glossary';
import { isPlain } from './testing';
import { GROUPS } from './types';

const wordsIn = (text: string): string[] => text.split(/\s+/).filter(Boolean);
/** Words of letters: what stands between spaces, hyphens, dashes and figures. */
const lettersIn = (text: string): string[] =>
  (text.match(/[A-Za-zµ’]+/g) ?? []).map((word) => word.replace(/’s$|’$|^’/g, ''));

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Whole names of entries in a text, the longest first. */
const NAMES = new RegExp(
  `(?<![A-Za-z])(?:${GLOSSARY.flatMap(namesOf)
    .filter((name) => /[a-z]{2}/i.test(name))
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|')})(?:s|’s)?(?![A-Za-z])`,
  'gi',
);

describe('the entries', () => {
  it('have ids of their own, made for addresses', () => {
    const ids = GLOSSARY.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });

  it('share no term and no symbol, and repeat no name of their own', () => {
    const own = GLOSSARY.flatMap(({ term, symbol }) => (symbol === undefined ? [term] : [term, symbol]));
    expect(own.filter((name, i) => own.indexOf(name) !== i)).toEqual([]);
    for (const entry of GLOSSARY) expect(new Set(namesOf(entry)).size, entry.id).toBe(namesOf(entry).length);
  });

  it('stand in every chapter', () => {
    for (const { id } of GROUPS)
      expect(
        GLOSSARY.some(({ group }) => group === id),
        id,
      ).toBe(true);
  });

  it.each(GLOSSARY)('$id lead on to others that exist, each once, never to themselves', ({ id, related }) => {
    expect(related.length).toBeGreaterThan(0);
    expect(new Set(related).size).toBe(related.length);
    for (const other of related) {
      expect(other).not.toBe(id);
      expect(entryOf(other).id).toBe(other);
    }
  });

  it('can all be reached from others', () => {
    const named = new Set(GLOSSARY.flatMap(({ related }) => related));
    expect(GLOSSARY.filter(({ id }) => !named.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('say where they are met and where they come from', () => {
    for (const { id, where, source } of GLOSSARY) {
      expect(where.words.length, id).toBeGreaterThan(3);
      expect(source.length, id).toBeGreaterThan(3);
    }
  });

  it('are not found under an id that nobody has', () => {
    expect(() => entryOf('entropy-of-cats')).toThrow('entropy-of-cats');
  });
});

describe('the sentences', () => {
  it.each(GLOSSARY)('$id: one or two, at most 45 words', ({ sentence }) => {
    expect(wordsIn(sentence).length).toBeLessThanOrEqual(45);
    expect(sentence).toMatch(/^[A-ZÀ-Ý0-9].*[.]$|^÷/);
    // "784→128→64→10 reads" has no stop; a stop before a capital or a figure ends a sentence.
    const ends = sentence.match(/[.!?](?=\s+[A-Z0-9“]|$)/g) ?? [];
    expect(ends.length).toBeGreaterThanOrEqual(1);
    expect(ends.length).toBeLessThanOrEqual(2);
  });

  it('use no word that is neither plain nor explained', () => {
    const riddles = GLOSSARY.flatMap(({ id, sentence }) =>
      lettersIn(sentence.replace(NAMES, ' '))
        .filter((word) => word.length > 1 && !isPlain(word))
        .map((word) => `${id}: ${word}`),
    );
    expect(riddles).toEqual([]);
  });

  it('would betray a private word', () => {
    expect('Looks at the telling of a seat.'.replace(NAMES, ' ')).toContain('telling');
    expect(isPlain('telling')).toBe(false);
    expect('Turns the row norms.'.replace(NAMES, ' ')).not.toContain('norm');
  });

  it('use every sign of another entry only if that entry is there', () => {
    for (const { id, sentence } of GLOSSARY)
      for (const sign of sentence.match(/[λσθψηεμωΔΣ]|‖[^‖\s]+‖²?/g) ?? [])
        expect(lookUp(sign), `${id}: ${sign}`).not.toBeNull();
  });
});

describe('the formulas', () => {
  it.each(GLOSSARY.filter(({ formula }) => formula !== undefined))('$id is set by KaTeX', ({ formula }) => {
    const html = katex.renderToString(formula ?? '', {
      throwOnError: true,
      strict: 'error',
      displayMode: true,
    });
    expect(html).toContain('class="katex-display"');
    expect(html).not.toContain('katex-error');
  });

  it('would be refused if they were wrong', () => {
    expect(() => katex.renderToString('\\frac{1}{', { throwOnError: true, strict: 'error' })).toThrow();
    expect(() => katex.renderToString('\\lamda', { throwOnError: true, strict: 'error' })).toThrow();
  });
});

describe('looking a word up', () => {
  it('finds every entry by its term and its symbol', () => {
    for (const entry of GLOSSARY) {
      expect(lookUp(entry.term)?.id).toBe(entry.id);
      if (entry.symbol !== undefined) expect(lookUp(entry.symbol)?.id).toBe(entry.id);
    }
  });

  it('tells signs apart that differ in case, and takes words in any', () => {
    expect(lookUp('E')?.id).toBe('activation-energy');
    expect(lookUp('S')?.id).toBe('scaffold-count');
    expect(lookUp('s')?.id).toBe('scalar-s');
    expect(lookUp('Row norm')?.id).toBe('row-norm');
    expect(lookUp(' SHELL ')?.id).toBe('shell');
    expect(lookUp('entropy of cats')).toBeNull();
  });
});
