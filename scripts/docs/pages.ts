import { glossaryPage } from './glossary';
import { architecturePage } from './rooms';

/**
 * A page, or a part of one, that is written from code. `write` gets the page as it stands ('' where there is none) and returns it as it
 * should be; a page that is generated as a whole ignores what stands, one that holds a generated part replaces it by `withSection`.
 */
export interface GeneratedPage {
  /** From the root of the repository. */
  path: string;
  write: (present: string) => string;
}

/** All of them. Another generated page is a line here; `npm run docs` writes it, and a test fails when it is stale. */
export const PAGES: readonly GeneratedPage[] = [
  { path: 'docs/glossary.md', write: glossaryPage },
  { path: 'ARCHITECTURE.md', write: architecturePage },
];
