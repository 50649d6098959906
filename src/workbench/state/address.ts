import { SIZE_NAMES, type SizeName } from '../../experiments/types';

/** Where in the workbench the address points: the list, an experiment, or an experiment at a size. */
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

/** "#/experiments/lambda-sweep/quick": with the slash it is a place, not a part of the page. */
export function workbenchAddress({ recipe, size }: Partial<ExperimentsAddress> = {}): string {
  const parts = [ROOT, ...(recipe ? [encodeURIComponent(recipe), ...(size ? [size] : [])] : [])];
  return `#/${parts.join('/')}`;
}

/** Goes to a place of the workbench, or (null) back to the lab; the browser's Back returns. */
export function openWorkbench(address: string | null): void {
  const { pathname, search } = window.location;
  history.pushState(null, '', address ?? `${pathname}${search}`);
  // pushState tells nobody.
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
