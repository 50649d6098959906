import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { CompiledPage } from './pages/compiled';
import { bundleEntry, openBundle, type Bundle } from '../src/cli/browser/inMemory';

// Bundled from source and answered from memory: nothing of it is in the built site.
test.describe.configure({ mode: 'serial' });
let bundle: Bundle;
test.beforeAll(async () => {
  bundle = await bundleEntry('e2e/pages/compiled.ts');
  const pictures = (name: string, header: number, each: number): Buffer =>
    gunzipSync(readFileSync(`public/data/fashion-mnist/${name}.gz`)).subarray(header, header + 512 * each);
  const type = 'application/octet-stream';
  bundle.set('fashion-images.bin', { body: pictures('train-images-idx3-ubyte', 16, 784), type });
  bundle.set('fashion-labels.bin', { body: pictures('train-labels-idx1-ubyte', 8, 1), type });
});

type Check = Parameters<CompiledPage['check']>[0];

test.describe('the compiled engine', () => {
  test.beforeEach(async ({ page }) => {
    await openBundle(page, bundle);
    await page.waitForFunction(() => 'compiled' in window);
  });
  test.afterEach(async ({ page }) => {
    expect(await page.evaluate(() => window.compiled.reports())).toEqual([]);
  });

  test('has the losses, gradients and steps of the float64 reference, pairwise over everything it takes', async ({
    page,
  }) => {
    test.setTimeout(300_000);
    const cases = await page.evaluate(() => window.compiled.caseCount());
    expect(cases).toBeGreaterThan(20);
    expect(cases).toBeLessThanOrEqual(60);
    for (let index = 0; index < cases; index++) {
      const { name, wrong } = await page.evaluate((i) => window.compiled.case(i), index);
      expect(wrong, name).toEqual([]);
    }
  });

  test('agrees on networks drawn at random', async ({ page }) => {
    test.setTimeout(240_000);
    for (let i = 0; i < 3; i++) {
      const seed = Math.floor(Math.random() * 1e6);
      console.log(`random network of seed ${seed}`);
      const { name, wrong } = await page.evaluate((s) => window.compiled.random(s), seed);
      expect(wrong, name).toEqual([]);
    }
  });

  const checks: [Check, string][] = [
    ['imports', 'changes the widths of one model without touching its neighbours'],
    ['capacity', 'keeps its buffers while widths fit, and refuses blocks that differ'],
    ['ownBatches', 'gives each model its own batches where asked'],
    ['times', 'times its steps on the GPU, and trains to the same bits untimed'],
    ['observes', 'observes what the reference sees'],
    ['tasks', 'places images in the block of their task, and goes on as blocks come and go'],
    ['smallPrint', 'keeps the small print of the interface'],
    ['normalises', 'normalises layers of every kind'],
    ['convolutions', 'convolves pictures as the reference does'],
    ['convolutionsMove', 'moves convolutions when the layer above outgrows its buffers'],
    ['architectures', 'trains every architecture on Fashion-MNIST'],
    ['mergesLive', 'trains merged pathways, their numbers changed on the way without a new plan'],
    ['pathsWide', 'takes wide paths, moves them between buffers, and refuses in words what does not fit'],
    ['losesDevice', 'resolves `lost` when the device is lost, and a fresh engine goes on'],
    ['memoryIsFlat', 'keeps its GPU bytes flat through removals and growth, and gives all back'],
    ['outOfMemory', 'leaves the run as it was where growth finds no memory'],
    ['manyModels', 'trains 64 networks of 784-512-512-10 on a device with default limits'],
  ];
  for (const [name, title] of checks)
    test(title, async ({ page }) => {
      test.setTimeout(240_000);
      expect(await page.evaluate((check) => window.compiled.check(check), name)).toEqual([]);
    });
});

test('kernels follow from the registry: activations that the lab does not have train as float64 says', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const registry = { 'src/activations/registry.ts': 'e2e/pages/registryWithNew.ts' };
  await openBundle(page, await bundleEntry('e2e/pages/newActivations.ts', registry));
  await page.waitForFunction(() => 'newActivations' in window);
  const names = await page.evaluate(() => window.newActivations.names());
  for (const [index, name] of names.entries())
    expect(await page.evaluate((i) => window.newActivations.check(i), index), name).toEqual([]);
});
