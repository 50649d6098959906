import { expect, test, type Page } from '@playwright/test';
import { read, ready, watchConsole } from './support/lab';

const TINY = './?v=1&check=always&data=digits&hidden=16-8&batch=32&lr=0.01&seed=5';
const noise = /powerPreference|WebGPU is experimental|external Instance/i;

/** Waits until the self-check has ended; returns whether it has passed. */
async function checked(page: Page): Promise<boolean | undefined> {
  await page.waitForFunction(() => window.parsimony.lab.getState().graphics?.state === 'ended', null, {
    timeout: 180_000,
  });
  return read(page, ({ graphics }) => (graphics?.state === 'ended' ? graphics.outcome?.passed : undefined));
}

test('the graphics card proves itself while WebAssembly trains, once', async ({ page }) => {
  test.setTimeout(240_000);
  const complaints = watchConsole(page);
  await page.goto(TINY);
  await ready(page);
  await expect(page.getByTestId('engine')).toContainText('WebAssembly (compiled)');
  // Training moves on while the check goes on.
  await page.evaluate(() => window.parsimony.lab.getState().play());
  await page.waitForFunction(() => window.parsimony.lab.getState().graphics?.state === 'running');
  const step = await read(page, (lab) => lab.run.step);
  await page.waitForFunction((s) => window.parsimony.lab.getState().run.step > s, step);
  expect(await checked(page)).toBe(true);
  await page.getByTestId('engine').click();
  await expect(page.getByText(/agrees with float64 on \d+ kinds? of network/)).toBeVisible();

  // The next visit knows: pinned, the engine is there at once.
  await page.goto(`${TINY}&engine=parsimony-webgpu`);
  await page.evaluate(() =>
    window.parsimony.lab.subscribe(({ graphics }) => {
      if (graphics?.state === 'running') document.title = 'checked again';
    }),
  );
  await ready(page);
  await expect(page.getByTestId('engine')).toContainText('WebGPU (compiled)');
  expect(await checked(page)).toBe(true);
  expect(await page.title()).not.toBe('checked again');
  expect(complaints.filter((line) => !noise.test(line))).toEqual([]);
});

test('a graphics card that computes wrong is not chosen; the panel says what differed and copies a report', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  let broken = 0;
  // Adam's step becomes one and a half times what it should be.
  await page.route(/\/assets\/open-.*\.js$/, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    const wrong = text.replace('- step.rate * m / (sqrt(v)', '- step.rate * 1.5 * m / (sqrt(v)');
    if (wrong !== text) broken += 1;
    await route.fulfill({ response, body: wrong });
  });
  await page.goto(`${TINY}&engine=parsimony-webgpu`);
  await expect(page.getByTestId('engine')).toContainText('checking this graphics card');
  await ready(page);
  expect(broken).toBe(1);
  await expect(page.getByTestId('engine')).toContainText('WebAssembly (compiled)');
  await expect(page.getByRole('alert').getByText(/differs? from float64 here/)).toBeVisible();
  await page.getByTestId('engine').click();
  await expect(page.getByText(/differs from float64 on \d+ of \d+ kind/)).toBeVisible();
  await page.getByRole('button', { name: 'Copy report' }).click();
  const report = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as {
    format: string;
    passed: boolean;
    adapter: string;
    differences: { differences: string[] }[];
  };
  expect(report).toMatchObject({ format: 'parsimony-graphics-check', passed: false });
  expect(report.adapter).toMatch(/SwiftShader/);
  expect(report.differences[0].differences[0]).toMatch(/weights 0: .* apart/);
});
