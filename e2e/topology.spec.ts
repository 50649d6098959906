import { expect, test } from '@playwright/test';
import { openLab, read, train, watchConsole } from './support/lab';

const NET = 'data=digits&hidden=16-12&batch=32&lr=0.01&seed=5';

test('rotation dial side by side: the isotropic logits stand still while the tanh twin’s accuracy moves', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  await openLab(page, 'parsimony-wasm', NET);
  await page.evaluate(() => window.parsimony.lab.getState().setTwin('tanh'));
  await train(page, 120);
  await page.waitForFunction(() => {
    const { evaluations, run } = window.parsimony.lab.getState();
    return evaluations.twin?.step === run.step;
  });
  const before = await read(page, (lab) => lab.evaluations.twin?.accuracy ?? NaN);
  const own = await read(page, (lab) => lab.evaluations.main?.accuracy ?? NaN);
  await page.evaluate(() => window.parsimony.lab.getState().openPath({ kind: 'rotate', layer: 0, seed: 3 }));
  await page.waitForFunction(() => window.parsimony.lab.getState().frame !== null);
  let farthest = 0;
  for (const t of [0.25, 0.5, 0.75, 1]) {
    await page.evaluate((at) => window.parsimony.lab.getState().pathAt(at), t);
    await page.waitForFunction(
      (at) => Math.abs((window.parsimony.lab.getState().frame?.t ?? -1) - at) < 1e-6,
      t,
    );
    const frame = await read(page, (lab) => lab.frame);
    expect(frame?.residual).toBeLessThan(1e-3);
    expect(frame?.accuracy).toBeCloseTo(own, 2);
    farthest = Math.max(farthest, Math.abs((frame?.twin?.accuracy ?? before) - before));
  }
  expect(farthest).toBeGreaterThan(0.02);
  await expect(page.getByTestId('twin-strip')).toContainText('max Δlogit');
  expect(complaints).toEqual([]);
});

test('the error law on a trained network: slope 1 for o and ψ, and a unit under inspection', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  await openLab(page, 'parsimony-wasm', NET);
  await train(page, 120);
  await page.getByRole('tab', { name: 'Spectrum' }).click();
  await page.getByText('Error law', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Bias given to the unit' }).fill('0.5');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Measure', exact: true }).click();
  const slope = page.getByTestId('law-slope');
  await expect(slope).toBeVisible();
  expect(Math.abs(Number((await slope.innerText()).replace(/[^\d.−-]/g, '')) - 1)).toBeLessThan(0.1);
  await expect(page.getByTestId('law-measure')).toContainText('your network as it is');
  await train(page, 1);
  await expect(page.getByTestId('law-measure')).toContainText('moved on');

  await page.keyboard.press('i');
  const inspector = page.getByTestId('inspector');
  await expect(inspector.getByTestId('unit-sigma')).toBeVisible();
  const largest = await read(page, (lab) => lab.sigma?.layers[0][0] ?? NaN);
  const shown = Number(await inspector.getByTestId('unit-sigma').innerText());
  expect(Math.abs(shown - largest)).toBeLessThan(0.01 * largest);
  await page.keyboard.press('ArrowRight');
  await expect(inspector).toHaveAccessibleName('Inspector: Unit 2 of layer 1');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: 'Spectrum' })).toBeVisible();
  expect(complaints).toEqual([]);
});
