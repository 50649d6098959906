/**
 * A page with one of its parts replaced: what stands between the comments `<!-- generated: NAME -->` and `<!-- end: NAME -->`, each on a
 * line of its own. Throws where the page has not exactly one such part, since a part that is silently left out would never be missed.
 */
export function withSection(page: string, name: string, body: string): string {
  const [open, close] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const parts = page.split(open);
  if (parts.length !== 2) throw new Error(`The page holds “${open}” ${parts.length - 1} times, not once.`);
  const [before, rest] = parts;
  const ends = rest.split(close);
  if (ends.length !== 2)
    throw new Error(`“${open}” is followed by “${close}” ${ends.length - 1} times, not once.`);
  return `${before}${open}\n\n${body.trim()}\n\n${close}${ends[1]}`;
}
