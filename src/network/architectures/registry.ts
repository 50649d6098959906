import type { ArchitectureId } from '../settings';
import { isIsotropicActivation } from '../../activations/lookup';
import type { NetworkSpec } from '../spec';
import type { Architecture, DataShape, SpecConfiguration } from './architecture';
import { BIMODAL } from './bimodal';
import { CNN } from './cnn';
import { LAGRANGIAN } from './lagrangian';
import { MLP } from './mlp';

/** All architectures by id, in the order of the menu. */
export const ARCHITECTURES: Readonly<Record<ArchitectureId, Architecture>> = {
  mlp: MLP,
  cnn: CNN,
  bimodal: BIMODAL,
  lagrangian: LAGRANGIAN,
};

/** What a configuration describes on these data. Throws a sentence for people where it does not fit them. */
export function specOf(configuration: SpecConfiguration, shape: DataShape): NetworkSpec {
  return ARCHITECTURES[configuration.architecture].spec(configuration, shape);
}

/** Whether layers of a configuration are isotropic: so o, ψ, bases and adaptation have something to act on. */
export function hasIsotropic({
  architecture,
  activation,
}: Pick<SpecConfiguration, 'architecture' | 'activation'>): boolean {
  return isIsotropicActivation(activation) && ARCHITECTURES[architecture].uses.includes('activation');
}
