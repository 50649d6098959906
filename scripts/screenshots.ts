/** Takes the README's pictures from the built site: `npm run build && npm run screenshots`. */
import { mkdirSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { findChromium } from '../src/cli/browser/chromium';

const server = await preview({ preview: { port: 4199, strictPort: true, host: 'localhost' } });
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--no-first-run'],
});
mkdirSync('docs', { recursive: true });

async function until(page: Page, condition: string): Promise<void> {
  await page.waitForFunction(condition, undefined, { timeout: 120_000 });
}

for (const scheme of ['light', 'dark'] as const) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: scheme });
  const page = await context.newPage();
  await page.goto('http://localhost:4199/?v=1&engine=parsimony-wasm');
  await until(page, `window.parsimony.lab.getState().run.status === 'resting'`);
  await until(page, `window.parsimony.lab.getState().fullEvaluations.baseline !== undefined`);
  await page.waitForTimeout(800);
  await page.screenshot({ path: `docs/bench-${scheme}.jpg`, type: 'jpeg', quality: 82 });
  await page.keyboard.press('d');
  await until(page, `window.parsimony.lab.getState().lastReport !== null`);
  await until(page, `window.parsimony.lab.getState().fullEvaluations.baseline !== undefined`);
  await page.getByRole('tab', { name: 'Spectrum' }).click();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `docs/diagonalised-${scheme}.jpg`, type: 'jpeg', quality: 82 });
  await context.close();
}
// Tasks that come and go: one is learnt, a second joins, and the widths answer.
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
const page = await context.newPage();
await page.goto('http://localhost:4199/?v=1&engine=parsimony-wasm&data=tasks');
await page.getByRole('button', { name: 'Adapt to the tasks' }).click();
await until(page, `window.parsimony.lab.getState().twin.kind === 'fixed-width'`);
await page.getByText('Fast', { exact: true }).click();
await page.getByRole('button', { name: 'Play', exact: true }).click();
const task = page.getByRole('group', { name: 'Tasks being learnt' }).getByRole('button');
for (const [step, which] of [
  [250, 1],
  [600, 1],
] as const) {
  await until(page, `window.parsimony.lab.getState().run.step >= ${step}`);
  await task.nth(which).click();
}
await until(page, `window.parsimony.lab.getState().run.step >= 800`);
await page.getByRole('button', { name: 'Pause', exact: true }).click();
await page.waitForTimeout(1500);
await page.screenshot({ path: 'docs/tasks-light.jpg', type: 'jpeg', quality: 82 });
await context.close();
await browser.close();
await server.close();
