/**
 * How `?debug=1` in the address reaches workers: a worker does not see the page's address, so the page tells it by the worker's name.
 */
const KEY = 'debug';
const SUFFIX = ' (debug)';

/** Whether a query string asks for the lines of training/debug.ts. */
export function asksForDebug(query: string): boolean {
  return new URLSearchParams(query).get(KEY) === '1';
}

/** The name of a worker that the page opens while its address has this query string. */
export function workerName(name: string, query: string): string {
  return asksForDebug(query) ? name + SUFFIX : name;
}

/** Whether a worker of this name is to write debug lines. */
export const isDebugWorker = (name: string): boolean => name.endsWith(SUFFIX);

/** A link of the page with debug=1 where the present query string has it, so that changes of settings do not switch it off. */
export function withDebugKept(link: string, query: string): string {
  if (!asksForDebug(query)) return link;
  return `${link}${link.includes('?') ? '&' : '?'}${KEY}=1`;
}
