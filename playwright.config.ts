import { defineConfig } from '@playwright/test';

const CI = process.env.CI !== undefined;
/** Another port lets several working copies run their journeys side by side. */
const port = process.env.PARSIMONY_PORT ?? '4173';
/** `npm run test:long` runs the journeys too long for every change. */
const long = process.env.PARSIMONY_LONG !== undefined;
/** `npm run gallery` needs no built site. */
const galleryOnly = process.env.PARSIMONY_GALLERY !== undefined;

/**
 * Journeys run against the built site. SwiftShader gives WebGPU without a GPU; the other flags keep Chromium off the
 * network. scripts/test.ts finds (or installs) the browser and names it in PARSIMONY_CHROMIUM.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: long
    ? ['long/*.spec.ts', 'learning.spec.ts', 'energy.spec.ts', 'adaptation.spec.ts']
    : [galleryOnly ? 'gallery.spec.ts' : '*.spec.ts'],
  testIgnore: long ? [] : ['long/**'],
  workers: 1,
  fullyParallel: false,
  retries: CI ? 1 : 0,
  timeout: long ? 600_000 : 120_000,
  expect: {
    timeout: long ? 300_000 : 60_000,
    // Where the gallery's pictures lie (e2e/gallery.spec.ts); one for all systems.
    toHaveScreenshot: { pathTemplate: '{testDir}/gallery/{arg}{ext}' },
  },
  reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.PARSIMONY_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--enable-unsafe-webgpu',
        '--use-webgpu-adapter=swiftshader',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: galleryOnly
    ? undefined
    : {
        command: `npx vite preview --host localhost --port ${port} --strictPort`,
        url: `http://localhost:${port}/`,
        reuseExistingServer: !CI,
      },
});
