import type { Page } from '@playwright/test';
import { build } from 'vite';

interface Chunk {
  type: string;
  isEntry?: boolean;
  fileName: string;
  code?: string;
  source?: string | Uint8Array;
}

/** Files of a bundled entry by path; the entry itself is `entry.js`. */
export type Bundle = Map<string, { body: string | Buffer; type: string }>;

const TYPES: Record<string, string> = { js: 'text/javascript', wasm: 'application/wasm', css: 'text/css' };

/** Bundles one TypeScript entry with the site's own tool, without touching the built site. */
export async function bundleEntry(entry: string): Promise<Bundle> {
  const result = (await build({
    configFile: false,
    logLevel: 'warn',
    base: './',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      modulePreload: false,
      chunkSizeWarningLimit: 20_000,
      rolldownOptions: { input: entry, output: { entryFileNames: 'entry.js' } },
    },
  })) as { output: Chunk[] } | { output: Chunk[] }[];
  const { output } = Array.isArray(result) ? result[0] : result;
  return new Map(
    output.map(({ fileName, code, source }) => [
      fileName,
      {
        body: code ?? (typeof source === 'string' ? source : Buffer.from(source ?? new Uint8Array())),
        type: TYPES[fileName.split('.').pop() ?? ''] ?? 'application/octet-stream',
      },
    ]),
  );
}

/** An address for bundled entries: localhost, since WebGPU wants a secure context; nothing need listen there. */
export const BUNDLE_URL = 'http://localhost:4999/';

/** Opens a page that holds nothing but the bundle; answered from memory. */
export async function openBundle(page: Page, bundle: Bundle): Promise<void> {
  await page.route(`${BUNDLE_URL}**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    if (path === '')
      return route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><title>bundle</title><script type="module" src="./entry.js"></script>',
      });
    const file = bundle.get(path);
    if (!file) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ contentType: file.type, body: file.body });
  });
  await page.goto(BUNDLE_URL);
}
