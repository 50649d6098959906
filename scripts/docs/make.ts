/** `npm run docs`: writes the generated pages that have changed. */
import { writeFileSync } from 'node:fs';
import { PAGES } from './pages';
import { rendered } from './render';

for (const page of PAGES) {
  const { present, wanted } = await rendered(page);
  if (present !== wanted) writeFileSync(page.path, wanted);
  console.log(`${page.path}: ${present === wanted ? 'as it was' : 'written'}`);
}
