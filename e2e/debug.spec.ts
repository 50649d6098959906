import { expect, test, type Page } from '@playwright/test';
import { ready, train } from './support/lab';

/** Debug lines of a small run on an engine, as the console shows them. */
async function linesOf(page: Page, address: string): Promise<string[]> {
  const lines: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'debug') lines.push(message.text());
  });
  await page.goto(`${address}&data=digits&hidden=16-8&batch=32`);
  await ready(page);
  await train(page, 10);
  return lines;
}

for (const engine of ['parsimony-wasm', 'tfjs-wasm', 'parsimony-webgpu'])
  test(`debug=1 tells engine, plan, submissions and timing on ${engine}`, async ({ page }) => {
    const lines = await linesOf(page, `?v=1&debug=1&engine=${engine}`);
    const of = (topic: string): string[] => lines.filter((line) => line.startsWith(`${topic}: `));
    expect(of('engine')[0]).toMatch(/^engine: pinned: /);
    expect(of('plan').some((line) => /64[-→]16[-→](8|16)[-→]1[02]/.test(line))).toBe(true);
    expect(of('submission').some((line) => /steps of 32 images/.test(line))).toBe(true);
    expect(of('timing').some((line) => /rows of metrics read/.test(line))).toBe(true);
    // Settings that change leave it in the address.
    await page.evaluate(() => window.parsimony.lab.getState().change({ seed: 9 }));
    await expect(page).toHaveURL(/seed=9&.*debug=1|debug=1.*seed=9/);
  });

test('without debug=1 nothing is told', async ({ page }) => {
  expect(await linesOf(page, '?v=1&engine=tfjs-wasm')).toEqual([]);
});
