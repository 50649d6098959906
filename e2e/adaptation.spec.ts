import { expect, test } from '@playwright/test';
import { JOURNEY_ENGINE, openLab, read, train, watchConsole } from './support/lab';

/** The three tasks, with shorter phases: S = 4, θ = 1.05, every 20 steps, lr 3e-3. */
const ADAPTING =
  'data=tasks&tasks=0&hidden=40-40&lr=0.003&adapt=true&scaffold=4&theta=1.05&adapt-every=20&seed=7';
const STEPS = 240;

test('a network thins, grows with a task and sheds what a dropped task leaves; masked, it keeps it', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  await openLab(page, JOURNEY_ENGINE, ADAPTING);
  await page.evaluate(() => window.parsimony.lab.getState().setTwin('fixed-width'));
  const switchTo = (tasks: number[]) =>
    page.evaluate((value) => window.parsimony.lab.getState().control({ name: 'tasks', value }), tasks);
  const now = async () => {
    const state = await read(page, ({ snapshots: { main, twin }, evaluations, run }) => ({
      step: run.step,
      sizes: main && [main.spec.inputs, ...main.spec.hidden.map((h) => h.width), main.spec.outputs],
      twin: twin && [twin.spec.inputs, ...twin.spec.hidden.map((h) => h.width), twin.spec.outputs],
      accuracy: evaluations.main?.taskAccuracy ?? [],
    }));
    console.log(JSON.stringify(state));
    const [inputs, first, second, outputs] = state.sizes ?? [];
    return { ...state, inputs, first, second, outputs };
  };

  await train(page, STEPS);
  const thin = await now();
  expect(thin.first).toBeLessThan(24);
  expect(thin.second).toBeLessThan(24);

  await switchTo([0, 1]);
  await train(page, STEPS);
  const two = await now();
  expect([two.inputs, two.outputs]).toEqual([2 * 784, 20]);
  expect(two.first).toBeGreaterThan(thin.first + 4);
  for (const accuracy of two.accuracy.slice(0, 2)) expect(accuracy).toBeGreaterThan(0.7);

  // The task goes with its blocks: what only served it goes too.
  await switchTo([0]);
  await train(page, STEPS);
  const dropped = await now();
  expect([dropped.inputs, dropped.outputs]).toEqual([784, 10]);
  expect(dropped.first).toBeLessThan(two.first - 4);

  // The contrast: the same switch with the task only masked sheds nothing from the first layer.
  await page.evaluate(() => window.parsimony.lab.getState().undo());
  await page.waitForFunction((step) => {
    const { run, snapshots } = window.parsimony.lab.getState();
    return run.step === step && snapshots.main?.step === step;
  }, two.step);
  expect((await now()).sizes).toEqual(two.sizes);
  await page.evaluate(() => window.parsimony.lab.getState().control({ name: 'taskBlocks', value: 'mask' }));
  await switchTo([0]);
  await train(page, STEPS);
  const masked = await now();
  expect([masked.inputs, masked.outputs]).toEqual([2 * 784, 20]);
  expect(masked.first).toBeGreaterThanOrEqual(two.first - 2);

  // The twin of fixed width has done neither, with the same blocks.
  for (const moment of [thin, two, dropped, masked])
    expect(moment.twin).toEqual([moment.inputs, 40, 40, moment.outputs]);
  // Each change is on the timeline with the σ that decided it.
  const decisions = await read(page, (lab) => lab.pins.flatMap((pin) => pin.decisions ?? []));
  expect(decisions.length).toBeGreaterThan(3);
  for (const decision of decisions) expect(decision.sigmas.length).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});
