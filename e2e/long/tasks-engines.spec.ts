import { expect, test } from '@playwright/test';
import { ENGINE_LABELS, type PinnedEngine, openLab, read, train, watchConsole } from '../support/lab';

const TASKS = 'data=tasks&tasks=0,2&hidden=24-16&batch=32&lr=0.003&seed=3';

test('in the middle of tasks the run moves between wasm and the compiled engine, loses its device, and is undone', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  await openLab(page, 'parsimony-wasm', TASKS);
  await page.evaluate(() => window.parsimony.lab.getState().setTwin('fixed-width'));
  const answers = () =>
    read(page, ({ evaluations: { main, twin, baseline }, snapshots, run }) => ({
      step: run.step,
      accuracy: [main, twin, baseline].map((point) => point?.taskAccuracy ?? []),
      blocks: [snapshots.main, snapshots.twin].map((shot) => shot?.spec.blocks),
    }));
  /** Moves to an engine and waits until the networks have been looked at there. */
  const moveTo = async (engine: PinnedEngine): Promise<void> => {
    await page.evaluate((id) => window.parsimony.lab.getState().setEngine(id), engine);
    await expect(page.getByTestId('engine')).toContainText(ENGINE_LABELS[engine]);
  };
  const switchTo = async (tasks: number[]): Promise<void> => {
    await page.evaluate((value) => window.parsimony.lab.getState().control({ name: 'tasks', value }), tasks);
    await page.waitForFunction((wanted) => {
      const { main, twin } = window.parsimony.lab.getState().snapshots;
      return [main, twin].every((shot) => shot?.spec.blocks?.length === wanted);
    }, tasks.length);
  };

  await train(page, 40);
  await switchTo([0, 1, 2]);
  await train(page, 40);
  const before = await answers();
  expect(before.blocks).toEqual([
    [0, 2, 1],
    [0, 2, 1],
  ]);

  // The block in the middle goes on the compiled engine: the other tasks answer as they did on wasm.
  await moveTo('parsimony-webgpu');
  await switchTo([0, 1]);
  const there = await answers();
  expect(there.blocks).toEqual([
    [0, 1],
    [0, 1],
  ]);
  there.accuracy.forEach((tasks, r) => {
    // float32 sums in another order: an image of 1,000 on the edge may fall the other way.
    for (const task of [0, 1])
      expect(Math.abs((tasks[task] ?? 1) - (before.accuracy[r][task] ?? 0))).toBeLessThan(0.01);
    expect(tasks[2]).toBeNull();
  });
  await train(page, 20);
  const trained = await answers();

  await page.evaluate(() => window.parsimony.lab.getState().loseDevice());
  await page.waitForFunction(() =>
    window.parsimony.lab
      .getState()
      .problems.some(({ title }) => title === 'The GPU was lost and found again'),
  );
  await page.waitForFunction(() => window.parsimony.lab.getState().run.status === 'paused');
  expect((await answers()).blocks).toEqual(trained.blocks);
  await moveTo('parsimony-wasm');
  await train(page, 5);
  expect((await answers()).step).toBe(105);

  // One switch is one step back, on whatever engine it was made.
  await page.evaluate(() => window.parsimony.lab.getState().undo());
  await page.waitForFunction(() => window.parsimony.lab.getState().run.step === 80);
  await expect.poll(async () => (await answers()).blocks).toEqual(before.blocks);
  expect(
    complaints.filter((line) => !/powerPreference|WebGPU is experimental|external Instance/i.test(line)),
  ).toEqual([]);
});
