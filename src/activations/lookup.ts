import { ACTIVATION_REGISTRY } from './registry';
import type { Activation, ElementwiseActivation, IsotropicActivation } from './types';

type Listed = (typeof ACTIVATION_REGISTRY)[number];
/** Any activation there is. */
type AnyActivationId = Listed['id'];
/** An activation that a whole network may have. */
export type ActivationId = Extract<Listed, { ofNetworks: true }>['id'];
/** An activation that acts unit by unit: what paths and convolutions may have. */
export type ElementwiseId = Extract<Listed, { kind: 'elementwise' }>['id'];

const ALL: readonly (Activation & { id: AnyActivationId })[] = ACTIVATION_REGISTRY;
const BY_ID: ReadonlyMap<string, Activation> = new Map(ALL.map((activation) => [activation.id, activation]));

/** The activations a whole network may have, in the order of menus. */
export const ACTIVATIONS = ALL.filter(({ ofNetworks }) => ofNetworks) as readonly (Activation & {
  id: ActivationId;
})[];
export const ACTIVATION_IDS: readonly ActivationId[] = ACTIVATIONS.map(({ id }) => id);
export const ELEMENTWISE_IDS = ALL.filter(({ kind }) => kind === 'elementwise').map(
  ({ id }) => id,
) as readonly ElementwiseId[];

/** The activation of this id. Throws where there is none. */
export function activationOf(id: AnyActivationId): Activation {
  const found = BY_ID.get(id);
  if (!found) throw new Error(`There is no activation “${id}”.`);
  return found;
}

/** The elementwise activation of this id. Throws where there is none, or where it is isotropic. */
export function elementwiseOf(id: AnyActivationId): ElementwiseActivation {
  const found = activationOf(id);
  if (found.kind !== 'elementwise') throw new Error(`${found.label} does not act unit by unit.`);
  return found;
}

/** The isotropic activation of this id. Throws where there is none, or where it acts unit by unit. */
export function isotropicOf(id: AnyActivationId): IsotropicActivation {
  const found = activationOf(id);
  if (found.kind !== 'isotropic') throw new Error(`${found.label} is not isotropic.`);
  return found;
}

/** Whether an activation is isotropic, so that o, ψ and changes of basis have something to act on. */
export function isIsotropicActivation(id: AnyActivationId): boolean {
  return activationOf(id).kind === 'isotropic';
}

/** The id, where the activation acts unit by unit; null where it is isotropic. */
export function elementwiseId(id: AnyActivationId): ElementwiseId | null {
  return isIsotropicActivation(id) ? null : (id as ElementwiseId);
}

/** Number of an activation, by which kernels of the compiled engine tell models apart. It is not kept anywhere. */
export function activationCode(id: string): number {
  return ALL.findIndex((activation) => activation.id === id);
}
