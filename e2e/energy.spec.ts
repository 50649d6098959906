import { expect, test, type Page } from '@playwright/test';
import { JOURNEY_ENGINE, openLab, read, train, watchConsole } from './support/lab';

const RELU = 'activation=relu&init=he&hidden=64-32&batch=64&lr=0.001&seed=1';

test('λ takes nine tenths of the energy for less than three points; the ladder, the rescaled baseline and noise tell why; λ = 10 kills, undo revives', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  await openLab(page, JOURNEY_ENGINE, RELU);
  await train(page, 170);
  // The ladder: copies under five λs, 30 steps on; the larger λ, the lower E.
  await page.getByRole('tab', { name: 'Compare' }).click();
  await page.getByText('Train five λs beside yours').click();
  await page.waitForFunction(() => window.parsimony.lab.getState().sweep !== null);
  await train(page, 30);
  const ladder = await read(page, (lab) => lab.sweep?.points.map((point) => point.energy) ?? []);
  expect(ladder).toHaveLength(5);
  expect(ladder[4]).toBeLessThan(ladder[3]);
  expect(ladder[4]).toBeLessThan(ladder[0] / 3);
  await page.evaluate(() => window.parsimony.lab.getState().setSweep(null));
  await page.waitForFunction(() => window.parsimony.lab.getState().sweep === null);
  const before = await read(page, (lab) => lab.evaluations.main?.energy ?? 0);
  for (let k = 1; k <= 5; k++) {
    await page.evaluate((value) => window.parsimony.lab.getState().control({ name: 'lambda', value }), k / 5);
    await train(page, 20);
  }
  await train(page, 300);
  await page.getByRole('tab', { name: 'Energy' }).click();
  await page.getByRole('button', { name: 'Start the λ = 0 twin' }).click();
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

  await rescaledBaseline(page);

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

/** The Energy lens, once the twin is level: the sentence, the waterfall, and three networks under noise. */
async function rescaledBaseline(page: Page): Promise<void> {
  const sentence = page.getByTestId('energy-sentence');
  await expect(sentence).toContainText(
    /E fell ÷\d+ against the λ = 0 twin = .* rescaling · .* logits · .* rest/,
  );
  await expect(page.getByTestId('waterfall-total')).toHaveText(/÷\d+/);
  await page.getByRole('button', { name: 'Rescale the baseline' }).click();
  // The fake: the twin's accuracy and loss at the trained network's energy.
  const cells = async (name: string): Promise<string[]> =>
    page.getByTestId(`three-${name}`).getByRole('cell').allInnerTexts();
  const [twin, trained, rescaled] = [await cells('twin'), await cells('network'), await cells('rescaled')];
  expect(rescaled.slice(0, 2)).toEqual(twin.slice(0, 2));
  expect(rescaled[2]).toBe(trained[2]);
  const left = async (size: string): Promise<number[]> => {
    await expect(page.getByTestId('robust-sentence')).toContainText(`noise σ ${size}`);
    const texts = ['twin', 'network', 'rescaled'].map((name) =>
      page.getByTestId(`disturbed-${name}`).innerText(),
    );
    return (await Promise.all(texts)).map(parseFloat);
  };
  const rough = await left('0.30');
  // Under a floor of noise the trained network keeps more than the fake of the same energy, the twin keeps most.
  expect(rough[1]).toBeGreaterThan(rough[2] + 3);
  expect(rough[0]).toBeGreaterThan(rough[1]);
  const slider = page.getByTestId('disturbance');
  await slider.focus();
  for (let k = 0; k < 2; k++) await slider.press('PageDown');
  const gentle = await left('0.030');
  console.log(
    `${await sentence.innerText()} Under noise 0.3: ${rough.join(', ')}; 0.03: ${gentle.join(', ')}`,
  );
  gentle.forEach((accuracy, k) => expect(accuracy).toBeGreaterThan(rough[k] - 0.5));
  expect(gentle[2]).toBeGreaterThan(rough[2] + 5);
}
