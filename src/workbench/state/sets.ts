import { RECIPES } from '../../experiments/registry';
import { SIZE_NAMES, type Recipe, type SizeName, type TrialResult } from '../../experiments/types';
import { type ExperimentsState, shippedIndex } from './state';

/** Results that belong together: of one experiment at one size, one for each run. */
export interface ResultSet {
  /** Stays the same while results are added. */
  id: string;
  kind: 'own' | 'shipped' | 'imported';
  label: string;
  recipe: string;
  size: SizeName;
  /**
   * Version of the recipe that made the results. Results of a version other than the present one are shown, but never
   * beside others.
   */
  version: number;
  results: readonly TrialResult[];
}

type Sources = Pick<ExperimentsState, 'runs' | 'files' | 'index' | 'shipped'>;

/** "2026-11-22" → "22 Nov 2026". */
export function writtenDate(date: string | number): string {
  const day = new Date(date);
  return Number.isNaN(day.getTime())
    ? String(date)
    : day.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/**
 * All sets of results of an experiment, at one size or at all. The visitor's own come first (the latest in front), then
 * those shipped with the page, then imported ones.
 */
export function resultSets(
  recipe: string,
  size: SizeName | null,
  { runs, files, index, shipped }: Sources,
): ResultSet[] {
  const wanted = (one: Pick<TrialResult, 'recipe' | 'size'>): boolean =>
    one.recipe === recipe && (size === null || one.size === size);
  const own = [...runs]
    .sort((a, b) => b.at - a.at)
    .map(({ result }) => result)
    .filter(wanted);
  const list = shippedIndex({ index });
  const ours = (list?.entries ?? []).filter(wanted).flatMap(({ file }) => {
    const found = (shipped as Partial<typeof shipped>)[file];
    const label = list?.date ? `Ours, ${writtenDate(list.date)}` : 'Ours';
    return found?.state === 'there' ? split(found.results.filter(wanted), 'shipped', label, file) : [];
  });
  return [
    ...split(own, 'own', 'Yours', 'own'),
    ...ours,
    ...files.flatMap(({ id, name, results }) => split(results.filter(wanted), 'imported', name, id)),
  ];
}

/** Divides results of one origin into sets: by size and version, and by engine where runs were made on several. */
function split(
  results: readonly TrialResult[],
  kind: ResultSet['kind'],
  label: string,
  origin: string,
): ResultSet[] {
  return grouped(results, ({ size, recipeVersion }) => `${size} v${recipeVersion}`).flatMap(([key, same]) => {
    const twice = new Set(same.map(({ trial }) => trial)).size < same.length;
    const parts = twice ? grouped(same, ({ engine }) => engine.id) : [['', same] as const];
    return parts.map(([engine, part]): ResultSet => {
      const { recipe, size, recipeVersion: version } = part[0];
      // The first of equal runs: own ones come latest first.
      const unique = [...new Map([...part].reverse().map((one) => [one.trial, one])).values()];
      return {
        id: [origin, recipe, key, engine].join(' '),
        kind,
        label: twice ? `${label}, ${part[0].engine.label}` : label,
        recipe,
        size,
        version,
        results: unique,
      };
    });
  });
}

function grouped<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups];
}

/**
 * The set whose verdict the list of experiments shows: the visitor's own at the largest size, else the shipped one, else
 * an imported one.
 */
export function leadingSet(recipe: Recipe, sources: Sources): ResultSet | null {
  const sets = resultSets(recipe.id, null, sources).filter(
    ({ version, results }) => version === recipe.version && results.length > 0,
  );
  const rank = ({ kind, size }: ResultSet): number =>
    10 * ['imported', 'shipped', 'own'].indexOf(kind) + SIZE_NAMES.indexOf(size);
  // A look at the tiny size says nothing, and hides nothing.
  const telling = sets.filter(({ size }) => size !== 'tiny');
  return [...telling].sort((a, b) => rank(b) - rank(a)).at(0) ?? null;
}

/** Whether an experiment of that name exists here. */
export const knownRecipe = (id: string): Recipe | null => RECIPES.find((recipe) => recipe.id === id) ?? null;
