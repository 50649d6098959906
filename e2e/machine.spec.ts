import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { openLab, read, watchConsole } from './support/lab';

interface Report {
  format: string;
  cores: number;
  peakGflopsPerThread: number;
  rows: {
    network: string;
    engine: string;
    threads: number;
    models: number;
    msPerStep: number;
    modelStepsPerSecond: number;
    peakShare: number;
    hostMsPerStep: number;
  }[];
}

test('Measure this machine: engines on a network, numbers with what they mean, as JSON; cancelled, the lab plays on', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const complaints = watchConsole(page);
  await openLab(page, 'tfjs-wasm', 'data=digits&hidden=16-8&batch=32');
  await page.evaluate(() => window.parsimony.lab.getState().play());
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('button', { name: 'Measure this machine' }).click();
  const dialog = page.getByRole('dialog', { name: 'Measure this machine' });
  await expect(dialog.getByLabel('WebAssembly (compiled)')).toBeChecked();
  await dialog.getByLabel(/^Wide/).uncheck();
  await dialog.getByLabel(/^Convolutional/).uncheck();
  await dialog.getByRole('button', { name: 'Measure', exact: true }).click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await page.waitForFunction(() => window.parsimony.lab.getState().run.status === 'paused');
  await expect(dialog.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 180_000 });
  await page.waitForFunction(() => window.parsimony.lab.getState().run.status === 'playing');

  const table = dialog.getByRole('region', { name: 'Measured on 784-128-64-10' });
  await expect(
    table.getByRole('rowheader', { name: 'WebAssembly (compiled), one thread', exact: true }),
  ).toBeVisible();
  await dialog.getByText('What the columns mean').click();
  await expect(dialog.getByText(/Less is faster/)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save as JSON' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('parsimony-machine.json');
  const report = JSON.parse(await readFile(await download.path(), 'utf8')) as Report;
  expect(report.format).toBe('parsimony-machine');
  expect(report.peakGflopsPerThread).toBeGreaterThan(0);
  const one = report.rows.find(({ threads, models }) => threads === 1 && models === 1);
  const ten = report.rows.find(({ threads, models }) => threads === 1 && models === 10);
  if (!one || !ten) throw new Error('Rows are missing.');
  expect(one).toMatchObject({ network: '784-128-64-10', engine: 'parsimony-wasm' });
  expect(one.msPerStep).toBeGreaterThan(0);
  expect(one.hostMsPerStep).toBeGreaterThan(0);
  expect(one.peakShare).toBeGreaterThan(0);
  expect(Math.abs((ten.modelStepsPerSecond * ten.msPerStep) / 10_000 - 1)).toBeLessThan(1e-2);

  // Cancelled in the middle: the lab plays on, and what was measured stays.
  await dialog.getByRole('button', { name: 'Measure again' }).click();
  await page.waitForFunction(() => window.parsimony.lab.getState().run.status === 'paused');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByText(/^Cancelled/)).toBeVisible();
  await page.waitForFunction(() => window.parsimony.lab.getState().run.status === 'playing');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await read(page, (lab) => lab.run.step)).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});
