import { expect, test } from '@playwright/test';
import { openLab, read, train, watchConsole } from './support/lab';

test('tfjs trains on WebGPU (a software adapter here, and the page says so)', async ({ page }) => {
  const complaints = watchConsole(page);
  await openLab(page, 'tfjs-webgpu', 'data=digits&hidden=16-8&batch=32&lr=0.01');
  await train(page, 25);
  const seen = await read(page, (lab) => ({
    first: lab.history.tables.main.at(0, 0),
    last: lab.history.recentMean('main', 0, 5),
    software: lab.engine?.software,
    webgpu: lab.webgpu?.state,
  }));
  expect(seen.last).toBeLessThan(0.8 * seen.first);
  expect(seen.software).toBe(true);
  expect(seen.webgpu).toBe('software');
  await page.getByTestId('engine').click();
  await expect(page.getByText(/software/i).first()).toBeVisible();
  expect(complaints.filter((line) => !/powerPreference|WebGPU is experimental/i.test(line))).toEqual([]);
});
