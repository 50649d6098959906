import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Engine } from '../../training/engine';

type Backends = typeof import('../../training/tfjs/backends');

const ROOT = resolve(import.meta.dirname, '../../..');

interface Chunk {
  type: string;
  fileName: string;
  isEntry?: boolean;
  code?: string;
}

/** tfjs as files that Node can load; remove them when all that loads them has done so. */
export interface TfjsBundle {
  entry: string;
  remove: () => void;
}

/**
 * Bundles tfjs for Node with the site's own tool, which takes a few seconds: its packages mix module kinds in a way that only bundlers
 * resolve.
 */
export async function bundleTfjs(): Promise<TfjsBundle> {
  const { build } = await import('vite');
  const result = (await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(ROOT, 'src/training/tfjs/backends.ts'),
      write: false,
      minify: false,
      target: 'node20',
      rolldownOptions: { output: { format: 'cjs' } },
    },
  })) as { output: Chunk[] } | { output: Chunk[] }[];
  const { output } = Array.isArray(result) ? result[0] : result;
  const folder = mkdtempSync(join(tmpdir(), 'parsimony-engine-'));
  // Node takes what is below a package.json without a type for CommonJS.
  writeFileSync(join(folder, 'package.json'), '{}');
  for (const { fileName, code } of output) {
    if (code === undefined) continue;
    mkdirSync(dirname(join(folder, fileName)), { recursive: true });
    writeFileSync(join(folder, fileName), code);
  }
  const entry = join(folder, output.find(({ isEntry }) => isEntry)?.fileName ?? '');
  return { entry, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Opens an engine of bundled tfjs. */
export async function openBundled(entry: string, name: 'wasm' | 'cpu'): Promise<Engine> {
  const { openCpu, openWasm } = createRequire(import.meta.url)(entry) as Backends;
  return (name === 'wasm' ? openWasm : openCpu)(() => undefined);
}

/** Opens tfjs in Node, bundled for it first. */
export async function openInNode(name: 'wasm' | 'cpu'): Promise<Engine> {
  const { entry, remove } = await bundleTfjs();
  try {
    return await openBundled(entry, name);
  } finally {
    remove();
  }
}
