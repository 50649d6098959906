/** Texts with which a spreadsheet would begin a formula (and those that look as if we had guarded them). */
export const FORMULA = /^'*[=+\-@\t\r]/;

/** A text cell: quoted where needed, and never a formula when opened in a spreadsheet (it then begins with '). */
export function textCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A number that reads back as the very same double (so also as the same float32). */
export function numberCell(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
