import { type OwnMeta, ownMetaSchema } from '../data/ownEntry';

const KEY = 'parsimony.own';

/** Said where a link asks for own data that are not on this computer. */
export const NO_OWN_DATA =
  'The link asks for data that its author had on their own computer; they do not travel with a link. The default data are used instead.';

/** What this browser holds of the visitor's own data, or null. The samples lie in IndexedDB; this is known at once. */
export function rememberedOwn(): OwnMeta | null {
  try {
    const read = ownMetaSchema.safeParse(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Remembers (or forgets) it; storage that refuses means that a reload does not find the data again. */
export function rememberOwn(meta: OwnMeta | null): void {
  try {
    if (meta) localStorage.setItem(KEY, JSON.stringify(meta));
    else localStorage.removeItem(KEY);
  } catch {
    // Private windows may refuse storage.
  }
}
