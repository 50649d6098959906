import { architectureByDataset } from './recipes/energy/architectureByDataset';
import { closedLoophole } from './recipes/energy/closedLoophole';
import { compressionRatio } from './recipes/energy/compressionRatio';
import { criterionComparison } from './recipes/isotropic/criterionComparison';
import { directionsPerClass } from './recipes/isotropic/directionsPerClass';
import { efficiencyPareto } from './recipes/energy/efficiencyPareto';
import { energyMeetsIsotropy } from './recipes/energy/energyMeetsIsotropy';
import { hiddenDimension } from './recipes/energy/hiddenDimension';
import { invarianceTable } from './recipes/isotropic/invarianceTable';
import { isotropicVsStandard } from './recipes/isotropic/isotropicVsStandard';
import { jouleProxy } from './recipes/energy/jouleProxy';
import { lambdaSweep } from './recipes/energy/lambdaSweep';
import { linearArgmax } from './recipes/isotropic/linearArgmax';
import { linearBaseline } from './recipes/isotropic/linearBaseline';
import { neuroabundance } from './recipes/isotropic/neuroabundance';
import { noiseFloor } from './recipes/energy/noiseFloor';
import { operationTiming } from './recipes/isotropic/operationTiming';
import { removalError } from './recipes/isotropic/removalError';
import { rescalingControl } from './recipes/energy/rescalingControl';
import { scheduledTasks } from './recipes/isotropic/scheduledTasks';
import { seedVariability } from './recipes/energy/seedVariability';
import { singularValueEvolution } from './recipes/isotropic/singularValueEvolution';
import { sparsification } from './recipes/isotropic/sparsification';
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
export function recipeById(id: string): Recipe {
  const found = RECIPES.find((recipe) => recipe.id === id);
  if (!found)
    throw new Error(`“${id}” is not an experiment: ${RECIPES.map((recipe) => recipe.id).join(', ')}.`);
  return found;
}
