/** The upper half of code page 437, the one the zip format names for names that are not marked as UTF-8. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** A way to read the bytes of a name. Null where they cannot be read that way. */
interface CodePage {
  name: string;
  decode(bytes: Uint8Array): string | null;
}

function strict(label: string): CodePage['decode'] {
  const decoder = new TextDecoder(label, { fatal: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return null;
    }
  };
}

const UTF8: CodePage = { name: 'UTF-8', decode: strict('utf-8') };
const DOS: CodePage = {
  name: 'code page 437',
  decode: (bytes) =>
    Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128])).join(''),
};
const WINDOWS: CodePage = { name: 'Windows-1252', decode: strict('windows-1252') };
const JAPANESE: CodePage = { name: 'Shift JIS', decode: strict('shift_jis') };

const letters = (text: string): number =>
  (text.match(/[\u0080-\u024f\u1e00-\u1eff]/gu) ?? []).filter((c) => /\p{L}/u.test(c)).length;
/** Two kana or Chinese characters next to each other, and nothing that Japanese names do not hold. */
const japanese = (text: string): boolean =>
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]{2}/u.test(text) &&
  !/[\p{Script=Cyrillic}\p{Script=Greek}\uff61-\uff64]/u.test(text);

/** A name in a zip as it stands there. */
export interface RawName {
  bytes: Uint8Array;
  /** Whether the archive marks it as UTF-8. */
  utf8: boolean;
  /** What Info-ZIP's extra field says the name is, if it is there. */
  unicode: string | null;
}

/**
 * The names of an archive. Marked as UTF-8 or sound as such: UTF-8. Of the others the archive does not say which code page they are in:
 * 437 is what the format names, but Windows writes its own and Japanese systems theirs, so the one in which they read as letters is
 * taken, the same for all. `assumed` names it where there was anything to assume.
 */
export function decodeNames(names: readonly RawName[]): { paths: string[]; assumed: string | null } {
  const known = names.map(({ bytes, unicode, utf8 }) => {
    if (unicode !== null) return unicode;
    return UTF8.decode(bytes) ?? (utf8 ? new TextDecoder().decode(bytes) : null);
  });
  const unknown = names.filter((_, i) => known[i] === null).map(({ bytes }) => bytes);
  if (unknown.length === 0) return { paths: known.map((name) => name ?? ''), assumed: null };
  const page = codePage(unknown);
  return {
    paths: names.map(({ bytes }, i) => known[i] ?? page.decode(bytes) ?? DOS.decode(bytes) ?? ''),
    assumed: page.name,
  };
}

function codePage(names: readonly Uint8Array[]): CodePage {
  const read = (page: CodePage): string | null => {
    const texts = names.map((bytes) => page.decode(bytes));
    return texts.every((text) => text !== null) ? texts.join('\n') : null;
  };
  const inJapanese = read(JAPANESE);
  if (inJapanese && japanese(inJapanese)) return JAPANESE;
  const [dos, windows] = [read(DOS), read(WINDOWS)];
  return letters(windows ?? '') > letters(dos ?? '') ? WINDOWS : DOS;
}
