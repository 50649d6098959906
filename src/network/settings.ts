import { z } from 'zod';
import { isIsotropicActivation } from '../activations/lookup';
import { activationId, initialisationId, NETWORK_LIMITS, O_FLOOR, oModeId, psiModeId } from './spec';

/** The kind of network; each has a description in network/architectures. */
export const architectureId = z.enum(['mlp', 'cnn', 'bimodal', 'lagrangian']);
export type ArchitectureId = z.infer<typeof architectureId>;

/**
 * How the glial path of BimodalTrue acts on the neuronal one in its last divided layer. With f the neuronal and s the
 * glial activations: side by side (`concatenate`, the default), f + s (`add`), f·(1 + s) (`multiply`), or f·sigmoid(z)
 * with z the glial pre-activation (`gate`). These are our readings: the paper only says that the glial path regulates.
 */
export const regulationId = z.enum(['concatenate', 'add', 'multiply', 'gate']);
export type RegulationId = z.infer<typeof regulationId>;

/** The kinetic path T of Physics-Lagrangian: max(0, z), or ½z². Our readings. */
export const kineticId = z.enum(['relu', 'half-square']);
export type KineticId = z.infer<typeof kineticId>;

/** Range of λ and o apart from an exact 0, which is always allowed. */
export const TYPED_RANGE = { min: O_FLOOR, max: 1e4 } as const;
export const zeroOrTyped = z.union([z.literal(0), z.number().min(TYPED_RANGE.min).max(TYPED_RANGE.max)]);

/**
 * The fields of a configuration that say what a network is and how it starts. `o` and `hidden` are per hidden layer; a shorter `o`
 * repeats its last entry.
 */
export const networkFields = {
  hidden: z
    .array(z.number().int().min(NETWORK_LIMITS.minWidth).max(NETWORK_LIMITS.maxWidth))
    .min(NETWORK_LIMITS.minHidden)
    .max(NETWORK_LIMITS.maxHidden),
  architecture: architectureId,
  /** CNN: channels of its convolution stages. */
  channels: z
    .array(z.number().int().min(1).max(NETWORK_LIMITS.maxChannels))
    .min(1)
    .max(NETWORK_LIMITS.maxStages),
  /**
   * BimodalTrue: glial units per neuronal unit. Unless the paths are side by side, both have equally many units in the
   * last divided layer.
   */
  gliaRatio: z.number().min(0).max(3),
  regulation: regulationId,
  /** Physics-Lagrangian: the weight μ of the constraint path C in l = T − V + μ·C. */
  mu: z.number().min(-10).max(10),
  kinetic: kineticId,
  /** Root-mean-square normalisation after each elementwise hidden layer. */
  normalise: z.boolean(),
  activation: activationId,
  oMode: oModeId,
  o: z.array(zeroOrTyped).min(1).max(NETWORK_LIMITS.maxHidden),
  psi: psiModeId,
  initialisation: initialisationId,
  /** Of all that is random in a run: first weights, batches, what grows. */
  seed: z.number().int().min(0).max(999_999),
};
export type NetworkSettings = z.infer<z.ZodObject<typeof networkFields>>;

/** The network of the first visit. */
export const DEFAULT_NETWORK: NetworkSettings = {
  hidden: [128, 64],
  architecture: 'mlp',
  channels: [8, 16],
  gliaRatio: 0.5,
  regulation: 'concatenate',
  mu: 1,
  kinetic: 'relu',
  normalise: false,
  activation: 'isotropic-tanh',
  oMode: 'trained',
  o: [O_FLOOR],
  psi: 'decay',
  initialisation: 'orthogonal',
  seed: 7,
};

/**
 * The intrinsic length o that hidden layer `layer` (0-based) starts with; 0 where it is off or the network is not
 * isotropic.
 */
export function intrinsicLengthSetting(
  { activation, oMode, o }: Pick<NetworkSettings, 'activation' | 'oMode' | 'o'>,
  layer: number,
): number {
  if (!isIsotropicActivation(activation) || oMode === 'off') return 0;
  return Math.max(O_FLOOR, o[Math.min(layer, o.length - 1)]);
}

/**
 * The list `o` with another value for hidden layer `layer` (0-based; convolution stages count as layers). The list has a
 * single entry where all values are equal.
 */
export function withIntrinsicLength(
  { hidden, o }: Pick<NetworkSettings, 'hidden' | 'o'>,
  layer: number,
  value: number,
): number[] {
  const length = Math.max(hidden.length, o.length, layer + 1);
  const values = Array.from({ length }, (_, i) => (i === layer ? value : o[Math.min(i, o.length - 1)]));
  return values.every((each) => each === values[0]) ? [value] : values;
}
