import { expect, type Page, test } from '@playwright/test';
import { GLOSSARY } from '../src/glossary/glossary';
import type { Destination } from '../src/glossary/types';
import { openLab, read, watchConsole } from './support/lab';

const TINY = 'data=digits&hidden=16-8&batch=32&seed=3';
const box = (page: Page) => page.getByRole('combobox', { name: 'Search controls and concepts' });
const found = (page: Page) => page.getByRole('listbox', { name: 'Found' }).getByRole('option');

/** Types into the search, opened by its key, and gives the line of the glossary that holds a text. */
async function search(page: Page, query: string, sentence: string) {
  await page.keyboard.press('/');
  await box(page).fill(query);
  const line = found(page).filter({ hasText: 'glossary' }).filter({ hasText: sentence });
  await expect(line).toHaveCount(1);
  return line;
}

test('a word is explained in the search, by its sign, its name and another name for it', async ({ page }) => {
  const complaints = watchConsole(page);
  const scripts: string[] = [];
  page.on('request', (request) => scripts.push(request.url()));
  await openLab(page, 'parsimony-wasm', TINY);
  expect(scripts.filter((url) => /searchEntries/.test(url))).toEqual([]);
  const shell = GLOSSARY.find(({ id }) => id === 'shell');
  if (!shell) throw new Error('The glossary has no shell.');
  for (const query of ['shell', 'on the shell']) {
    await search(page, query, shell.sentence);
    await page.keyboard.press('Escape');
  }
  for (const [query, title] of [
    ['θ', 'Threshold · θ'],
    ['sigma', 'Singular value · σ'],
    ['neurodegeneration', 'Removal'],
  ]) {
    await search(page, query, title);
    await page.keyboard.press('Escape');
  }
  expect(scripts.some((url) => /searchEntries/.test(url))).toBe(true);
  await page.keyboard.press('/');
  await box(page).fill('entropy of cats');
  await expect(page.getByText('Nothing of that name.')).toBeVisible();
  expect(complaints).toEqual([]);
});

type View = NonNullable<Extract<Destination, { view?: unknown }>['view']>;
/** What each view of a lens is called on the page. */
const VIEWS: Record<View, string> = {
  waterfall: 'Waterfall',
  course: 'Over time',
  measures: 'All measures',
  cost: 'Cost',
  now: 'Now',
  ridges: 'Ridgelines',
  law: 'Error law',
  sparsity: 'Sparsity',
  ladder: 'Ladder',
  map: 'λ × o map',
  twin: 'Twin',
};

/** One entry for each place that entries lead to. */
function leads(): { sentence: string; name: string; to: Destination }[] {
  const seen = new Set<string>();
  return GLOSSARY.flatMap(({ sentence, term, where: { goTo: to } }) => {
    const key = JSON.stringify(to);
    if (!to || seen.has(key)) return [];
    seen.add(key);
    return [{ sentence, name: term, to }];
  });
}

test('every place that an entry leads to is there', async ({ page }) => {
  const complaints = watchConsole(page);
  await openLab(page, 'parsimony-wasm', TINY);
  const all = leads();
  expect(all.length).toBeGreaterThan(30);
  for (const { sentence, name, to } of all) {
    await (await search(page, name, sentence)).click();
    if ('control' in to) {
      await expect(page.locator(`[data-control="${to.control}"][data-found]`), name).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    } else if ('lens' in to) {
      expect(await read(page, (lab) => lab.ui.lens), name).toBe(to.lens);
      if ('view' in to && to.view)
        await expect(
          page.getByRole('tabpanel').getByRole('radio', { name: VIEWS[to.view], exact: true }),
          name,
        ).toBeChecked();
    } else if (to.place === 'experiments') {
      await expect(page).toHaveURL(/#\/experiments/);
      await page.goBack();
    } else {
      await expect(page.getByTestId('inspector')).toBeVisible();
      await page.keyboard.press('Escape');
    }
  }
  expect(complaints).toEqual([]);
});

test('without the glossary the search still finds controls, and says what is missing', async ({ page }) => {
  await page.route(/searchEntries.*\.js/, (route) => route.abort());
  await openLab(page, 'parsimony-wasm', TINY);
  await page.keyboard.press('/');
  await box(page).fill('learning rate');
  await expect(found(page).filter({ hasText: 'Set-up' }).first()).toBeVisible();
  await expect(
    page.getByRole('status').filter({ hasText: 'The glossary could not be loaded' }),
  ).toBeVisible();
});

test('the arrow keys keep the marked line in sight where the list is longer than the window', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 600 });
  await openLab(page, 'parsimony-wasm', TINY);
  await search(page, 'σ', 'Singular value · σ');
  await expect(found(page)).toHaveCount(9);
  await expect(found(page).last()).not.toBeInViewport({ ratio: 0.9 });
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowDown');
  await expect(found(page).last()).toHaveAttribute('aria-selected', 'true');
  await expect(found(page).last()).toBeInViewport({ ratio: 0.9 });
});
