/**
 * Widths of letters in Inter as shares of the type size, rounded up a little, so that text can be laid out without a document. A file
 * opened where Inter is missing shows a face of about the same widths.
 */
const WIDTHS: readonly [characters: RegExp, share: number][] = [
  [/[ijlI.,:;'|!’ ]/, 0.29],
  [/[-()[\]/ftr·“”"]/, 0.4],
  [/[mwMW%@—…]/, 0.9],
  [/[A-ZΛΣ×=+−≥≤→]/, 0.7],
];
const USUAL = 0.6;

/** About how wide a text of this type size is, in the unit of the size. */
export function textWidth(text: string, size: number): number {
  let shares = 0;
  for (const character of text)
    shares += WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? USUAL;
  return shares * size;
}

/** A text as lines no wider than `width`, broken between words; a longer word has a line of its own. No lines for no text. */
export function wrapText(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A coordinate to a tenth of a pixel: short, and the same on every machine. */
export const tenth = (value: number): number => Math.round(10 * value) / 10;
