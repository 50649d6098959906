import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHECKED_PAGES, filesLinked, missingFiles, pathsNamed } from './paths';

describe('pages name only what is there', () => {
  it.each(CHECKED_PAGES)('%s', (path) => {
    expect(missingFiles(path, readFileSync(path, 'utf8'))).toEqual([]);
  });

  it('and say so where it is gone', () => {
    const page =
      'See `ui/gone.ts`, `src/here.ts`, `here.ts` and [there](there.md#part), [it](https://x.y/z.md).';
    const exists = (path: string): boolean => path === 'src/here.ts';
    expect(missingFiles('docs/page.md', page, exists)).toEqual(['ui/gone.ts', 'there.md']);
  });
});

it('paths are told from other code', () => {
  expect(
    pathsNamed(
      '`a/b.ts` `a/b/` `b.tsx` `npm test` `a.b` `K/N` `[out, in]` `*.worker.ts`\n```\n`c.ts`\n```\n',
    ),
  ).toEqual(['a/b.ts', 'a/b/', 'b.tsx']);
  expect(filesLinked('![x](docs/a.jpg) [y](b.md#c) [z](#d) [w](mailto:x@y)')).toEqual(['docs/a.jpg', 'b.md']);
});
