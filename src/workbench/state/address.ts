import { SIZE_NAMES, type SizeName } from '../../experiments/types';

/** A place of the workbench as an address names it: the list, an experiment, or an experiment at a size. */
export interface ExperimentsAddress {
  recipe: string | null;
  size: SizeName | null;
}

const ROOT = 'experiments';

/** Reads the part of an address after "#"; null where it is not one of the workbench's. */
export function parseWorkbenchAddress(hash: string): ExperimentsAddress | null {
  const [root, recipe, size] = hash.replace(/^#\/?/, '').split('/');
  if (root !== ROOT) return null;
  return {
    recipe: recipe ? decoded(recipe) : null,
    size: SIZE_NAMES.find((name) => name === size) ?? null,
  };
}

/**
 * The address of such a place, e.g. "#/experiments/lambda-sweep/quick". It begins with "#/", because it names a place of
 * its own and not a part of the lab's page.
 */
export function workbenchAddress({ recipe, size }: Partial<ExperimentsAddress> = {}): string {
  const parts = [ROOT, ...(recipe ? [encodeURIComponent(recipe), ...(size ? [size] : [])] : [])];
  return `#/${parts.join('/')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
