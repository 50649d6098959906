/** Components of a path in any notation, without drives, `.`, `..` and emptiness: a path is never followed, only read for names. */
export function parts(path: string): string[] {
  return path
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part));
}

/** The file's own name. */
export const fileName = (path: string): string => parts(path).at(-1) ?? path;

/** What a name may look like on screen: no control or direction marks, single spaces, at most 40 characters. */
export function cleanName(text: string): string {
  const clean = text
    .normalize('NFC')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return Array.from(clean).slice(0, 40).join('');
}

/** The folder a file lies in, which names its class; null where it lies in none. */
export function classFolder(path: string): string | null {
  const folder = parts(path).at(-2);
  return folder === undefined ? null : cleanName(folder) || null;
}

const TEST_FOLDER = /^(test|testing|val|valid|validation)$/i;
const TRAIN_FOLDER = /^(train|training)$/i;

/** Which split the folders above the class folder name, if any. */
export function splitFolder(path: string): 'train' | 'test' | null {
  const above = parts(path).slice(0, -2);
  if (above.some((part) => TEST_FOLDER.test(part))) return 'test';
  return above.some((part) => TRAIN_FOLDER.test(part)) ? 'train' : null;
}

/** Files that systems leave behind and nobody meant: passed over without a word. */
export function isLitter(path: string): boolean {
  return parts(path).some(
    (part) => part.startsWith('.') || part === '__MACOSX' || /^(thumbs\.db|desktop\.ini)$/i.test(part),
  );
}
