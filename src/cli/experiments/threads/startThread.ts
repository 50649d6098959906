import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ThreadSetting } from './protocol';

/** Starts a thread of the pool, with the loader that reads this repository's TypeScript. */
export function startThread(setting: ThreadSetting): Worker {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: setting,
    execArgv: ['--import', loader],
  });
}
