import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Pages whose paths are held to be true. */
export const CHECKED_PAGES = [
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'README.md',
  'docs/results/README.md',
] as const;

/** Folders that are made, and not kept. */
const MADE = ['dist/', 'test-results/'];

/** What in `code spans` of a page is meant as a path of this repository (what is generated, and what is the text of a link, left out): a folder with its slash, or a file by its ending. */
export function pathsNamed(page: string): string[] {
  const own = page
    .replace(/^```.*?^```/gms, '')
    .replace(/<!-- generated: .*?<!-- end: /gs, '')
    .replace(/\[`[^`]+`\]\(/g, '[](');
  const spans = own.matchAll(/`([^`\n]+)`/g);
  return [...spans]
    .map(([, span]) => span)
    .filter((span) => /^[\w.@-]+(\/[\w.@-]+)*(\/|\.(tsx?|json|md|css|ya?ml|js))$/.test(span))
    .filter((span) => !MADE.includes(span));
}

/** Files that a page links to, without their anchors. */
export function filesLinked(page: string): string[] {
  return [...page.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** What a page names or links to and is not there; paths may begin at the root or at `src/`, links at the folder of the page. */
export function missingFiles(
  path: string,
  page: string,
  exists: (path: string) => boolean = existsSync,
): string[] {
  return [
    ...pathsNamed(page).filter((named) => !exists(named) && !exists(join('src', named))),
    ...filesLinked(page).filter((linked) => !exists(join(dirname(path), linked))),
  ];
}
