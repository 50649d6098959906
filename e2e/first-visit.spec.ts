import { expect, test } from '@playwright/test';
import { ENGINE_LABELS, reach, read, ready, watchConsole } from './support/lab';

test('the first visit: it trains by itself, nine bars rise, it rests, and the coach leads to the cliff', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  const started = Date.now();
  await page.goto('./?v=1&engine=parsimony-wasm');
  // Before engine and data: the real initial network, drawn from its seed.
  await expect(page.getByTestId('stage')).toBeVisible();
  expect(await read(page, (lab) => lab.snapshots.main?.spec.hidden[0].width)).toBe(128);
  // Noted in the page itself: a slow machine would look too late from here.
  const firstPace = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const { lab } = window.parsimony;
        const stop = lab.subscribe(({ run }) => {
          if (run.step === 0) return;
          stop();
          resolve(run.pace);
        });
      }),
  );
  await reach(page, 1);
  console.log(`first step after ${Date.now() - started} ms`);
  await expect(page.getByTestId('engine')).toContainText(ENGINE_LABELS['parsimony-wasm']);
  expect(await firstPace).toBe('watch');

  await page.waitForFunction(() => (window.parsimony.lab.getState().sigma?.step ?? 0) >= 190);
  const sigma = await read(page, (lab) => ({
    step: lab.sigma?.step ?? 0,
    top: [...(lab.sigma?.layers[0].slice(0, 10) ?? [])],
  }));
  console.log(`σ at step ${sigma.step}: ${sigma.top.map((s) => s.toFixed(2)).join(' ')}`);
  expect(sigma.top[8]).toBeGreaterThan(1.2);
  expect(sigma.top[9]).toBeLessThan(1.2);
  expect(await read(page, (lab) => lab.run.pace)).toBe('fast');

  await page.waitForFunction(() => window.parsimony.lab.getState().run.status === 'resting');
  expect(await read(page, (lab) => lab.run.step)).toBe(600);
  await expect(page.getByText(/nine bars/)).toBeVisible();
  const rested = await read(page, (lab) => lab.evaluations.main?.accuracy ?? 0);

  // The coach advances on action.
  await page
    .getByRole('region', { name: /coach/i })
    .or(page.getByTestId('coach'))
    .getByRole('button', { name: 'Diagonalise' })
    .click();
  await page.waitForFunction(
    () => window.parsimony.lab.getState().lastReport?.report.operation.kind === 'left',
  );
  await expect(page.getByText(/Hold − until the accuracy falls/)).toBeVisible();
  await page.waitForFunction(() => window.parsimony.lab.getState().frame === null);

  // A hundred at once leaves the line flat; holding − from there finds the cliff.
  await page.getByLabel('Neurons at once').fill('108');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Remove/ }).click();
  await page.waitForFunction(
    () => window.parsimony.lab.getState().snapshots.main?.spec.hidden[0].width === 20,
  );
  await expect.poll(() => read(page, (lab) => lab.lastReport?.report.operation.kind)).toBe('remove');
  const flat = await read(page, (lab) => lab.evaluations.main?.accuracy ?? 0);
  expect(flat).toBeGreaterThan(rested - 0.02);
  await page.getByLabel('Neurons at once').fill('1');
  await page.keyboard.press('Enter');
  const minus = page.getByRole('button', { name: /^Remove/ });
  await minus.hover();
  await page.mouse.down();
  await page.waitForFunction(
    () => (window.parsimony.lab.getState().snapshots.main?.spec.hidden[0].width ?? 99) <= 4,
  );
  await page.mouse.up();
  await expect(page.getByText(/There is the cliff/)).toBeVisible();
  await expect.poll(() => read(page, (lab) => lab.evaluations.main?.accuracy ?? 1)).toBeLessThan(flat - 0.1);
  const trace = await read(page, (lab) => lab.pins.map((pin) => pin.label));
  console.log(`rested ${rested}, at 20 units ${flat}; pins ${trace.join(' · ')}`);

  // The lens has drawn what the hold went through: a flat line, then the cliff.
  const units = await read(page, (lab) => lab.history.units.map((point) => [point.units, point.accuracy]));
  expect(units[0][0]).toBe(128);
  expect(units.at(-1)?.[0]).toBeLessThanOrEqual(4);
  await expect(page.getByTestId('units-left')).toBeVisible();

  // σ is told for every unit that is left, also where the next layer is now wider than its input.
  await expect
    .poll(() => read(page, (lab) => lab.sigma?.layers.map((sigma) => sigma.length)))
    .toEqual(await read(page, (lab) => lab.snapshots.main?.spec.hidden.map((layer) => layer.width)));

  // One undo takes back the whole hold.
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(() => read(page, (lab) => lab.snapshots.main?.spec.hidden[0].width)).toBe(20);
  expect(complaints).toEqual([]);
});

test('a link opens paused, with its set-up; nonsense in it is named and never a crash', async ({ page }) => {
  await page.goto('./?v=99&engine=parsimony-wasm&data=digits&hidden=16-5000&lambda=1e9&nonsense=1');
  await ready(page);
  expect(await read(page, (lab) => lab.run.status)).toBe('paused');
  expect(await read(page, (lab) => lab.configuration.hidden)).toEqual([16, 1024]);
  expect(await read(page, (lab) => lab.configuration.lambda)).toBe(1e4);
  await expect(page.getByText(/not a setting of this lab/)).toBeVisible();
});
