/**
 * How `?debug=1` and `?check=always` in the address reach workers: a worker does not see the page's address, so the page tells it by the
 * worker's name.
 */
const FLAGS = { debug: '1', check: 'always' } as const;
type Flag = keyof typeof FLAGS;
const asked = (query: string): Flag[] =>
  (Object.keys(FLAGS) as Flag[]).filter((flag) => new URLSearchParams(query).get(flag) === FLAGS[flag]);

/** Whether a query string asks for the lines of training/debug.ts. */
export function asksForDebug(query: string): boolean {
  return asked(query).includes('debug');
}

/** The name of a worker that the page opens while its address has this query string. */
export function workerName(name: string, query: string): string {
  return [name, ...asked(query).map((flag) => `(${flag})`)].join(' ');
}

/** Whether a worker of this name is to write debug lines. */
export const isDebugWorker = (name: string): boolean => name.includes('(debug)');

/** Whether a worker of this name checks and tunes emulated graphics cards too, which are left alone otherwise. */
export const checksAlways = (name: string): boolean => name.includes('(check)');

/** A link of the page with what the present query string asks for, so that changes of settings do not switch it off. */
export function withDebugKept(link: string, query: string): string {
  return asked(query).reduce(
    (kept, flag) => `${kept}${kept.includes('?') ? '&' : '?'}${flag}=${FLAGS[flag]}`,
    link,
  );
}
