import { architectureByDataset } from './recipes/architectureByDataset';
import { closedLoophole } from './recipes/closedLoophole';
import { compressionRatio } from './recipes/compressionRatio';
import { criterionComparison } from './recipes/criterionComparison';
import { directionsPerClass } from './recipes/directionsPerClass';
import { efficiencyPareto } from './recipes/efficiencyPareto';
import { energyMeetsIsotropy } from './recipes/energyMeetsIsotropy';
import { hiddenDimension } from './recipes/hiddenDimension';
import { invarianceTable } from './recipes/invarianceTable';
import { isotropicVsStandard } from './recipes/isotropicVsStandard';
import { jouleProxy } from './recipes/jouleProxy';
import { lambdaSweep } from './recipes/lambdaSweep';
import { linearArgmax } from './recipes/linearArgmax';
import { linearBaseline } from './recipes/linearBaseline';
import { neuroabundance } from './recipes/neuroabundance';
import { noiseFloor } from './recipes/noiseFloor';
import { operationTiming } from './recipes/operationTiming';
import { removalError } from './recipes/removalError';
import { rescalingControl } from './recipes/rescalingControl';
import { scheduledTasks } from './recipes/scheduledTasks';
import { seedVariability } from './recipes/seedVariability';
import { singularValueEvolution } from './recipes/singularValueEvolution';
import { sparsification } from './recipes/sparsification';
import type { Recipe } from './types';

/** All experiments, in the order of the list: the energy paper's, then the isotropic paper's, then the controls the papers lack. */
export const RECIPES: readonly Recipe[] = [
  // The energy paper's.
  lambdaSweep,
  architectureByDataset,
  efficiencyPareto,
  seedVariability,
  hiddenDimension,
  compressionRatio,
  // The isotropic paper's.
  operationTiming,
  invarianceTable,
  singularValueEvolution,
  scheduledTasks,
  neuroabundance,
  sparsification,
  isotropicVsStandard,
  // Controls to the energy paper.
  rescalingControl,
  noiseFloor,
  closedLoophole,
  jouleProxy,
  // Controls to the isotropic paper, and to both.
  removalError,
  criterionComparison,
  directionsPerClass,
  linearBaseline,
  linearArgmax,
  energyMeetsIsotropy,
];

/** The recipe of that id. Throws a sentence for people where there is none. */
export function recipeOf(id: string): Recipe {
  const found = RECIPES.find((recipe) => recipe.id === id);
  if (!found)
    throw new Error(`“${id}” is not an experiment: ${RECIPES.map((recipe) => recipe.id).join(', ')}.`);
  return found;
}
