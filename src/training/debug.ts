/**
 * Lines for developers about what the engines do: `?debug=1` in the address writes them to the browser's console. Where nobody asked for
 * them, nothing is composed or written.
 *
 * `engine`: which engine was chosen, and what the others measured. `plan`: what a network became on its engine. `submission`: steps handed
 * to the device. `timing`: how long they took.
 */
export type DebugTopic = 'engine' | 'plan' | 'submission' | 'timing';

let write: ((line: string) => void) | null = null;

/** Sends the lines of this thread somewhere from now on; null: nowhere, as at the start. */
export function writeDebugLines(to: ((line: string) => void) | null): void {
  write = to;
}

/** Writes one line, "plan: 1 model …". `text` is called only where lines are wanted. */
export function debugLine(topic: DebugTopic, text: () => string): void {
  write?.(`${topic}: ${text()}`);
}

/** Milliseconds in words, with those of one step: "12.3 ms, 3.08 ms a step". */
export function stepTimeText(milliseconds: number, steps: number): string {
  const each = milliseconds / Math.max(1, steps);
  return `${Number(milliseconds.toPrecision(3))} ms, ${Number(each.toPrecision(3))} ms a step`;
}

/** A read-back of metrics in words. */
export const metricsText = (rows: number, milliseconds: number): string =>
  `${rows} rows of metrics read, ${Number(milliseconds.toPrecision(3))} ms after they were asked for`;
