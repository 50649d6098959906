import { expect, test } from '@playwright/test';
import { openLab, read, train } from '../support/lab';

const CHUNK = 500;
const CHUNKS = 10;

for (const engine of ['tfjs-wasm', 'parsimony-webgpu'] as const) {
  test(`memory is flat over 5,000 steps with removals and growth (${engine})`, async ({ page }) => {
    await openLab(page, engine, 'data=digits&hidden=16-16&batch=32&lr=0.005');
    const session = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
      return usedSize / 2 ** 20;
    };
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
    }
    console.log(
      `${engine}: page heap in MB after each 500 steps: ${sizes.map((s) => s.toFixed(1)).join(' ')}`,
    );
    expect(await read(page, (lab) => lab.run.step)).toBe(CHUNK * CHUNKS);
    // The history itself grows by some 40 bytes a step and network.
    expect(sizes[CHUNKS - 1] - sizes[1]).toBeLessThan(12);
  });
}
