import { expect, test } from '@playwright/test';
import { openLab, read, report, train, watchConsole } from './support/lab';

const TINY = 'data=digits&hidden=16-8&batch=32&lr=0.01&seed=5';

test('the lab on the compiled engine: same losses as tfjs, twin and ladder on the model axis, a lost device survived', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  const losses = (): Promise<number[]> =>
    read(page, (lab) => [0, 1, 2, 3, 4].map((row) => lab.history.tables.main.at(row, 0)));
  await openLab(page, 'tfjs-wasm', TINY);
  await train(page, 5);
  const expected = await losses();

  await openLab(page, 'parsimony-webgpu', TINY);
  await train(page, 5);
  (await losses()).forEach((loss, row) => expect(Math.abs(loss - expected[row])).toBeLessThan(1e-3));

  await page.evaluate(() => window.parsimony.lab.getState().setTwin('tanh'));
  await page.waitForFunction(() => {
    const { evaluations, run } = window.parsimony.lab.getState();
    return evaluations.twin?.step === run.step;
  });
  await page.evaluate(() =>
    window.parsimony.lab.getState().setSweep({ kind: 'ladder', lambdas: [0, 0.1, 10] }),
  );
  await train(page, 20);
  const sweep = await read(page, (lab) => lab.sweep);
  expect(sweep?.modelAxis).toBe(true);
  expect(sweep?.step).toBe(25);
  expect(sweep?.points.map((point) => point.lambda)).toEqual([0, 0.1, 10]);
  // λ = 0 beside a λ = 0 network on the same batches is the network itself.
  const main = await read(page, (lab) => lab.evaluations.main);
  expect(sweep?.points[0].accuracy).toBe(main?.accuracy);
  expect(Math.abs((sweep?.points[0].energy ?? 0) - (main?.energy ?? 1))).toBeLessThan(1e-5);
  expect(sweep?.points[2].energy).toBeLessThan(sweep?.points[0].energy ?? 0);

  // Growth and removal within the compiled engine's capacity; the twin is untouched.
  const twin = await read(page, (lab) => lab.evaluations.twin?.accuracy);
  const grown = await report(page, 'grow', () => page.keyboard.press('+'));
  expect(grown.widthsAfter).toEqual([64, 17, 8, 10]);
  await train(page, 3);
  expect(await read(page, (lab) => lab.snapshots.main?.spec.hidden[0].width)).toBe(17);
  expect(await read(page, (lab) => lab.snapshots.twin?.spec.hidden[0].width)).toBe(16);
  expect(twin).toBeGreaterThan(0);

  await page.evaluate(() => window.parsimony.lab.getState().loseDevice());
  await expect(page.getByText(/lost and found again/)).toBeVisible();
  await page.waitForFunction(() => window.parsimony.lab.getState().run.status === 'paused');
  await train(page, 3);
  expect(
    await read(page, (lab) => lab.history.tables.main.at(lab.history.tables.main.rows - 1, 0)),
  ).toBeGreaterThan(0);
  expect(
    complaints.filter((line) => !/powerPreference|WebGPU is experimental|external Instance/i.test(line)),
  ).toEqual([]);
});
