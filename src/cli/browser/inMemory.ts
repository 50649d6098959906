import type { Page } from '@playwright/test';
import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';

interface Chunk {
  type: string;
  isEntry?: boolean;
  fileName: string;
  code?: string;
  source?: string | Uint8Array;
}

/** Files of a bundled entry by path; the entry itself is `entry.js`. */
export type Bundle = Map<string, { body: string | Buffer; type: string }>;

const TYPES: Record<string, string> = {
  js: 'text/javascript',
  wasm: 'application/wasm',
  css: 'text/css',
  html: 'text/html',
};

/**
 * Bundles one TypeScript entry with the site's own tool, without touching the built site. `replaced`: modules of the site, by the end of
 * their path, and the files that stand in for them.
 */
export async function bundleEntry(
  entry: string,
  replaced: Readonly<Record<string, string>> = {},
): Promise<Bundle> {
  const standIns: Plugin = {
    name: 'stand-ins',
    enforce: 'pre',
    async resolveId(source, importer) {
      const found = await this.resolve(source, importer, { skipSelf: true });
      const name = found && Object.keys(replaced).find((ending) => found.id.endsWith(ending));
      // The stand-in itself may read what it stands in for.
      const to = name ? resolve(replaced[name]) : null;
      return to && importer !== to ? to : null;
    },
  };
  const result = await build({
    configFile: false,
    plugins: Object.keys(replaced).length > 0 ? [standIns] : [],
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
  });
  return bundleOf(result);
}

/** The files of a build that was not written, by path. */
export function bundleOf(result: unknown): Bundle {
  const built = result as { output: Chunk[] } | { output: Chunk[] }[];
  const { output } = Array.isArray(built) ? built[0] : built;
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

/** As the site's servers send them, so that threads may share memory. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Opens a page that holds nothing but the bundle; answered from memory. */
export async function openBundle(page: Page, bundle: Bundle): Promise<void> {
  await page.route(`${BUNDLE_URL}**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    if (path === '')
      return route.fulfill({
        headers: ISOLATED,
        contentType: 'text/html',
        body: '<!doctype html><title>bundle</title><script type="module" src="./entry.js"></script>',
      });
    const file = bundle.get(path);
    if (!file) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ headers: ISOLATED, contentType: file.type, body: file.body });
  });
  await page.goto(BUNDLE_URL);
}
