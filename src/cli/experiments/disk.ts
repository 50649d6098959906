import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import type { DataOrigin } from '../../experiments/datasetCache';

/** The packs under public/data of this working copy, read from disk. */
export const DISK_ORIGIN: DataOrigin = {
  base: pathToFileURL(resolve(import.meta.dirname, '../../../public/') + '/').href,
  fetch: async (url) => {
    try {
      return new Response(new Uint8Array(await readFile(fileURLToPath(url))));
    } catch {
      return new Response(null, { status: 404, statusText: 'Not Found' });
    }
  },
};
