import { expect, test, type Page } from '@playwright/test';
import { openLab, read, ready, train, watchConsole } from './support/lab';

const STEPS = 24;

/** Trains a few dozen steps and says how the loss on the fixed test images went. */
async function learns(page: Page): Promise<void> {
  const before = await read(page, (lab) => lab.evaluations.main?.loss ?? NaN);
  await train(page, STEPS);
  const after = await read(page, (lab) => lab.evaluations.main?.loss ?? NaN);
  expect(after).toBeLessThan(0.9 * before);
}

/** Starts a preset by the search and waits for its run. */
async function preset(page: Page, name: string, architecture: string): Promise<void> {
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Search controls and concepts' }).fill(name);
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (id) => window.parsimony.lab.getState().running?.architecture === id,
    architecture,
  );
  await ready(page);
  await page.waitForFunction(() => window.parsimony.lab.getState().evaluations.main?.step === 0);
}

const chip = (page: Page) => page.getByRole('button', { name: /^Set-up: / });
const setUp = (page: Page) => page.getByRole('dialog', { name: 'Set-up' });

test('every architecture of the energy paper trains, says what it is, and refuses in words', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  await openLab(page, 'parsimony-wasm', 'activation=relu&init=he&lr=0.001&batch=64');
  await expect(chip(page)).toContainText('784→128→64→10');
  await learns(page);

  // Two kinds of paths: surgery keeps off them, and says so, with a way out.
  await preset(page, 'BimodalTrue', 'bimodal');
  await expect(chip(page)).toContainText('784→128+64→64+32→10');
  await learns(page);
  const basis = page.getByRole('region', { name: 'Basis' });
  await expect(basis).toContainText(/Hidden layer 1 is divided into parallel paths/);
  await expect(basis.getByRole('button', { name: 'Diagonalise' })).toBeDisabled();
  await expect(
    page.getByLabel(/^Twin: the control/).getByRole('option', { name: 'Twin: tanh' }),
  ).toBeDisabled();
  await chip(page).click();
  // 785·(128 + 64) + 129·64 + 65·32 + 97·10, and the same without the biases.
  await expect(setUp(page).getByTestId('parameters')).toHaveText('162,026');
  await expect(setUp(page).getByTestId('multiplies')).toHaveText('161,728');
  const glia = setUp(page).locator('[data-control="setup-gliaRatio"]').getByRole('textbox');
  await glia.fill('0.25');
  await glia.press('Enter');
  await expect(chip(page)).toContainText('784→128+32→64+16→10');
  // The size of the MLP of the first visit, on the same data.
  await setUp(page).getByRole('button', { name: 'Match (restarts)' }).click();
  await expect(setUp(page).getByTestId('match')).toContainText(/there 109,386: (equal|[+−]\d{1,3} )/);
  await page.keyboard.press('Escape');
  await ready(page);

  // μ moves while it learns, and the network with it.
  await preset(page, 'Physics-Lagrangian', 'lagrangian');
  await expect(chip(page)).toContainText('784→3×128→64→10');
  await learns(page);
  const before = await read(page, (lab) => lab.evaluations.main?.loss);
  await chip(page).click();
  const mu = setUp(page).locator('[data-control="setup-mu"]').getByRole('textbox');
  await mu.fill('-2');
  await mu.press('Enter');
  await page.waitForFunction(
    (loss) => window.parsimony.lab.getState().evaluations.main?.loss !== loss,
    before,
  );
  await expect
    .poll(() => read(page, (lab) => [lab.run.step, lab.snapshots.main?.spec.hidden[0].merge]))
    .toEqual([STEPS, { kind: 'add', coefficients: [1, -1, -2] }]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await page.waitForFunction(
    (loss) => window.parsimony.lab.getState().evaluations.main?.loss === loss,
    before,
  );
  expect(await read(page, (lab) => lab.configuration.mu)).toBe(1);

  // Convolutions, and the focus on each stage and the dense layer above.
  await preset(page, 'CNN', 'cnn');
  await expect(chip(page)).toContainText('784→8@14×14→16@7×7→64→10');
  await learns(page);
  await expect(basis).toContainText(/Hidden layer 1 is a convolution/);
  await page.keyboard.press('3');
  await expect(page.getByText('Layer 3 of 3')).toBeVisible();
  await expect(basis.getByRole('button', { name: 'Diagonalise' })).toBeEnabled();
  await page.keyboard.press('1');
  await basis.getByRole('button', { name: 'Choose MLP (restarts)' }).click();
  await page.waitForFunction(() => window.parsimony.lab.getState().running?.architecture === 'mlp');

  // Where the data do not fit, a sentence, and a start again when they do.
  await page.evaluate(() => window.parsimony.lab.getState().change({ architecture: 'cnn', data: 'spirals' }));
  await expect(page.getByText(/A CNN needs pictures or event frames/).first()).toBeVisible();
  expect(complaints).toEqual([]);
});
