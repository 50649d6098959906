import type { Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
import { type Bundle, bundleOf } from './inMemory';

/** The gallery draws and never computes: its bundle has no workers, which would take most of the time to make. */
const withoutWorkers: Plugin = {
  name: 'without-workers',
  enforce: 'pre',
  transform(code, id) {
    if (id.includes('node_modules') || !/new Worker\(new URL\(/.test(code)) return null;
    return code.replace(/(new Worker\(new URL\([^)]*)import\.meta\.url/g, '$1location.href');
  },
};

/** Bundles the gallery with the site's own tool and without touching the built site. */
export async function bundleGallery(): Promise<Bundle> {
  const result = await build({
    configFile: false,
    plugins: [withoutWorkers, react()],
    logLevel: 'warn',
    base: './',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      modulePreload: false,
      chunkSizeWarningLimit: 20_000,
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'gallery.html' },
    },
  });
  return bundleOf(result);
}

const GALLERY_URL = 'http://localhost:4998/';

/** Lets a page find the gallery at its address; answered from memory. */
export async function serveGallery(page: Page, bundle: Bundle): Promise<void> {
  await page.route(`${GALLERY_URL}**`, (route) => {
    const file = bundle.get(new URL(route.request().url()).pathname.slice(1));
    if (!file) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ contentType: file.type, body: file.body });
  });
}

/** The ids of all sections of the gallery, as its own page names them. */
export async function sectionIds(page: Page): Promise<string[]> {
  await page.goto(`${GALLERY_URL}gallery.html`);
  const links = page.locator('nav a[data-section]');
  await links.first().waitFor();
  return links.evaluateAll((all) => all.map((link) => (link as HTMLElement).dataset.section ?? ''));
}

/** Opens a section and waits until it and all its frames can be looked at. */
export async function openSection(page: Page, section: string): Promise<void> {
  await page.goto(`${GALLERY_URL}gallery.html?section=${section}`);
  for (const frame of page.frames()) await frame.waitForSelector('html[data-ready]', { state: 'attached' });
}

/** Draws the page and its frames in light or dark. */
export async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  for (const frame of page.frames())
    await frame.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
}
