import { expect, test, type Page } from '@playwright/test';
import { countBytes } from '../pages/countBytes';
import { openLab, read, train } from '../support/lab';

const CHUNK = 500;
const CHUNKS = 10;

/** Counts the bytes of GPU buffers in the page's workers from here on; says how many more there are than at first. */
async function gpuBytes(page: Page): Promise<() => Promise<number>> {
  const workers = page.workers();
  for (const worker of workers)
    await worker.evaluate(
      `globalThis.counter = 'GPUDevice' in globalThis ? (${countBytes.toString()})() : null`,
    );
  return async () => {
    const alive = workers.map((worker) => worker.evaluate<number>('globalThis.counter?.bytes() ?? 0'));
    return (await Promise.all(alive)).reduce((a, b) => a + b, 0);
  };
}

for (const engine of ['tfjs-wasm', 'parsimony-webgpu'] as const) {
  test(`memory is flat over 5,000 steps with removals and growth (${engine})`, async ({ page }) => {
    await openLab(page, engine, 'data=digits&hidden=16-16&batch=32&lr=0.005');
    const session = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
      return usedSize / 2 ** 20;
    };
    const bytes = await gpuBytes(page);
    const onGpu: number[] = [];
    const sizes: number[] = [];
    for (let k = 0; k < CHUNKS; k++) {
      await train(page, CHUNK);
      for (const kind of ['grow', 'remove'] as const) {
        const depth = await read(page, (lab) => lab.run.undoDepth);
        await page.evaluate(
          ([what, gesture]) =>
            window.parsimony.lab
              .getState()
              .operate(
                what === 'grow'
                  ? { kind: 'grow', layer: 0, count: 3, seed: 1 }
                  : { kind: 'remove', layer: 0, count: 3, where: 'exact' },
                gesture,
              ),
          [kind, 2 * k + (kind === 'grow' ? 0 : 1)] as const,
        );
        await page.waitForFunction((before) => window.parsimony.lab.getState().run.undoDepth > before, depth);
      }
      sizes.push(await heap());
      onGpu.push(await bytes());
    }
    console.log(
      `${engine}: page heap in MB after each 500 steps: ${sizes.map((s) => s.toFixed(1)).join(' ')}`,
    );
    console.log(`${engine}: GPU bytes since the start: ${onGpu.join(' ')}`);
    expect(await read(page, (lab) => lab.run.step)).toBe(CHUNK * CHUNKS);
    // The history itself grows by some 40 bytes a step and network.
    expect(sizes[CHUNKS - 1] - sizes[1]).toBeLessThan(12);
    // Widths come back to what they were; only read-back buffers of a size not met before may be added.
    if (engine === 'parsimony-webgpu') {
      expect(onGpu[0]).not.toBe(0);
      expect(onGpu[CHUNKS - 1] - onGpu[1]).toBeLessThan(2 ** 18);
    }
  });
}
