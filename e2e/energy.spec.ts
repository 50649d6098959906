import { expect, test } from '@playwright/test';
import { JOURNEY_ENGINE, openLab, read, train, watchConsole } from './support/lab';

const RELU = 'activation=relu&init=he&hidden=64-32&batch=64&lr=0.001&seed=1';

test('λ ramped on ReLU takes nine tenths of the energy for less than three points; λ = 10 kills, undo revives', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  await openLab(page, JOURNEY_ENGINE, RELU);
  await train(page, 200);
  const before = await read(page, (lab) => lab.evaluations.main?.energy ?? 0);
  for (let k = 1; k <= 5; k++) {
    await page.evaluate((value) => window.parsimony.lab.getState().control({ name: 'lambda', value }), k / 5);
    await train(page, 20);
  }
  await train(page, 300);
  await page.evaluate(() => window.parsimony.lab.getState().setTwin('lambda-zero'));
  await page.waitForFunction(() => {
    const { evaluations, run } = window.parsimony.lab.getState();
    return evaluations.twin?.step === run.step;
  });
  const after = await read(page, (lab) => ({
    main: lab.evaluations.main,
    twin: lab.evaluations.twin,
    step: lab.run.step,
  }));
  const energy = after.main?.energy ?? Infinity;
  console.log(
    `E before ${before}, after ${energy}, twin ${after.twin?.energy ?? NaN}; accuracy ${after.main?.accuracy ?? NaN}, twin ${after.twin?.accuracy ?? NaN}`,
  );
  expect(after.step).toBe(600);
  expect(energy).toBeLessThan(before / 10);
  expect(energy).toBeLessThan((after.twin?.energy ?? 0) / 10);
  expect(after.main?.accuracy).toBeGreaterThan((after.twin?.accuracy ?? 1) - 0.03);
  // Each change of λ left its mark with the true step.
  const pins = await read(page, (lab) => lab.pins.map(({ kind, step, label }) => ({ kind, step, label })));
  expect(pins.filter(({ kind }) => kind === 'lambda').length).toBeGreaterThan(0);
  expect(pins[0]).toMatchObject({ kind: 'lambda', step: 200 });

  // By hand, as a visitor: λ = 10 at a high learning rate switches whole layers off.
  await page.evaluate(() => window.parsimony.lab.getState().control({ name: 'learningRate', value: 0.03 }));
  const field = page
    .getByRole('textbox', { name: /λ/ })
    .or(page.getByRole('spinbutton', { name: /λ/ }))
    .first();
  await field.fill('10');
  await field.press('Enter');
  await page.waitForFunction(() => window.parsimony.lab.getState().configuration.lambda === 10);
  const off = (): Promise<boolean> =>
    read(page, (lab) =>
      (lab.evaluations.main?.unitMeanSquare ?? []).some((layer) => layer.every((h2) => h2 <= 1e-12)),
    );
  for (let k = 0; k < 10 && !(await off()); k++) await train(page, 100);
  expect(await off()).toBe(true);
  await expect(page.getByText(/this network is dead/i).first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(() => read(page, (lab) => lab.run.step)).toBe(600);
  await expect.poll(off).toBe(false);
  expect(await read(page, (lab) => lab.configuration.lambda)).toBe(1);
  expect(complaints).toEqual([]);
});
