import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { openLab, read, train, watchConsole } from './support/lab';

/** What a network says on the fixed test images, and its weights: equal numbers, equal network. */
const looks = (page: Page) =>
  read(page, (lab) => ({
    weights: lab.snapshots.main?.weights.map((w) => [...w]),
    biases: lab.snapshots.main?.biases.map((b) => [...b]),
    psi: lab.snapshots.main?.psi.map((p) => [...p]),
    o: [...(lab.snapshots.main?.o ?? [])],
    modes: lab.snapshots.main?.spec.hidden,
    loss: lab.evaluations.main?.loss,
    energy: lab.evaluations.main?.layerEnergy,
    accuracy: lab.evaluations.main?.accuracy,
  }));

/** Waits for a run of so many units in its first hidden layer that stands paused at step 0. */
async function restarted(page: Page, width: number): Promise<void> {
  await page.waitForFunction((units) => {
    const { running, run, evaluations, snapshots } = window.parsimony.lab.getState();
    const there = snapshots.main?.spec.hidden[0].width === units && evaluations.main?.step === 0;
    return running !== null && run.status === 'paused' && run.step === 0 && there;
  }, width);
}

async function importByMenu(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: /Import a network/ }).click(),
  ]);
  await chooser.setFiles(path);
}

test('a trained network goes out as a file and comes back the same; a broken file changes nothing', async ({
  page,
}, info) => {
  const complaints = watchConsole(page);
  await openLab(page, 'tfjs-wasm', 'data=digits&hidden=16-16&batch=32&lr=0.01&seed=5');
  await train(page, 40);
  const trained = await looks(page);
  expect(trained.accuracy).toBeGreaterThan(0.3);

  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /Network as/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('parsimony_digits_seed5_step40_network.safetensors');
  const path = info.outputPath('net.safetensors');
  await download.saveAs(path);

  // Another structure meanwhile: the file brings its own.
  await page.evaluate(() => window.parsimony.lab.getState().change({ hidden: [12], oMode: 'off' }));
  await restarted(page, 12);
  await importByMenu(page, path);
  await restarted(page, 16);
  expect(await looks(page)).toEqual(trained);
  await expect(page.getByText(/starts from the weights of 64→16→16→10 at step 40/)).toBeVisible();
  expect(await read(page, (lab) => [lab.configuration.hidden, lab.configuration.oMode])).toEqual([
    [16, 16],
    'trained',
  ]);
  expect(await read(page, (lab) => lab.pins.map((pin) => pin.label))).toEqual(['Imported weights']);

  // It trains on, is undone, and Reset is the imported start.
  await train(page, 3);
  expect((await looks(page)).loss).not.toBe(trained.loss);
  await page.evaluate(() => window.parsimony.lab.getState().reset());
  await restarted(page, 16);
  expect(await looks(page)).toEqual(trained);

  // A truncated file, dropped on the page: a message, and nothing else.
  const bytes = readFileSync(path);
  const broken = info.outputPath('broken.safetensors');
  writeFileSync(broken, bytes.subarray(0, bytes.length - 100));
  const run = await read(page, (lab) => [lab.run.status, lab.configuration]);
  const transfer = await page.evaluateHandle(
    (content) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(content)], 'broken.safetensors'));
      return data;
    },
    [...readFileSync(broken)],
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  await expect(page.getByText(/broken.safetensors was not taken over/)).toBeVisible();
  await expect(page.getByText(/out of range.*may be truncated.*Nothing was changed/)).toBeVisible();
  expect(await looks(page)).toEqual(trained);
  expect(await read(page, (lab) => [lab.run.status, lab.configuration])).toEqual(run);

  // A new seed leaves it.
  await page.evaluate(() => window.parsimony.lab.getState().newSeed());
  await page.waitForFunction(() => window.parsimony.lab.getState().given === null);
  await restarted(page, 16);
  expect((await looks(page)).weights).not.toEqual(trained.weights);
  expect(complaints).toEqual([]);
});
