/** Longest name shown. */
const SHOWN = 40;

/**
 * A name as it tells things apart: blanks at its ends and the number of blanks within do not count, nor the way an accent is written,
 * and nothing is cut.
 */
export const identity = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

/** What a name looks like on screen: no control or direction marks, single spaces, at most 40 characters. */
export function cleanName(text: string): string {
  const clean = readable(text);
  return Array.from(clean).slice(0, SHOWN).join('');
}

const readable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();

/** A long name cut in its middle, so that both ends are seen. */
function cut(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= SHOWN) return text;
  return `${characters.slice(0, 19).join('')}…${characters.slice(-20).join('')}`;
}

/** Names as they are shown, in order, none like another: long ones are cut, and those that then look alike are numbered. */
export function shownNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const shown = cut(readable(name)) || '(no visible name)';
    let own = shown;
    for (let n = 2; taken.has(own); n++) own = `${shown} (${n})`;
    taken.add(own);
    return own;
  });
}

const MISSING = /^(n\.?a\.?|#?n\/a!?|<na>|-?nan|nat|null|nil|none|\?+|-+|–|—|\.|#value!|#ref!|#div\/0!)?$/i;

/** Whether a cell stands for a value that is not there. */
export const isMissing = (text: string): boolean => MISSING.test(text.trim());

/**
 * What a label is, as text that tells classes apart: numbers are equal where they are equal as numbers (1, 1.0, 01), also beyond what a
 * float tells apart; null where it stands for "missing".
 */
export function labelKey(text: string): string | null {
  const label = identity(text);
  if (isMissing(label)) return null;
  const whole = /^([-+]?)0*(\d{1,60})(\.0*)?$/.exec(label);
  if (whole) return whole[1] === '-' && whole[2] !== '0' ? `-${whole[2]}` : whole[2];
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(label)) {
    const value = Number(label);
    if (Number.isFinite(value)) return String(value === 0 ? 0 : value);
  }
  return label;
}
