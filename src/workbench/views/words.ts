import type { DatasetId } from '../../data/ids';
import { DATASETS } from '../../data/registry';
import type { FactorLevels, Recipe, SizeName } from '../../experiments/types';

/** What a size is for. */
export const SIZE_WORDS: Record<SizeName, string> = {
  tiny: 'Shows that it runs, concludes nothing',
  quick: 'A minute or two on a laptop GPU',
  class: 'A lesson or a coffee',
  full: 'As near to the paper as we know it',
};

/** A level of a factor as people write it. */
export function levelWritten(factor: string, level: string | number): string {
  if (factor === 'data' && Object.hasOwn(DATASETS, level)) return DATASETS[level as DatasetId].label;
  return String(level);
}

/** "MNIST, λ 0.01". */
export function factorsWritten(recipe: Recipe, factors: FactorLevels): string {
  return recipe.factors
    .filter(({ id }) => Object.hasOwn(factors, id))
    .map(({ id, label }) => {
      const level = levelWritten(id, factors[id]);
      return typeof factors[id] === 'number' ? `${label} ${level}` : level;
    })
    .join(', ');
}
