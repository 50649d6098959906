import { type OwnMeta, ownMetaSchema } from '../data/ownEntry';

const KEY = 'parsimony.own';

/** The notice that is shown where a link asks for own data that are not on this computer. */
export const NO_OWN_DATA =
  'The link asks for data that its author had on their own computer; they do not travel with a link. The default data are used instead.';

/**
 * The description of the visitor's own data that this browser keeps, or null. It is in local storage and can be read at
 * once; the samples themselves are in IndexedDB.
 */
export function rememberedOwn(): OwnMeta | null {
  try {
    const read = ownMetaSchema.safeParse(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/**
 * Remembers the description, or with null forgets it. Where storage is refused, a reload will not find the data again.
 */
export function rememberOwn(meta: OwnMeta | null): void {
  try {
    if (meta) localStorage.setItem(KEY, JSON.stringify(meta));
    else localStorage.removeItem(KEY);
  } catch {
    // Private windows may refuse storage.
  }
}
