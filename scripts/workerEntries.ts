import { basename } from 'node:path';
import type { Plugin } from 'vite';

/** The file that holds the code of a worker whose entry file has this name. */
export const coreOf = (entry: string): string => entry.replace('.worker-', '.core-');

/**
 * Leaves nothing in the entry file of a worker but an import of its code, which moves to a file beside it (`x.worker-….js` imports
 * `x.core-….js`). Chunks that a worker loads later import from its code; were that the entry itself, WebKit would run the entry a
 * second time, and a second session without a run would take over the worker's messages.
 */
export function workerEntries(): Plugin {
  return {
    name: 'parsimony-worker-entries',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const entries = chunks.filter(({ isEntry, fileName }) => isEntry && fileName.includes('.worker-'));
      for (const entry of entries) {
        const [from, to] = [entry.fileName, coreOf(entry.fileName)].map((name) => basename(name));
        for (const chunk of chunks) chunk.code = chunk.code.replaceAll(`./${from}`, `./${to}`);
        this.emitFile({ type: 'asset', fileName: coreOf(entry.fileName), source: entry.code });
        entry.code = `import './${to}';\n`;
      }
    },
  };
}
