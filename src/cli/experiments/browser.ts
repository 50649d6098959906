import { errorMessage } from '../../base/errorMessage';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { BUNDLE_URL, bundleEntry, openBundle } from '../browser/inMemory';
import { findChromium } from '../browser/chromium';
import type { Recipe, SizeName, Trial, TrialResult } from '../../experiments/types';
import { Failure } from '../failure';

const ROOT = resolve(import.meta.dirname, '../../..');
const FLAGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** A headless browser that has WebGPU: on the machine's GPU, else emulated on the CPU (results say which). */
async function withWebGpu(): Promise<Browser> {
  for (const more of [['--enable-features=Vulkan'], ['--use-webgpu-adapter=swiftshader']]) {
    const browser = await chromium.launch({ executablePath: findChromium(), args: [...FLAGS, ...more] });
    const page = await browser.newPage();
    // WebGPU wants a secure context; nothing listens there.
    await page.route(`${BUNDLE_URL}**`, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await page.goto(BUNDLE_URL);
    const there = await page.evaluate(
      async () => 'gpu' in navigator && (await navigator.gpu.requestAdapter()) !== null,
    );
    await page.close();
    if (there) return browser;
    await browser.close();
  }
  throw new Failure('The browser has no WebGPU here, neither on a GPU nor emulated. Use --engine wasm.');
}

/** Makes runs on the compiled engine in a headless Chromium, yielding each as it is finished. */
export async function* runInBrowser(
  recipe: Recipe,
  size: SizeName,
  trials: readonly Trial[],
): AsyncGenerator<TrialResult, void, undefined> {
  const bundle = await bundleEntry(join(ROOT, 'src/cli/experiments/page.ts'));
  const browser = await withWebGpu();
  try {
    const page = await browser.newPage();
    const waiting: TrialResult[] = [];
    let wake: () => void = () => undefined;
    await page.exposeFunction('finished', (result: TrialResult) => {
      waiting.push(result);
      wake();
    });
    await openBundle(page, bundle);
    await page.route(`${BUNDLE_URL}data/**`, async (route) => {
      const path = new URL(route.request().url()).pathname;
      await route.fulfill({ body: await readFile(join(ROOT, 'public', path)) });
    });
    await page.waitForFunction(() => 'makeRuns' in window);
    const state: { ended: boolean; fault: unknown } = { ended: false, fault: null };
    const work = page
      .evaluate(([id, at, all]) => window.makeRuns(id, at, all), [recipe.id, size, trials] as const)
      .then((complaints) => {
        if (complaints.length > 0) state.fault = new Error(complaints.join('; '));
      })
      .catch((error: unknown) => (state.fault = error))
      .finally(() => {
        state.ended = true;
        wake();
      });
    for (;;) {
      const next = waiting.shift();
      if (next) yield next;
      else if (state.ended) break;
      else await new Promise<void>((done) => (wake = done));
    }
    await work;
    if (state.fault !== null)
      throw new Failure(`The browser stopped: ${errorMessage(state.fault).split('\n')[0]}`, {
        cause: state.fault,
      });
  } finally {
    await browser.close();
  }
}
