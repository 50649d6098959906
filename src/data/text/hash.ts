/** The number of columns that words are hashed to. */
export const HASH_COLUMNS = 2048;

/** The words of a text: runs of letters and digits, in lower case. */
export function textTokens(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

const encoder = new TextEncoder();

/**
 * The column of a word: the 32-bit FNV-1a hash of its UTF-8 bytes (Fowler, Noll, Vo), its halves combined by XOR, modulo
 * 2,048. Words that share a column cannot be told apart; with 20,000 words on 2,048 columns many do.
 */
export function columnOf(word: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(word)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash ^ (hash >>> 16)) & (HASH_COLUMNS - 1);
}

const columns = new Map<string, number>();

/** Adds up the words of a text per column into `out` [2048], which holds zeros before; counts end at 255. */
export function hashText(text: string, out: Uint8Array): void {
  for (const word of textTokens(text)) {
    let column = columns.get(word);
    if (column === undefined) columns.set(word, (column = columnOf(word)));
    if (out[column] < 255) out[column]++;
  }
}
