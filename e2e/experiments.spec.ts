import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openLab, read, train, watchConsole } from './support/lab';

const LAB = 'data=digits&hidden=16-8&batch=32&lr=0.01';

async function sound(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0].html.slice(0, 200)}`)).toEqual([]);
  const wide = await page.evaluate(() => {
    const place = document.querySelector('main[aria-busy]')?.parentElement;
    return place ? place.scrollWidth - place.clientWidth : 1;
  });
  expect(wide, where).toBeLessThanOrEqual(0);
}

/** Goes to a place of the workbench as a link would: without loading the page anew. */
const go = (page: Page, place: string): Promise<void> =>
  page.evaluate((hash) => void (window.location.hash = hash), `/experiments/${place}`);

/** Runs kept in the browser's storage, as their keys. */
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('parsimony-experiments');
        opening.onerror = () => reject(new Error('no storage'));
        opening.onsuccess = () => {
          const keys = opening.result.transaction('runs').objectStore('runs').getAllKeys();
          keys.onsuccess = () => {
            opening.result.close();
            resolve(keys.result.map(String));
          };
        };
      }),
  );

test('two experiments: one cancelled, resumed after a reload with nothing lost or repeated; results go out and come back', async ({
  page,
}, info) => {
  const complaints = watchConsole(page);
  // tfjs makes one run after the other: on our engine forty of one shape are a single group, which is over at once.
  await openLab(page, 'tfjs-wasm', LAB);
  await train(page, 5);

  // From the lab by its bar; the list says what is asked, and what came out: nothing yet.
  await page.getByRole('button', { name: 'Experiments', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Experiments', level: 1 })).toBeVisible();
  await sound(page, 'list');
  await page.getByRole('searchbox').fill('lambda-sweep');
  await expect(page.getByRole('listitem').filter({ has: page.getByRole('heading') })).toHaveCount(1);

  // The size for tests is reached by address alone. Two are queued; the first is cancelled after a run.
  await go(page, 'lambda-sweep/tiny');
  await page.getByLabel('Seeds').fill('20');
  await page.getByLabel('Seeds').press('Enter');
  await page.getByRole('button', { name: 'Run 40 runs' }).click();
  await expect(page.getByTestId('progress')).toContainText(/[1-9]\d* of 40 runs/);
  await page.getByRole('button', { name: 'Cancel' }).first().click();
  await expect(page.getByText('Cancelled. The runs made so far are kept.')).toBeVisible();
  const before = await kept(page);
  expect(before.length).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(40);
  const first = await page.getByTestId('found').textContent();
  expect(first).toMatch(/Digits/);

  // After a reload what was made is there, and only the rest is made.
  await page.reload();
  const made = page
    .getByRole('region', { name: 'Status of every run' })
    .getByRole('button', { name: /: done$/ });
  await expect(made).toHaveCount(before.length);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByTestId('progress')).toContainText(`of ${40 - before.length} runs`);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await go(page, 'seed-variability/tiny');
  await page.getByRole('button', { name: /^Queue \d+ runs$/ }).click();
  await expect(page.getByText('waiting its turn')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('All runs are made')).toBeVisible();
  const after = await kept(page);
  const sweep = after.filter((key) => key.startsWith('lambda-sweep'));
  expect(sweep).toHaveLength(40);
  expect(sweep).toEqual(expect.arrayContaining(before));

  // The result: a verdict that says nothing at this size, its rule, a point with the way to its run.
  await go(page, 'lambda-sweep/tiny');
  await expect(page.getByTestId('experiment-verdict')).toContainText('cannot say');
  await page.getByTestId('experiment-verdict').click();
  await expect(page.getByRole('region', { name: 'Parts of the rule' })).toContainText(
    'E falls at least 300-fold',
  );
  await page.keyboard.press('Escape');
  await page.getByRole('slider', { name: 'Activation energy against λ: point' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/one run$/)).toBeVisible();
  await expect(page.getByRole('link', { name: /Open this run in the Lab/ }).first()).toHaveAttribute(
    'href',
    /\?v=1&data=digits/,
  );
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await sound(page, `result ${scheme}`);
  }

  // Out as a file; deleted here; in again the same. A broken file changes nothing and says which line.
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'JSON lines' }).click(),
  ]);
  const path = info.outputPath('sweep.jsonl');
  await download.saveAs(path);
  const text = readFileSync(path, 'utf8');
  expect(text.trim().split('\n')).toHaveLength(40);
  // The plot exported by the page is the file that the command line writes from the same runs.
  await page.getByTestId('plot-menu-energy').click();
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'SVG', exact: true }).click(),
  ]);
  await picture.saveAs(info.outputPath('page.svg'));
  execFileSync('npx', ['tsx', 'src/cli/main.ts', 'report', path, '--out', info.outputPath('report')]);
  const drawn = readFileSync(info.outputPath('page.svg'), 'utf8');
  expect(drawn).toContain('Activation energy against λ');
  expect(drawn).toBe(readFileSync(join(info.outputPath('report'), 'lambda-sweep.tiny.energy.svg'), 'utf8'));
  const found = await page.getByTestId('found').textContent();
  await page.getByRole('button', { name: 'Delete these runs' }).click();
  await page.getByRole('button', { name: 'Delete 40 runs' }).click();
  await expect(page.getByText('No run of this size yet.')).toBeVisible();
  const choose = async (name: string, content: string): Promise<void> => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: /^Import/ }).click(),
    ]);
    await chooser.setFiles({ name, mimeType: 'application/x-ndjson', buffer: Buffer.from(content) });
  };
  await choose('broken.jsonl', text.replace('"status":"done"', '"status":"fine"'));
  await expect(page.getByRole('alert')).toContainText(/broken.jsonl was not taken in. Line 1 .*“status”/);
  await choose('sweep.jsonl', text);
  await expect(page.getByText('sweep.jsonl: 40 runs taken in.')).toBeVisible();
  await expect(page.getByTestId('found')).toHaveText(found ?? '');

  // A phone, and back in the lab: its run is as it was left.
  await page.setViewportSize({ width: 390, height: 844 });
  await sound(page, '390 px');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  expect(await read(page, (lab) => lab.configuration.data)).toBe('digits');
  expect(complaints).toEqual([]);
});
