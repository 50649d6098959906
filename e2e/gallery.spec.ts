import { expect, test } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { openSection, sectionIds, serveGallery, setTheme } from './support/galleryPage';
import { watchConsole } from './support/lab';

/*
 * Every part of the interface in its states looks as in its committed picture (e2e/gallery/). After a change that is meant,
 * `npm run gallery -- --update` takes the pictures anew.
 */
test.use({
  viewport: { width: 1400, height: 900 },
  contextOptions: { reducedMotion: 'reduce' },
  launchOptions: {
    executablePath: process.env.PARSIMONY_CHROMIUM ?? '/usr/bin/chromium',
    // Letters are drawn alike whatever the settings of the machine say of them.
    args: ['--no-sandbox', '--no-first-run', '--font-render-hinting=none', '--disable-lcd-text'],
  },
});

test('every part in its states looks as committed, in light and in dark', async ({ page }) => {
  const complaints = watchConsole(page);
  const gallery = await serveGallery();
  await page.clock.setFixedTime(new Date('2026-01-01T12:00:00Z'));
  const sections = await sectionIds(page, gallery.address);
  const taken: string[] = [];
  for (const section of sections) {
    await openSection(page, gallery.address, section);
    for (const theme of ['light', 'dark'] as const) {
      await setTheme(page, theme);
      const picture = `${section}-${theme}.png`;
      taken.push(picture);
      // Soft, so that one run shows all that differs.
      await expect.soft(page).toHaveScreenshot(picture, {
        fullPage: true,
        animations: 'disabled',
        // Of a colour, a tenth of the way from black to white; letters differ at their edges from one system to another.
        threshold: 0.1,
        maxDiffPixels: 30,
      });
    }
  }
  gallery.close();
  // A section that went takes its pictures along.
  expect(readdirSync('e2e/gallery').sort()).toEqual(taken.sort());
  expect(complaints).toEqual([]);
});
