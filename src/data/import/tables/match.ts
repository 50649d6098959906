import { DataError } from '../../formats/error';
import { identity } from '../pairing/names';
import type { TableFile } from './tableFile';

interface Other {
  file: TableFile;
  /** Names of its columns; null where its first row names none. */
  names: string[] | null;
  first: readonly string[];
}

const key = (name: string): string => identity(name).toLowerCase();
const list = (names: readonly string[]): string =>
  names
    .slice(0, 5)
    .map((name) => `“${name}”`)
    .join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');

/**
 * Puts the columns of further files where those of the first are, by their names, whatever their order. Files without names are put
 * together by place, where all have none and the same number of columns. Returns what is to be said about it; throws a `DataError` that
 * names what is missing or differs.
 */
export function matchColumns(
  first: TableFile,
  names: readonly string[] | null,
  others: readonly Other[],
): string[] {
  const notes: string[] = [];
  for (const { file, names: own } of others) {
    if ((names === null) !== (own === null)) {
      const [named, bare] = names ? [first, file] : [file, first];
      throw new DataError(
        bare.file,
        `its first row names no columns, that of ${named.file} does: give both the same header, or neither`,
      );
    }
    if (names === null || own === null) {
      if (file.width !== first.width)
        throw new DataError(file.file, `it has ${file.width} columns, ${first.file} has ${first.width}`);
      continue;
    }
    const places = names.map((name) => {
      const exact = own.indexOf(name);
      return exact >= 0 ? exact : own.findIndex((other) => key(other) === key(name));
    });
    const missing = names.filter((_, j) => places[j] < 0);
    const extra = own.filter((_, k) => !places.includes(k));
    if (missing.length > 0)
      throw new DataError(
        file.file,
        `its columns are not those of ${first.file}: it has no ${list(missing)}${extra.length > 0 ? `, but ${list(extra)}` : ''}. Give both the same header, or drop one of them alone`,
      );
    if (extra.length > 0)
      notes.push(`${file.file} has columns that ${first.file} has not; they are left out: ${list(extra)}.`);
    if (places.some((place, j) => place !== j)) file.places = places;
  }
  notes.push(
    names === null
      ? `The ${others.length + 1} files are put together by the order of their columns, as no row names them.`
      : `The ${others.length + 1} files are put together by the names of their columns${others.some(({ file }) => file.places) ? ', which stand in another order in some' : ''}.`,
  );
  return notes;
}
