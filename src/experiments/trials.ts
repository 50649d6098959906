import { type Configuration, configurationSchema, DEFAULT_CONFIGURATION } from '../configuration/schema';
import { DATASETS } from '../data/registry';
import type {
  FactorLevel,
  FactorLevels,
  ImageLimits,
  Recipe,
  RecipeSize,
  SizeName,
  Trial,
  TrialOptions,
} from './types';

/** The number of steps of a run at a size. An epoch has as many batches as cover the training images once. */
function stepsOf({ duration, images }: RecipeSize, { data, batch }: Configuration): number {
  if ('steps' in duration) return duration.steps;
  return duration.epochs * stepsPerEpoch(data, batch, images);
}

/**
 * The number of batches that cover the training images of a data set once, or the first of them where `images` limits
 * them.
 */
export function stepsPerEpoch(data: Configuration['data'], batch: number, images: ImageLimits = {}): number {
  return Math.ceil(Math.min(images.train ?? Infinity, DATASETS[data].trainCount) / batch);
}

/** The name of a trial, e.g. "data=mnist lambda=0.01 seed=3"; factors are in the order of the recipe. */
function trialId(factors: FactorLevels, seed: number): string {
  return [...Object.entries(factors).map(([id, level]) => `${id}=${level}`), `seed=${seed}`].join(' ');
}

/** All combinations of the levels of a size; the first factor changes slowest. */
function factorCombinations(size: RecipeSize): FactorLevels[] {
  return Object.entries(size.levels).reduce<FactorLevels[]>(
    (found, [id, levels]) => found.flatMap((factors) => levels.map((level) => ({ ...factors, [id]: level }))),
    [{}],
  );
}

/**
 * The trials of a size: every combination of its levels, with every seed (0, 1, 2 …), seed by seed. `configure` gives
 * the settings that a combination stands for, over those of the size; a combination for which it returns null is left
 * out. `looks` gives the steps at which the test images are evaluated on the way. Throws where a setting is out of
 * range.
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

/** Gives `count` steps, evenly spaced, the last one at the end of the run. */
export function evenlySpacedSteps(count: number): (steps: number) => number[] {
  return (steps) => [
    ...new Set(Array.from({ length: count }, (_, i) => Math.round(((i + 1) * steps) / count))),
  ];
}

/** Which trials of an experiment are to be run. */
export interface TrialSelection extends TrialOptions {
  /** The levels to keep, by factor, as written in the name of a trial. */
  only?: Readonly<Record<string, readonly string[]>>;
}

/** The level that a text means: itself, or for a number any way of writing it (1e-2 for 0.01). Null where there is none. */
function levelMeant(levels: readonly FactorLevel[], text: string): string | null {
  const level = levels.find((one) =>
    typeof one === 'number' ? text.trim() !== '' && Number(text) === one : one === text,
  );
  return level === undefined ? null : String(level);
}

/**
 * Levels asked for, as the recipe writes them, in its order and each once: two ways of asking for the same runs come out equal. Throws a
 * sentence for people on a factor or level that is not there.
 */
export function canonicalLevels(
  recipe: Recipe,
  size: SizeName,
  only: NonNullable<TrialSelection['only']>,
): NonNullable<TrialSelection['only']> {
  const { levels } = recipe.sizes[size];
  for (const [factor, wanted] of Object.entries(only)) {
    if (!Object.hasOwn(levels, factor))
      throw new Error(
        `“${factor}” is no factor of ${recipe.id}: ${Object.keys(levels).join(', ') || 'it has none'}.`,
      );
    const odd = wanted.find((text) => levelMeant(levels[factor], text) === null);
    if (odd !== undefined)
      throw new Error(`“${odd}” is no level of ${factor} at this size: ${levels[factor].join(', ')}.`);
  }
  return Object.fromEntries(
    Object.keys(levels)
      .filter((factor) => Object.hasOwn(only, factor))
      .map((factor) => {
        const meant = new Set(only[factor].map((text) => levelMeant(levels[factor], text)));
        return [factor, levels[factor].map(String).filter((level) => meant.has(level))];
      }),
  );
}

/** The trials of a recipe at a size, as selected. Throws a sentence for people on a factor or level that is not there. */
export function selectTrials(
  recipe: Recipe,
  size: SizeName,
  { only = {}, ...options }: TrialSelection = {},
): Trial[] {
  const kept = Object.entries(canonicalLevels(recipe, size, only));
  return recipe
    .trials(size, options)
    .filter(({ factors }) => kept.every(([factor, wanted]) => wanted.includes(String(factors[factor]))));
}
