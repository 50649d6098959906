import { isIsotropicActivation } from '../../activations/lookup';
import type { Planes } from '../convolution';
import { type ArchitectureId, DEFAULT_NETWORK, type NetworkSettings } from '../settings';
import { NETWORK_LIMITS, type HiddenSpec, type NetworkSpec } from '../spec';

/** The fields of a configuration that can decide what a network is made of. */
export const SPEC_FIELDS = [
  'architecture',
  'hidden',
  'channels',
  'gliaRatio',
  'regulation',
  'kinetic',
  'mu',
  'activation',
  'oMode',
  'psi',
  'normalise',
] as const satisfies readonly (keyof NetworkSettings)[];
export type SpecField = (typeof SPEC_FIELDS)[number];
/** The part of a configuration that a spec is made from. */
export type SpecConfiguration = Pick<NetworkSettings, SpecField>;

/** What the data ask of a network. `planes`: what a convolution would read of a sample, left out where it could not. */
export interface DataShape {
  inputs: number;
  outputs: number;
  blocks?: readonly number[];
  planes?: Planes | null;
}

/** A kind of network, as a description that every engine can run. */
export interface Architecture {
  id: ArchitectureId;
  label: string;
  describe: string;
  /** Which parts of it are our reading of the paper, in one sentence; null where none are. */
  reading: string | null;
  /** The fields of a configuration that it uses, besides its own id. Others change nothing. */
  uses: readonly SpecField[];
  /** Sizes it is compared at, and starts with as a preset: small enough for slow machines. */
  sizes: Pick<NetworkSettings, 'hidden' | 'channels'>;
  /** Throws a sentence for people where the data or the sizes do not fit. */
  spec: (configuration: SpecConfiguration, shape: DataShape) => NetworkSpec;
}

/** Hidden layers without paths or convolution, in the activation of the configuration. */
export function denseLayers(
  widths: readonly number[],
  {
    activation,
    oMode,
    psi,
    normalise,
  }: Pick<SpecConfiguration, 'activation' | 'oMode' | 'psi' | 'normalise'>,
): HiddenSpec[] {
  const isotropic = isIsotropicActivation(activation);
  return widths.map((width) => ({
    width,
    o: isotropic ? oMode : 'off',
    psi: isotropic ? psi : 'off',
    ...(normalise && !isotropic && { normalise }),
  }));
}

/** The spec of these layers on these data. Throws where they are too many. */
export function specFromLayers(
  { inputs, outputs, blocks }: DataShape,
  activation: NetworkSpec['activation'],
  hidden: HiddenSpec[],
): NetworkSpec {
  if (hidden.length > NETWORK_LIMITS.maxHidden)
    throw new Error(
      `A network has at most ${NETWORK_LIMITS.maxHidden} hidden layers, convolution stages included; these are ${hidden.length}.`,
    );
  return { inputs, outputs, activation, hidden, ...(blocks && { blocks: [...blocks] }) };
}

/** Sizes of the dense baselines: those of the first visit, H and H/2. */
export const DENSE_SIZES: Architecture['sizes'] = {
  hidden: DEFAULT_NETWORK.hidden,
  channels: DEFAULT_NETWORK.channels,
};
