import { expect, test, type Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { openLab, read, ready, train, watchConsole } from './support/lab';

/** Drops files on the page, as a hand would. */
async function drop(page: Page, files: Record<string, Uint8Array>): Promise<void> {
  const content = Object.entries(files).map(([name, bytes]) => [name, [...bytes]] as const);
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const [name, bytes] of list) data.items.add(new File([Uint8Array.from(bytes)], name));
    return data;
  }, content);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

/** PNGs of two classes, drawn by the browser: red with a bright top, blue with a bright foot. */
async function pictures(page: Page): Promise<Record<string, Uint8Array>> {
  const drawn = await page.evaluate(async () => {
    const all: [string, number[]][] = [];
    for (let i = 0; i < 48; i++) {
      const canvas = new OffscreenCanvas(8, 8);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      const first = i % 2 === 0;
      context.fillStyle = first ? `rgb(${200 + i}, 20, 30)` : `rgb(20, 30, ${200 + i})`;
      context.fillRect(0, 0, 8, 8);
      context.fillStyle = '#fff';
      context.fillRect(0, first ? 0 : 5, 8, 3);
      const blob = await canvas.convertToBlob({ type: 'image/png' });
      all.push([`${first ? 'red' : 'blue'}/${i}.png`, [...new Uint8Array(await blob.arrayBuffer())]]);
    }
    return all;
  });
  return Object.fromEntries(drawn.map(([name, bytes]) => [name, Uint8Array.from(bytes)]));
}

/** The size an entry declares in the table of contents, made a lie. */
function lying(zip: Uint8Array): Uint8Array {
  const bytes = Buffer.from(zip);
  const at = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  bytes.writeUInt32LE(3_000_000_000, at + 24);
  return bytes;
}

/** Four arrays as numpy.savez names them where it is given none. */
function arrays(): Uint8Array {
  const floats = (n: number): Uint8Array =>
    new Uint8Array(Float64Array.from({ length: n }, (_, i) => Math.sin(i)).buffer);
  const ones = (n: number): Uint8Array => Uint8Array.from({ length: n }, (_, i) => i % 2);
  const npy = (descr: string, shape: string, body: Uint8Array): Uint8Array => {
    const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n';
    return Uint8Array.from([
      0x93,
      ...new TextEncoder().encode('NUMPY'),
      1,
      0,
      header.length,
      0,
      ...new TextEncoder().encode(header),
      ...body,
    ]);
  };
  const [X, y] = [npy('<f8', '(40, 2)', floats(80)), npy('|u1', '(40,)', ones(40))];
  return zipSync({ 'arr_0.npy': X, 'arr_1.npy': y, 'arr_2.npy': X, 'arr_3.npy': y });
}

const table = ['width,height,note,kind']
  .concat(
    Array.from({ length: 90 }, (_, i) => {
      const tall = i % 3 === 0;
      return `${(i * 7) % 11},${tall ? 20 + (i % 5) : i % 5},n${i % 4},${tall ? 'tall' : 'short'}`;
    }),
    '1,,x,tall',
  )
  .join('\n');

