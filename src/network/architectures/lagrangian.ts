import type { KineticId } from '../settings';
import type { HiddenSpec, Merge, NetworkSpec } from '../spec';
import type { ElementwiseId } from '../../activations/lookup';
import {
  type Architecture,
  DENSE_SIZES,
  denseLayers,
  specFromLayers,
  type SpecConfiguration,
} from './architecture';

/** Forms of the kinetic path T. */
export const KINETICS: readonly { id: KineticId; label: string; describe: string }[] = [
  { id: 'relu', label: 'T = max(0, z)', describe: 'Grows with the pre-activation: the tame reading.' },
  {
    id: 'half-square',
    label: 'T = ½z²',
    describe: 'As in mechanics, of z as a velocity. Large inputs make it large: small learning rates.',
  },
];

/** l = T − V + μ·C: the merge of the divided layer, for this μ. Changing μ changes no shape. */
export const lagrangianMerge = (mu: number): Merge => ({ kind: 'add', coefficients: [1, -1, mu] });

/** The hidden layer that l is read of; −1 where there is none: what μ acts on. */
export function lagrangianLayer({ hidden }: NetworkSpec): number {
  return hidden.findIndex(({ paths, merge }) => paths?.length === 3 && merge?.kind === 'add');
}

function divided({ hidden: [width], kinetic, mu, normalise }: SpecConfiguration): HiddenSpec {
  const path = (activation: ElementwiseId) => ({ width, activation, from: null });
  return {
    width: 3 * width,
    o: 'off',
    psi: 'off',
    ...(normalise && { normalise }),
    paths: [path(kinetic), path('tanh'), path('sigmoid')],
    merge: lagrangianMerge(mu),
  };
}

/** Kinetic, potential and constraint pathways of one width, merged to l = T − V + μ·C, then dense layers. */
export const LAGRANGIAN: Architecture = {
  id: 'lagrangian',
  label: 'Physics-Lagrangian',
  describe:
    'The first hidden layer is three pathways of one width: T kinetic, V potential (tanh), C constraint (sigmoid). What follows reads l = T − V + μ·C; further layers are dense in the activation chosen below.',
  reading:
    'The paper names kinetic, potential and constraint pathways; their activations, the sum T − V + μ·C unit by unit and the layers after it are our reading.',
  uses: ['hidden', 'kinetic', 'mu', 'activation', 'oMode', 'psi', 'normalise'],
  sizes: DENSE_SIZES,
  spec: (configuration, shape) =>
    specFromLayers(shape, configuration.activation, [
      divided(configuration),
      ...denseLayers(configuration.hidden.slice(1), configuration),
    ]),
};
