/** Where the bench runs: in a page of a headless browser, or in this process. */
import { chromium } from '@playwright/test';
import { bundleEntry, openBundle } from '../src/cli/browser/inMemory';
import { findChromium } from '../src/cli/browser/chromium';
import { errorMessage } from '../src/base/errorMessage';
import type { Bench } from './bench';
import type { EngineName } from './problem';

/** The bench, called from outside: every answer comes later. */
type RemoteBench = {
  [K in keyof Bench]: (...args: Parameters<Bench[K]>) => Promise<Awaited<ReturnType<Bench[K]>>>;
};

export interface BenchHost {
  bench: RemoteBench;
  /** Engines that are to be had there; null for all of them. */
  engines: readonly EngineName[] | null;
  close: () => Promise<void>;
}

const FLAGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** A page with the bench in a headless browser, on the machine's GPU or on an emulated one. */
export async function browserHost(gpu: boolean): Promise<BenchHost> {
  const bundle = await bundleEntry('bench/page.ts');
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...FLAGS, ...(gpu ? [] : ['--use-webgpu-adapter=swiftshader'])],
  });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await openBundle(page, bundle);
  await page.waitForFunction(() => 'bench' in window);
  return {
    bench: {
      probe: () => page.evaluate(() => window.bench.probe()),
      open: (...args) => page.evaluate((all) => window.bench.open(...all), args),
      peak: () => page.evaluate(() => window.bench.peak()),
      flops: (...args) => page.evaluate((all) => window.bench.flops(...all), args),
      round: (...args) => page.evaluate((all) => window.bench.round(...all), args),
      clear: () => page.evaluate(() => window.bench.clear()),
    },
    engines: null,
    close: () => browser.close(),
  };
}

/** The bench in this process, with the engines that need no browser; without the WebGPU engine, in words, where Node has none here. */
export async function nativeHost(): Promise<BenchHost> {
  const { provideWebGpu } = await import('../src/cli/experiments/nodeWebGpu');
  const remove = await provideWebGpu().catch((error: unknown) => {
    console.log(`${errorMessage(error)}\nMeasuring the WebAssembly engine alone.\n`);
    return null;
  });
  const [{ makeBench }, { closeCompiled, compiled, compiledWasm }] = await Promise.all([
    import('./bench'),
    import('./contestants/parsimony'),
  ]);
  const bench = makeBench({
    ...(remove && { 'parsimony-webgpu': compiled }),
    'parsimony-wasm': compiledWasm,
  });
  return {
    bench: {
      ...bench,
      flops: (index) => Promise.resolve(bench.flops(index)),
      clear: () => {
        bench.clear();
        return Promise.resolve();
      },
    },
    engines: [...(remove ? (['parsimony-webgpu'] as const) : []), 'parsimony-wasm'],
    close: async () => {
      await closeCompiled();
      remove?.();
    },
  };
}
