import { expect, test } from '@playwright/test';
import { openLab, train, watchConsole } from './support/lab';
import { bundleEntry, openBundle } from '../src/cli/browser/inMemory';

test('the compiled WebAssembly engine has the reference’s losses, gradients and steps in the browser, on two threads and in both builds', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const complaints = watchConsole(page);
  await openBundle(page, await bundleEntry('e2e/pages/compiledWasm.ts'));
  await page.waitForFunction(() => 'wasmReport' in window);
  const { isolated, engines, wrong } = await page.evaluate(() => window.wasmReport);
  expect(wrong).toEqual([]);
  expect(isolated).toBe(true);
  expect(engines.map(({ adapter }) => adapter)).toEqual([
    'CPU, 2 threads, SIMD',
    'CPU, 2 threads, relaxed SIMD',
  ]);
  expect(complaints).toEqual([]);
});

test('a first visit without a graphics card trains on it, and loads no tfjs', async ({ page }) => {
  const complaints = watchConsole(page);
  const loaded: string[] = [];
  page.on('response', (response) => {
    void response.text().then(
      (text) => /KernelBackend|tfjs-core/.test(text) && loaded.push(response.url()),
      () => undefined,
    );
  });
  await openLab(page, 'auto', 'data=digits&hidden=16-8&batch=32&seed=3');
  await expect(page.getByTestId('engine')).toContainText('WebAssembly (compiled)');
  await train(page, 20);
  const run = await page.evaluate(() => {
    const { engine, measured } = window.parsimony.lab.getState();
    return { engine, measured };
  });
  expect(run.engine?.adapter).toMatch(/^CPU, (one thread|\d+ threads), relaxed SIMD$/);
  expect(run.measured.find(({ label }) => label === 'WebGPU (compiled)')?.msPerStep).toBeNull();
  expect(loaded.filter((url) => /worker|dist-|backends|tfjs/.test(url))).toEqual([]);
  expect(complaints).toEqual([]);
});