test('own data are dropped, looked at, trained on and kept; a hostile archive changes nothing', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  const asked: string[] = [];
  await openLab(page, 'parsimony-wasm', 'data=own&hidden=12-8&batch=16&lr=0.02&activation=relu');
  // A link to data that are not here: said, and the default data instead.
  await expect(page.getByText(/data that its author had on their own computer/)).toBeVisible();
  expect(await read(page, (lab) => lab.configuration.data)).toBe('fashion-mnist');
  page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));

  // A table: its label column is found, few texts become features, an incomplete row is named, a column can be unticked.
  await drop(page, { 'people.csv': new TextEncoder().encode(table) });
  const dialog = page.getByRole('dialog', { name: 'Your own data' });
  await expect(dialog.getByText('people.csv: 90 samples of 7 features, in 2 classes.')).toBeVisible();
  await expect(dialog.getByText(/“note” holds 5 different texts: it becomes 5 features/)).toBeVisible();
  await expect(dialog.getByRole('row', { name: /height/ }).first()).toContainText('0 … 24');
  await dialog.getByRole('checkbox', { name: 'Take “note” as a feature' }).uncheck();
  await expect(dialog.getByText('people.csv: 90 samples of 2 features, in 2 classes.')).toBeVisible();
  await expect(dialog.getByText(/because you unticked it: “note”/)).toBeVisible();
  await expect(dialog.getByText('people.csv: line 92: “height” is empty; the row is left out')).toBeVisible();
  await expect(dialog.getByLabel('Label column')).toHaveValue('3');
  await expect(dialog.getByText(/Nothing leaves your computer/)).toBeVisible();
  await dialog.getByRole('slider', { name: /Test share/ }).fill('30');
  await expect(dialog.getByRole('row', { name: /^short/ })).toContainText('4218');
  await dialog.getByRole('button', { name: 'Train on this' }).click();
  await expect(dialog).toBeHidden();
  await ready(page);
  await train(page, 60);
  expect(
    await read(page, (lab) => [lab.configuration.data, lab.evaluations.main?.n, lab.data?.trainTotal]),
  ).toEqual(['own', 27, 63]);
  expect(await read(page, (lab) => lab.evaluations.main?.accuracy)).toBeGreaterThan(0.95);

  expect(await read(page, (lab) => lab.own?.features)).toEqual(['width', 'height']);

  // A run that breaks down says so, without an error of the page; what was said goes with the run.
  await page.evaluate(() => {
    const lab = window.parsimony.lab.getState();
    lab.change({ optimiser: 'sgd', learningRate: 1, lambda: 1e4 });
    lab.play();
  });
  await expect(page.getByText('Training broke down')).toBeVisible();
  await page.evaluate(() => {
    const lab = window.parsimony.lab.getState();
    lab.change({ optimiser: 'adam', learningRate: 0.02, lambda: 0 });
    lab.reset();
  });
  await expect(page.getByText('Training broke down')).toBeHidden();

  // Arrays whose names say nothing: asked, and taken as said.
  await drop(page, { 'd.npz': arrays() });
  await expect(dialog.getByRole('alert')).toContainText(/do not say what these 4 arrays are for/);
  for (const [name, role] of [
    ['arr_0.npy', 'train samples'],
    ['arr_1.npy', 'train labels'],
    ['arr_2.npy', 'test samples'],
    ['arr_3.npy', 'test labels'],
  ])
    await dialog.getByLabel(`What ${name} holds`).selectOption(role);
  await expect(dialog.getByText('d.npz: 80 samples of 2 features, in 2 classes.')).toBeVisible();

  // Pictures by class, in their place.
  await drop(page, { 'colours.zip': zipSync(await pictures(page)) });
  await expect(
    dialog.getByText('colours.zip: 48 pictures of 8 × 8 pixels, in colour, in 2 classes.'),
  ).toBeVisible();
  expect(await dialog.locator('canvas').count()).toBe(16);
  await dialog.getByRole('button', { name: 'Train on this' }).click();
  await page.waitForFunction(() => window.parsimony.lab.getState().own?.name === 'colours.zip');
  await ready(page);
  await train(page, 40);
  const learnt = await read(page, (lab) => [lab.snapshots.main?.spec.inputs, lab.evaluations.main?.accuracy]);
  expect(learnt).toEqual([192, 1]);

  // A reload finds them again, and the run that learnt them.
  await page.evaluate(() => window.parsimony.lab.getState().pause());
  await page.waitForFunction(() => window.parsimony.lab.getState().savedStep === 40);
  await page.reload();
  await ready(page);
  expect(
    await read(page, (lab) => [lab.configuration.data, lab.own?.classNames, lab.gallery?.labels.length]),
  ).toEqual(['own', ['blue', 'red'], 10]);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.waitForFunction(() => window.parsimony.lab.getState().run.step === 40);

  // A zip that declares three gigabytes, and a file of no kind: sentences, and nothing else.
  await ready(page);
  const before = await read(page, (lab) => [lab.run.step, lab.configuration, lab.own]);
  await drop(page, { 'bomb.zip': lying(zipSync({ 'a/1.png': new Uint8Array(1000) })) });
  await expect(dialog.getByRole('alert')).toContainText(
    /bomb\.zip: it declares 2861 MB unpacked, more than the 512 MB/,
  );
  await drop(page, { 'song.mp3': Uint8Array.of(1, 2, 3) });
  await expect(dialog.getByRole('alert')).toContainText(/song\.mp3 is of no kind the lab reads/);
  await expect(dialog.getByText(/Kept now: colours\.zip, 48 samples/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await read(page, (lab) => [lab.run.step, lab.configuration, lab.own])).toEqual(before);

  // The link says that they do not travel; forgetting them ends the run on them.
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByText(/Your own data do not travel with it/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('button', { name: /Your own data/ }).click();
  await dialog.getByRole('button', { name: 'Choose files …' }).waitFor();
  await dialog.getByRole('button', { name: 'Forget them' }).click();
  await page.waitForFunction(() => window.parsimony.lab.getState().own === null);
  expect(await read(page, (lab) => lab.configuration.data)).toBe('fashion-mnist');

  expect(asked.filter((request) => !request.startsWith('GET '))).toEqual([]);
  expect(complaints).toEqual([]);
});
