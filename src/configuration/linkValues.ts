const NUMBER = /^[+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const SIGNED = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const LIST = /^(?:\d*\.?\d+(?:e[-+]?\d+)?)(?:-(?:\d*\.?\d+(?:e[-+]?\d+)?))*$/i;
const TRUTHS: Readonly<Record<string, string>> = { '1': 'true', '0': 'false' };

const numbersIn = (text: string): number[] => (text.match(/\d*\.?\d+(?:e[-+]?\d+)?/gi) ?? []).map(Number);
const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/** Switches "400:0.1_0:0" in order of steps, tasks in order. */
const switches = (text: string): string =>
  text
    .split('_')
    .map((part) =>
      part.replace(/:(.*)$/, (_, tasks: string) => `:${[...new Set(tasks.split(/[.+ ]/))].sort().join('.')}`),
    )
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .join('_');

/** Whether a text of a link means the value that is used, however it is spelt: 0.10 and .1, 1 and true. */
function means(text: string, used: string): boolean {
  if (text === used) return true;
  if (used === 'true' || used === 'false') return TRUTHS[text] === used;
  if (used === 'none') return text === '';
  if (SIGNED.test(used) && SIGNED.test(text)) return Number(text) === Number(used);
  if (NUMBER.test(used) || LIST.test(used)) return LIST.test(text) && same(numbersIn(text), numbersIn(used));
  return used.includes(':') && text.includes(':') && switches(text) === switches(used);
}

/**
 * One notice for each value of a link that is not the one used: read as another, or given twice. `used` gives the value in use as a link
 * would write it, null for names that are no settings; names that `told` already speaks of are passed over.
 */
export function replacedValues(
  entries: Iterable<[name: string, text: string]>,
  used: (name: string) => string | null,
  told: readonly string[],
): string[] {
  const notices: string[] = [];
  const first = new Map<string, string>();
  for (const [name, text] of entries) {
    const value = used(name);
    if (value === null) continue;
    const before = first.get(name);
    if (before !== undefined) {
      if (before !== text)
        notices.push(
          `${name} is given twice: ${name}=${before.slice(0, 40)} counts, ${text.slice(0, 40)} does not.`,
        );
      continue;
    }
    first.set(name, text);
    if (means(text, value) || told.some((notice) => notice.startsWith(`${name}=`))) continue;
    notices.push(`${name}=${text.slice(0, 40)} is read as ${value}.`);
  }
  return notices;
}
