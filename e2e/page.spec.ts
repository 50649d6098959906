import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openLab, read, ready, train, watchConsole } from './support/lab';

const TINY = 'data=digits&hidden=16-8&batch=32&lr=0.01&activation=relu&init=he';

async function axe(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${where}: ${id} ${nodes
          .map((n) => n.html)
          .join(' ')
          .slice(0, 300)}`,
    ),
  ).toEqual([]);
}

test('every view in light and dark: no violation, no complaint in the console, nothing to scroll sideways', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  await openLab(page, 'parsimony-wasm', TINY);
  await train(page, 20);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const lens of ['Learn', 'Energy', 'Spectrum']) {
      await page.getByRole('tab', { name: lens }).click();
      await axe(page, `${lens} ${scheme}`);
    }
    await page
      .getByRole('button', { name: /Set-up/ })
      .first()
      .click();
    await axe(page, `set-up ${scheme}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await axe(page, `keys ${scheme}`);
    await page.keyboard.press('Escape');
  }
  for (const [width, height] of [
    [1024, 768],
    [390, 844],
  ]) {
    await page.setViewportSize({ width, height });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
      .toBeLessThanOrEqual(0);
    await axe(page, `${width} px`);
  }
  await page.setViewportSize({ width: 1440, height: 760 });
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight))
    .toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
});

test('keys: play, step, reset, new seed, focus, diagonalise, remove, grow, undo; none while typing', async ({
  page,
}) => {
  await openLab(page, 'parsimony-wasm', 'data=digits&hidden=16-8&batch=32&lr=0.01');
  const width = (): Promise<number | undefined> =>
    read(page, (lab) => lab.snapshots.main?.spec.hidden[1].width);
  await page.keyboard.press('.');
  await expect.poll(() => read(page, (lab) => lab.run.step)).toBe(1);
  await page.keyboard.press('2');
  expect(await read(page, (lab) => lab.ui.focus)).toBe(1);
  await page.keyboard.press('-');
  await expect.poll(width).toBe(7);
  await page.keyboard.press('+');
  await expect.poll(width).toBe(8);
  await page.keyboard.press('u');
  await expect.poll(width).toBe(7);
  await page.keyboard.press('Space');
  await expect.poll(() => read(page, (lab) => lab.run.status)).toBe('playing');
  await page.keyboard.press('Space');
  await expect.poll(() => read(page, (lab) => lab.run.status)).toBe('paused');
  await page.getByRole('textbox').or(page.getByRole('spinbutton')).first().focus();
  await page.keyboard.press('u');
  expect(await width()).toBe(7);
  await page.keyboard.press('Escape');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const seed = await read(page, (lab) => lab.configuration.seed);
  await page.keyboard.press('r');
  await expect
    .poll(() => read(page, (lab) => `${lab.run.step} ${lab.run.status} ${lab.configuration.seed}`))
    .toBe(`0 paused ${seed}`);
  await ready(page);
  await page.keyboard.press('Shift+R');
  await expect.poll(() => read(page, (lab) => lab.configuration.seed)).not.toBe(seed);
});

test('a data file that is not what it says: the message names it, and the lab stays usable', async ({
  page,
}) => {
  await page.route('**/data/mnist/train-images*', (route) =>
    route.fulfill({ body: Buffer.from('<!doctype html><p>lost</p>') }),
  );
  await openLab(page, 'parsimony-wasm', TINY);
  await page.evaluate(() => window.parsimony.lab.getState().change({ data: 'mnist' }));
  await expect(page.getByText(/train-images/).first()).toBeVisible();
  await page.evaluate(() => window.parsimony.lab.getState().change({ data: 'digits' }));
  await page.waitForFunction(() => window.parsimony.lab.getState().running?.data === 'digits');
  await ready(page);
  await train(page, 5);
  expect(await read(page, (lab) => lab.run.step)).toBe(5);
});
