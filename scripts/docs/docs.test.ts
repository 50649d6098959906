import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GLOSSARY } from '../../src/glossary/glossary';
import { PAGES } from './pages';
import { rendered } from './render';
import { withSection } from './section';

describe('generated pages', () => {
  it.each(PAGES)('$path is what `npm run docs` would write', async (page) => {
    const { present, wanted } = await rendered(page);
    expect(existsSync(page.path)).toBe(true);
    expect(present, `${page.path} is stale: run npm run docs`).toBe(wanted);
  });

  it('are seen to be stale when an entry changes', async () => {
    const [page] = PAGES;
    const changed = {
      ...page,
      write: (present: string) => page.write(present).replace(GLOSSARY[0].sentence, 'Other.'),
    };
    const { present, wanted } = await rendered(changed);
    expect(present).not.toBe(wanted);
  });
});

describe('the page of the glossary', () => {
  it('holds every entry with its anchor, sentence and formula, and links only to anchors it has', async () => {
    const glossary = PAGES.find(({ path }) => path === 'docs/glossary.md');
    if (!glossary) throw new Error('The glossary is not among the pages.');
    const { wanted } = await rendered(glossary);
    const flat = wanted.replace(/\\(?=[*_<>[\]])/g, '');
    for (const { id, sentence, formula } of GLOSSARY) {
      expect(wanted).toContain(`<a id="${id}"></a>`);
      expect(flat).toContain(sentence);
      if (formula !== undefined) expect(wanted).toContain(`$\`${formula}\`$`);
    }
    for (const [, target] of wanted.matchAll(/\]\(#([^)]+)\)/g))
      expect(wanted).toContain(`<a id="${target}"></a>`);
  });
});

describe('a generated part of a page', () => {
  const page = 'Before\n\n<!-- generated: table -->\nold\n<!-- end: table -->\n\nAfter\n';

  it('is replaced, and nothing else', () => {
    expect(withSection(page, 'table', 'new\n')).toBe(
      'Before\n\n<!-- generated: table -->\n\nnew\n\n<!-- end: table -->\n\nAfter\n',
    );
    expect(withSection(withSection(page, 'table', 'x'), 'table', 'y')).toBe(withSection(page, 'table', 'y'));
  });

  it('must be there once', () => {
    expect(() => withSection(page, 'other', 'x')).toThrow('0 times');
    expect(() => withSection(page + page, 'table', 'x')).toThrow('2 times');
    expect(() => withSection('<!-- generated: table -->', 'table', 'x')).toThrow('0 times');
  });
});
