import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { JOURNEY_ENGINE, openLab, read, ready, report, train, watchConsole } from './support/lab';

const SMALL = 'hidden=32-16&seed=3&lr=0.003';

test('trains, is reshaped without a trace, undone, exported, reloaded and continued', async ({ page }) => {
  const complaints = watchConsole(page);
  await openLab(page, JOURNEY_ENGINE, SMALL);
  await train(page, 150);
  const learned = await read(page, (lab) => ({
    accuracy: lab.evaluations.main?.accuracy ?? 0,
    n: lab.evaluations.main?.n,
    linear: lab.evaluations.baseline?.accuracy ?? 0,
    losses: [0, 1, 2, 3].map((row) => lab.history.tables.main.at(row, 0)),
  }));
  expect(learned.accuracy).toBeGreaterThan(0.65);
  expect(learned.n).toBe(1000);
  expect(learned.linear).toBeGreaterThan(0.65);
  // At the pause the number in the bar is that of all 10,000 test images.
  await page.waitForFunction(() => window.parsimony.lab.getState().fullEvaluations.main?.step === 150);
  const full = await read(page, (lab) => lab.fullEvaluations.main);
  expect(full?.n).toBe(10_000);
  await expect(page.getByTestId('accuracy')).toContainText((100 * (full?.accuracy ?? 0)).toFixed(1));

  // The control: elementwise tanh of the same start, trained on the same batches.
  await page.evaluate(() => window.parsimony.lab.getState().setTwin('tanh'));
  await page.waitForFunction(() => {
    const { evaluations, run } = window.parsimony.lab.getState();
    return evaluations.twin?.step === run.step;
  });

  // Half-way to the diagonal basis the network is a true network with the same function; the control is not.
  const t = 0.3 + 0.4 * Math.random();
  await page.evaluate((at) => {
    const lab = window.parsimony.lab.getState();
    lab.openPath({ kind: 'left', layer: 0 });
    lab.pathAt(at);
  }, t);
  await page.waitForFunction((at) => window.parsimony.lab.getState().frame?.t === at, t);
  const frame = await read(page, (lab) => lab.frame);
  console.log(`t = ${t}: ${JSON.stringify(frame)}`);
  expect(frame?.orthogonality).toBeLessThan(1e-12);
  expect(frame?.residual).toBeLessThan(1e-3);
  expect(frame?.accuracy).toBe(learned.accuracy);
  expect(frame?.twin?.residual).toBeGreaterThan(1e-2);
  await expect(page.getByTestId('path-chip')).toBeVisible();
  await page.evaluate(() => window.parsimony.lab.getState().endPath(false));
  await page.waitForFunction(() => window.parsimony.lab.getState().frame === null);

  const turned = await report(page, 'left', () =>
    page
      .getByRole('button', { name: /^Diagonalise/ })
      .first()
      .click(),
  );
  expect(turned.maxAbsLogit).toBeLessThan(1e-9);
  expect(turned.accuracyPoints).toBe(0);
  await expect
    .poll(() => read(page, (lab) => lab.frame === null && lab.evaluations.main?.accuracy))
    .toBe(learned.accuracy);

  await page.getByLabel('Neurons at once').fill('5');
  await page.keyboard.press('Enter');
  const grown = await report(page, 'grow', () => page.getByRole('button', { name: /^Grow/ }).click());
  expect(grown.maxAbsLogit).toBeLessThan(1e-9);
  expect(grown.widthsAfter).toEqual([784, 37, 16, 10]);
  const removed = await report(page, 'remove', () => page.getByRole('button', { name: /^Remove/ }).click());
  expect(removed.widthsAfter).toEqual([784, 32, 16, 10]);
  expect(removed.sigmaRemoved).toHaveLength(5);
  expect(removed.maxAbsLogit).toBeLessThan(1e-9);
  expect(removed.parametersAfter).toBeLessThan(removed.parametersBefore);
  await expect(page.getByText(/Function unchanged/).first()).toBeVisible();

  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(() => read(page, (lab) => lab.snapshots.main?.spec.hidden[0].width)).toBe(37);
  await expect.poll(() => read(page, (lab) => lab.run.step)).toBe(150);

  // Export and read back: the very numbers of the history.
  await page
    .getByTestId(/^chart-menu/)
    .first()
    .click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^CSV/ }).click(),
  ]);
  const csv = readFileSync(await download.path(), 'utf8');
  const accuracies = csv.split('\n').filter((line) => /accuracy/i.test(line) && line.includes('150'));
  expect(accuracies.length).toBeGreaterThan(0);
  expect(csv).toContain(String(learned.accuracy));
  await page.keyboard.press('Escape');

  // The address carries the configuration; a stored run is offered and goes on.
  const before = await read(page, (lab) => lab.configuration);
  await page.evaluate(() => window.parsimony.lab.getState().pause());
  await page.waitForFunction(() => window.parsimony.lab.getState().savedStep === 150);
  await page.reload();
  await ready(page);
  expect(await read(page, (lab) => lab.configuration)).toEqual(before);
  await page.getByRole('button', { name: /Continue/ }).click();
  await page.waitForFunction(() => window.parsimony.lab.getState().run.step === 150);
  await ready(page);
  await train(page, 5);
  expect(await read(page, (lab) => lab.run.step)).toBe(155);
  expect(await read(page, (lab) => lab.evaluations.main?.accuracy ?? 0)).toBeGreaterThan(0.65);
  expect(await read(page, (lab) => lab.history.tables.main.rows)).toBe(155);

  // Reset means the same start: the same first losses on the same engine.
  await page.evaluate(() => window.parsimony.lab.getState().reset());
  await page.waitForFunction(() => {
    const { run, running } = window.parsimony.lab.getState();
    return running !== null && run.step === 0 && run.status === 'paused';
  });
  await train(page, 4);
  expect(await read(page, (lab) => [0, 1, 2, 3].map((row) => lab.history.tables.main.at(row, 0)))).toEqual(
    learned.losses,
  );
  expect(complaints).toEqual([]);
});
