import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { BUNDLE_URL, bundleEntry, openBundle } from '../../src/cli/browser/inMemory';

/** The invariances of the paper’s Experiment 1 on the compiled engine: float32 weights, float32 passes, 10,000 test images. */
test('operations on a network trained on Fashion-MNIST, in the float32 of the compiled engine', async ({
  page,
}) => {
  await openBundle(page, await bundleEntry('e2e/pages/invariance.ts'));
  await page.route(`${BUNDLE_URL}data/**`, (route) =>
    route.fulfill({
      contentType: 'application/gzip',
      body: readFileSync(`public${new URL(route.request().url()).pathname}`),
    }),
  );
  await page.waitForFunction(() => 'invariance' in window);
  const { accuracy, largestLogit, rows } = await page.evaluate(() => window.invariance.table(600));
  console.log(
    `600 steps: ${(100 * accuracy).toFixed(2)} % of 10,000; largest |logit| ${largestLogit.toFixed(1)}`,
  );
  for (const { name, epsilonScaledPercent, klNats, maxAbsLogit, accuracyPoints, sigma } of rows)
    console.log(
      [
        name.padEnd(14),
        `ε ${epsilonScaledPercent.toExponential(1)} %`,
        `KL ${klNats.toExponential(1)}`,
        `max |Δlogit| ${maxAbsLogit.toExponential(1)}`,
        `Δaccuracy ${accuracyPoints.toFixed(2)}`,
        sigma === null ? '' : `σ removed ≤ ${sigma.toPrecision(3)}`,
      ].join('  '),
    );
  expect(accuracy).toBeGreaterThan(0.8);
  for (const row of rows.filter(({ sigma }) => sigma === null)) {
    expect(row.epsilonScaledPercent, row.name).toBeLessThan(1e-3);
    expect(row.klNats, row.name).toBeLessThan(1e-9);
    expect(Math.abs(row.accuracyPoints), row.name).toBeLessThanOrEqual(0.02);
  }
  expect(rows.find(({ name }) => name === 'nothing')?.maxAbsLogit).toBe(0);
});
