/**
 * Checks the built site: the first page without its workers is small, and no tfjs code is on the main thread.
 * Follows static and dynamic imports from index.html; workers are separate entries and not followed. No chunk imports the entry
 * file of a worker, which WebKit would run twice (scripts/workerEntries.ts).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 300;
const DIST = 'dist';
const MARKS = ['tfjs-core', 'tfjs-backend', 'registerBackend', 'KernelBackend'];

const html = readFileSync(join(DIST, 'index.html'), 'utf8');
const entries = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map((m) => m[1]);
if (!entries.some((name) => name.endsWith('.js')))
  throw new Error('index.html loads no script: has it been built?');
const all = readdirSync(join(DIST, 'assets'));
const initial = new Set<string>();
const reachable = new Set<string>();

/** Chunks a script imports by name: static ones (they load at once) or all. */
function imports(code: string, staticOnly: boolean): string[] {
  const pattern = staticOnly
    ? /(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g
    : /(?:\bfrom|\bimport)\s*\(?\s*["'`]\.\/([\w.-]+\.js)["'`]/g;
  return [...code.matchAll(pattern)].map((m) => m[1]);
}
function follow(name: string, into: Set<string>, staticOnly: boolean): void {
  if (into.has(name) || !all.includes(name)) return;
  into.add(name);
  if (!name.endsWith('.js')) return;
  for (const next of imports(readFileSync(join(DIST, 'assets', name), 'utf8'), staticOnly))
    follow(next, into, staticOnly);
}
for (const entry of entries) {
  follow(entry.replace('assets/', ''), initial, true);
  follow(entry.replace('assets/', ''), reachable, false);
}

let bytes = gzipSync(html).length;
for (const name of initial) bytes += gzipSync(readFileSync(join(DIST, 'assets', name))).length;
const kb = bytes / 1024;
console.log(`first page: ${kb.toFixed(1)} KB gzipped in ${initial.size} files (limit ${LIMIT_KB})`);
let bad = kb > LIMIT_KB;
for (const name of reachable) {
  if (!name.endsWith('.js')) continue;
  const code = readFileSync(join(DIST, 'assets', name), 'utf8');
  const mark = MARKS.find((word) => code.includes(word));
  if (mark) {
    console.error(`${name} is on the main thread and holds “${mark}”: tfjs belongs to the worker.`);
    bad = true;
  }
}
const workers = all.filter((name) => /worker.*\.js$/.test(name));
if (!workers.some((name) => name.startsWith('training'))) {
  console.error('The training worker is not in the build.');
  bad = true;
}
for (const name of all.filter((file) => file.endsWith('.js'))) {
  const code = readFileSync(join(DIST, 'assets', name), 'utf8');
  const entry = imports(code, false).find((next) => next.includes('.worker-'));
  if (entry) {
    console.error(`${name} imports ${entry}, the entry of a worker: WebKit would run it twice.`);
    bad = true;
  }
}
process.exit(bad ? 1 : 0);
