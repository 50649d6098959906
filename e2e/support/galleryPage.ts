import type { Page } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
import { type Bundle, bundleOf } from '../../src/cli/browser/inMemory';

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
async function bundleGallery(): Promise<Bundle> {
  const result = await build({
    configFile: false,
    plugins: [withoutWorkers, react()],
    logLevel: 'warn',
    base: './',
    publicDir: false,
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      chunkSizeWarningLimit: 20_000,
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'gallery.html' },
    },
  });
  return bundleOf(result);
}

/** Bundles the gallery and serves it at an address of its own until closed. From memory; browsers may keep its scripts. */
export async function serveGallery(): Promise<{ address: string; close: () => void }> {
  const bundle = await bundleGallery();
  const server = createServer(({ url = '' }, answer) => {
    const file = bundle.get(new URL(url, 'http://localhost').pathname.slice(1));
    const headers = { 'Content-Type': file?.type ?? 'text/plain', 'Cache-Control': 'max-age=600' };
    answer.writeHead(file ? 200 : 404, headers).end(file?.body ?? 'There is no such file.');
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  const { port } = server.address() as AddressInfo;
  return { address: `http://localhost:${port}/gallery.html`, close: () => server.close() };
}

/** The ids of all sections of the gallery, as its own page names them. */
export async function sectionIds(page: Page, address: string): Promise<string[]> {
  await page.goto(address);
  const links = page.locator('nav a[data-section]');
  await links.first().waitFor();
  return links.evaluateAll((all) => all.map((link) => (link as HTMLElement).dataset.section ?? ''));
}

/** Opens a section and waits until it and all its frames can be looked at. */
export async function openSection(page: Page, address: string, section: string): Promise<void> {
  await page.goto(`${address}?section=${section}`);
  for (const frame of page.frames()) await frame.waitForSelector('html[data-ready]', { state: 'attached' });
}

/** Draws the page and its frames in light or dark. */
export async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  for (const frame of page.frames())
    await frame.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
}
