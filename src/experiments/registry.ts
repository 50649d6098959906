import { lambdaSweep } from './recipes/lambdaSweep';
import { operationTiming } from './recipes/operationTiming';
import { seedVariability } from './recipes/seedVariability';
import type { Recipe } from './types';

/** All experiments, in the order of the list: the energy paper's, then the isotropic paper's, then the controls the papers lack. */
export const RECIPES: readonly Recipe[] = [lambdaSweep, seedVariability, operationTiming];

/** The recipe of that id. Throws a sentence for people where there is none. */
export function recipeOf(id: string): Recipe {
  const found = RECIPES.find((recipe) => recipe.id === id);
  if (!found)
    throw new Error(`“${id}” is not an experiment: ${RECIPES.map((recipe) => recipe.id).join(', ')}.`);
  return found;
}
