import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { DataOrigin } from '../../experiments/datasetCache';

const unpack = promisify(gunzip);

/**
 * The packs under public/data of this working copy, read from disk. They are unpacked on the way, as some servers do, since Node does so
 * several times as fast as the lab's own streaming; a file that does not unpack is handed on as it is, for the loader to say what is wrong.
 */
export const DISK_ORIGIN: DataOrigin = {
  base: pathToFileURL(resolve(import.meta.dirname, '../../../public/') + '/').href,
  fetch: async (url) => {
    const path = fileURLToPath(url);
    try {
      const packed = await readFile(path);
      const bytes = path.endsWith('.gz') ? await unpack(packed).catch(() => packed) : packed;
      return new Response(new Uint8Array(bytes));
    } catch {
      return new Response(null, { status: 404, statusText: 'Not Found' });
    }
  },
};
