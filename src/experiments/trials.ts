import { type Configuration, configurationSchema, DEFAULT_CONFIGURATION } from '../configuration/schema';
import { DATASETS } from '../data/registry';
import type { FactorLevels, ImageLimits, Recipe, RecipeSize, SizeName, Trial, TrialOptions } from './types';

/** Steps of a run of a size: an epoch is as many batches as cover the training images once. */
function stepsOf({ duration, images }: RecipeSize, { data, batch }: Configuration): number {
  if ('steps' in duration) return duration.steps;
  return duration.epochs * stepsPerEpoch(data, batch, images);
}

/** Batches that cover a data set, or its first images, once. */
export function stepsPerEpoch(data: Configuration['data'], batch: number, images: ImageLimits = {}): number {
  return Math.ceil(Math.min(images.train ?? Infinity, DATASETS[data].trainCount) / batch);
}

/** "data=mnist lambda=0.01 seed=3": factors in the order of the recipe. */
function trialId(factors: FactorLevels, seed: number): string {
  return [...Object.entries(factors).map(([id, level]) => `${id}=${level}`), `seed=${seed}`].join(' ');
}

/** All combinations of the levels of a size, the first factor outermost. */
function factorCombinations(size: RecipeSize): FactorLevels[] {
  return Object.entries(size.levels).reduce<FactorLevels[]>(
    (found, [id, levels]) => found.flatMap((factors) => levels.map((level) => ({ ...factors, [id]: level }))),
    [{}],
  );
}

/**
 * Every combination of the levels of a size with every seed (0, 1, 2 …), seed by seed. `configure` says what a combination means for
 * the configuration, over the size's; combinations for which it returns null are left out. Throws where a setting is out of range.
 */
export function factorialTrials(
  size: RecipeSize,
  { seeds = size.seeds }: TrialOptions,
  configure: (factors: FactorLevels, seed: number) => Partial<Configuration> | null,
  looks: (steps: number) => readonly number[] = () => [],
): Trial[] {
  return Array.from({ length: seeds }, (_, seed) =>
    factorCombinations(size).flatMap((factors): Trial[] => {
      const own = configure(factors, seed);
      if (!own) return [];
      const configuration = configurationSchema.parse({
        ...DEFAULT_CONFIGURATION,
        ...size.configuration,
        seed,
        ...own,
      });
      const steps = stepsOf(size, configuration);
      const images = size.images ?? {};
      return [
        { id: trialId(factors, seed), factors, seed, configuration, steps, images, looks: looks(steps) },
      ];
    }),
  ).flat();
}

/** Steps at which to look `count` times, evenly, the last one at the end. */
export function evenlySpacedSteps(count: number): (steps: number) => number[] {
  return (steps) => [
    ...new Set(Array.from({ length: count }, (_, i) => Math.round(((i + 1) * steps) / count))),
  ];
}

/** What part of an experiment is to be run. */
export interface TrialSelection extends TrialOptions {
  /** By factor the levels kept, as written. */
  only?: Readonly<Record<string, readonly string[]>>;
}

/** The trials of a recipe at a size, as selected. Throws a sentence for people on a factor or level that is not there. */
export function selectTrials(
  recipe: Recipe,
  size: SizeName,
  { only = {}, ...options }: TrialSelection = {},
): Trial[] {
  const { levels } = recipe.sizes[size];
  for (const [factor, wanted] of Object.entries(only)) {
    const known = Object.hasOwn(levels, factor) ? levels[factor].map(String) : null;
    if (!known)
      throw new Error(
        `“${factor}” is no factor of ${recipe.id}: ${Object.keys(levels).join(', ') || 'it has none'}.`,
      );
    const odd = wanted.find((level) => !known.includes(level));
    if (odd !== undefined)
      throw new Error(`“${odd}” is no level of ${factor} at this size: ${known.join(', ')}.`);
  }
  return recipe
    .trials(size, options)
    .filter(({ factors }) =>
      Object.entries(only).every(([factor, wanted]) => wanted.includes(String(factors[factor]))),
    );
}
