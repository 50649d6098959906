import { expect, test } from '@playwright/test';
import { openLab, read } from '../support/lab';

const SECONDS = 60;

test('a minute of training: long tasks of the main thread are counted, charts look at most 8 times a second', async ({
  page,
}) => {
  // Another seed than the first visit's: that one rests at step 600.
  await openLab(page, 'parsimony-wasm', 'seed=8');
  const counted = await page.evaluate(async (seconds) => {
    let tasks = 0;
    let longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        tasks++;
        longest = Math.max(longest, entry.duration);
      }
    }).observe({ type: 'longtask' });
    const { lab } = window.parsimony;
    lab.getState().setPace('fast');
    lab.getState().play();
    const before = lab.getState().historyVersion;
    const started = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
    const elapsed = (performance.now() - started) / 1000;
    return {
      tasks,
      longest,
      looks: lab.getState().historyVersion - before,
      elapsed,
      step: lab.getState().run.step,
    };
  }, SECONDS);
  console.log(
    `${counted.step} steps in ${counted.elapsed.toFixed(0)} s: ${counted.tasks} main-thread tasks over 50 ms (longest ${counted.longest.toFixed(0)} ms), ${(counted.looks / counted.elapsed).toFixed(1)} chart looks a second`,
  );
  expect(counted.looks).toBeLessThanOrEqual(8 * counted.elapsed + 1);
  expect(await read(page, (lab) => lab.problems.length)).toBe(0);
});
