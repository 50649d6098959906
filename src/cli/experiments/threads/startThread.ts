import { Worker } from 'node:worker_threads';
import type { ThreadSetting } from './protocol';

/** Starts a thread of the pool. What this process was started with is kept from it: it brings its own loader. */
export function startThread(setting: ThreadSetting): Worker {
  return new Worker(new URL('./boot.js', import.meta.url), { workerData: setting, execArgv: [] });
}
