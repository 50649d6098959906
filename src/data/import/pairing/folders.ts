import { foldersOf, stemOf } from './paths';
import { identity } from './names';
import { type Split, splitFolder } from './words';

/** Where a picture belongs: its class, and the part of the set its folders name. */
export interface Place {
  /** Null where no folder names a class. */
  label: string | null;
  split: Split | null;
  /** Whether folders divide the set, but not this picture. */
  outside: boolean;
}

/** A file by its path, and the archive it came out of. */
export interface Placed {
  path: string;
  archive?: string;
}

/**
 * Class and split of each picture by its folders. A folder that is called train or test (or the like) divides the set where every
 * picture lies in such a one, or where both kinds stand side by side; else it is a class like any other. The class is the innermost
 * folder that does not divide. An archive is the outermost folder; it names a class where nothing in it lies in folders of classes.
 */
export function placesOf(files: readonly Placed[]): Place[] {
  const folders = files.map(({ path, archive }) => [
    ...(archive ? [stemOf(archive)] : []),
    ...foldersOf(path),
  ]);
  const marks = folders.map((parts) => parts.map(splitFolder));
  const first = marks.map((splits) => splits.findIndex((split) => split !== null));
  const divides = dividing(folders, marks, first);
  const rest = folders.map((parts, i) => (divides(i) ? parts.filter((_, d) => marks[i][d] === null) : parts));
  // An archive that holds folders of classes is none itself.
  const inFolders = new Set(
    files.flatMap(({ archive }, i) =>
      archive && rest[i].length > 1 - Number(marks[i][0] !== null && divides(i)) ? [archive] : [],
    ),
  );
  const any = files.some((_, i) => divides(i));
  // Nothing but folders of both parts: they are no classes, and no other folder is.
  const bare = marks.map((splits) => splits.length > 0 && splits.every((split) => split !== null));
  const both = new Set(marks.flatMap((splits, i) => (bare[i] ? splits : []))).size === 2;
  return files.map(({ archive }, i) => {
    const own = divides(i);
    const outermost = archive && !(own && marks[i][0] !== null) ? 1 : 0;
    const classes = archive && inFolders.has(archive) ? rest[i].slice(outermost) : rest[i];
    return {
      label: both && bare[i] ? null : identity(classes.at(-1) ?? '') || null,
      split: own ? marks[i][first[i]] : null,
      outside: any && !own,
    };
  });
}

/** Whether the first train or test folder of file i divides the set. */
function dividing(
  folders: readonly string[][],
  marks: readonly (Split | null)[][],
  first: readonly number[],
): (i: number) => boolean {
  const leaves = (i: number): boolean => folders[i].some((_, d) => marks[i][d] === null);
  if (first.every((d, i) => d >= 0 && leaves(i))) return () => true;
  const at = new Map<number, Set<Split>>();
  first.forEach((d, i) => {
    if (d < 0 || !leaves(i)) return;
    const split = marks[i][d];
    if (split) at.set(d, (at.get(d) ?? new Set<Split>()).add(split));
  });
  const level = [...at].find(([, splits]) => splits.size === 2)?.[0];
  return (i) => level !== undefined && first[i] === level && leaves(i);
}
