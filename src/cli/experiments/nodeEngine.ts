import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'vite';
import type { Engine } from '../../training/engine';

type Backends = typeof import('../../training/tfjs/backends');

const ROOT = resolve(import.meta.dirname, '../../..');

interface Chunk {
  type: string;
  fileName: string;
  isEntry?: boolean;
  code?: string;
}

/**
 * Opens tfjs in Node. Its packages mix module kinds in a way that only bundlers resolve, so its engine is bundled first (a few seconds),
 * by the site's own tool.
 */
export async function openInNode(name: 'wasm' | 'cpu'): Promise<Engine> {
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
  try {
    // Node takes what is below a package.json without a type for CommonJS.
    writeFileSync(join(folder, 'package.json'), '{}');
    for (const { fileName, code } of output) {
      if (code === undefined) continue;
      mkdirSync(dirname(join(folder, fileName)), { recursive: true });
      writeFileSync(join(folder, fileName), code);
    }
    const entry = output.find(({ isEntry }) => isEntry);
    const { openCpu, openWasm } = createRequire(import.meta.url)(
      join(folder, entry?.fileName ?? ''),
    ) as Backends;
    return await (name === 'wasm' ? openWasm : openCpu)(() => undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
