/** Components of a path in any notation, without drives, `.`, `..` and emptiness: a path is never followed, only read for names. */
function pathComponents(path: string): string[] {
  return path
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part));
}

/** The file's own name. */
export const baseName = (path: string): string => pathComponents(path).at(-1) ?? path;

/** A file's name without what says of which kind it is: `cat.tar.gz` is `cat`. */
export const stemOf = (path: string): string =>
  baseName(path).replace(/(\.(zip|tar|tgz|gz|gzip|npz|npy|csv|tsv|txt|bin))+$/i, '');

/** The folders a file lies in, outermost first. */
export const foldersOf = (path: string): string[] => pathComponents(path).slice(0, -1);

/** Files that systems leave behind and nobody meant: passed over without a word. */
export function isSystemFile(path: string): boolean {
  return pathComponents(path).some(
    (part) =>
      part.startsWith('.') ||
      part === '__MACOSX' ||
      /^(thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|@eadir)$/i.test(part),
  );
}
