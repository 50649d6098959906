import { expect, test } from '@playwright/test';
import type {} from '../pages/tiles';
import { bundleEntry, openBundle } from '../../src/cli/browser/inMemory';

test('self-tuning on this adapter: every set agrees with float64, and none is chosen that was not measured faster', async ({
  page,
}) => {
  await openBundle(page, await bundleEntry('e2e/pages/tiles.ts'));
  await page.waitForFunction(() => 'tiles' in window);
  const { before, after, rows } = await page.evaluate(() => window.tiles.search());
  for (const { label, msPerStep, note } of rows)
    console.log(`${label.padEnd(40)} ${msPerStep?.toFixed(2) ?? '–'} ms a step, ${note}`);
  expect(rows).toHaveLength(6);
  // On SwiftShader all sets run, and all compute right.
  expect(rows.filter(({ msPerStep }) => msPerStep === null)).toEqual([]);
  const msOf = (wanted: string): number => rows.find(({ id }) => id === wanted)?.msPerStep ?? Infinity;
  expect(msOf(after)).toBeLessThanOrEqual(msOf(before));
});
