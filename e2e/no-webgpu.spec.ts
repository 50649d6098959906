import { chromium, expect, test } from '@playwright/test';
import { ENGINE_LABELS, read, ready, train, watchConsole } from './support/lab';

test('without WebGPU: it says so in words of its own, and works all the same', async ({ baseURL }, {
  project,
}) => {
  const { executablePath } = project.use.launchOptions ?? {};
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-features=WebGPU',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  const page = await browser.newPage();
  const complaints = watchConsole(page);
  await page.goto(`${baseURL ?? ''}?v=1&engine=tfjs-wasm&data=digits&hidden=16-8&batch=32`);
  await ready(page);
  expect(['no-api', 'no-adapter']).toContain(await read(page, (lab) => lab.webgpu?.state));
  await expect(page.getByTestId('engine')).toContainText(ENGINE_LABELS['tfjs-wasm']);
  await page.getByTestId('engine').click();
  await expect(page.getByText(/WebGPU/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await train(page, 10);
  expect(await read(page, (lab) => lab.evaluations.main?.accuracy ?? 0)).toBeGreaterThan(0.1);
  expect(complaints.filter((line) => !/WebGL|GPU stall/i.test(line))).toEqual([]);
  await browser.close();
});
