import { z } from 'zod';
import { ACTIVATION_IDS, type ActivationId, type ElementwiseId } from '../activations/lookup';

/** The activation of a network, as files and addresses name it. */
export const activationId = z.enum(ACTIVATION_IDS);

/** How the intrinsic length o (a *squared* length, one scalar per hidden layer) behaves. `off` is exactly 0. */
export const oModeId = z.enum(['off', 'fixed', 'trained']);
export type OMode = z.infer<typeof oModeId>;

/**
 * How ψ behaves. ψ of hidden layer i is added, times that layer's scalar s, to the pre-activation of the next layer.
 * `fixed`: in the forward pass but not trained; `decay`: trained, with psiDecay·Σ‖ψ‖² in the loss; `expectation`: no ψ,
 * a removed unit leaves mean(s)·w*·b* in the next layer's bias instead.
 */
export const psiModeId = z.enum(['off', 'fixed', 'trained', 'decay', 'expectation']);
export type PsiMode = z.infer<typeof psiModeId>;

/** Whether ψ is part of the forward pass. */
export function hasPsi(mode: PsiMode): boolean {
  return mode !== 'off' && mode !== 'expectation';
}

export const initialisationId = z.enum(['orthogonal', 'xavier', 'he']);
export type InitialisationId = z.infer<typeof initialisationId>;

/** One of the parallel paths of a hidden layer. Its units are next to each other, paths in their order. */
export interface PathSpec {
  width: number;
  activation: ElementwiseId;
  /**
   * The one path of the layer below that it reads (that layer has to be concatenated), or null where it reads all of
   * that layer, after its merge.
   */
  from: number | null;
}

/**
 * What the next affine map reads of a layer's paths h₁, h₂, …: all of them side by side, Σ coefficientₖ·hₖ, or
 * Π (offsetₖ + hₖ), e.g. f·(1 + s) with offsets 0 and 1. The numbers are data: changing them changes no shape.
 */
export type Merge =
  { kind: 'concatenate' } | { kind: 'add'; coefficients: number[] } | { kind: 'multiply'; offsets: number[] };

/**
 * A convolution stage: 3×3 kernels over `inChannels` planes [channel][y][x] of what is below, zero padding 1, stride 1, then the
 * largest of each 2×2 (an odd last row or column is left out), then the activation. So z and h are the pooled values: the layer has
 * channels·⌊h/2⌋·⌊w/2⌋ units, laid out [channel][y][x]. Its weights are [channels, inChannels·9] (column 9·c + 3·dy + dx), its biases [channels].
 */
export interface ConvolutionSpec {
  inChannels: number;
  inHeight: number;
  inWidth: number;
  channels: number;
  activation: ElementwiseId;
}

/**
 * One hidden layer. Modes are those of isotropic layers; elementwise layers carry `off`. A layer divided into `paths` is
 * elementwise with their activations, whatever the network's is, and `width` is the sum of theirs (units before the merge).
 */
export interface HiddenSpec {
  width: number;
  o: OMode;
  psi: PsiMode;
  paths?: PathSpec[];
  /** Only with paths; absent means concatenated. */
  merge?: Merge;
  /** The affine map is a convolution with pooling. Convolutions come first, one after another, and have neither paths nor o nor ψ. */
  convolution?: ConvolutionSpec;
  /**
   * Root-mean-square normalisation after the activation, without gain: h ← h / √(mean of the layer's h² + 1e-5), per image. On
   * elementwise layers only (with paths: over all their units, before the merge). Mean-square E then stays near 1, and units can no
   * longer be rescaled without changing what the network computes.
   */
  normalise?: boolean;
}

/** A dense network: inputs → hidden layers → outputs (logits). `hidden` may be empty (softmax regression). */
export interface NetworkSpec {
  inputs: number;
  outputs: number;
  activation: ActivationId;
  hidden: HiddenSpec[];
  /**
   * The task of each block, where inputs and outputs are divided into equal blocks, one for each task. An image of a
   * task fills its own block of inputs, with zeros elsewhere, and is scored on its own block of outputs. Absent where
   * there is one task.
   */
  blocks?: readonly number[];
}

export const NETWORK_LIMITS = {
  minHidden: 1,
  maxHidden: 6,
  minWidth: 2,
  maxWidth: 1024,
  maxPaths: 4,
  maxChannels: 64,
  maxStages: 3,
} as const;

/** ε of root-mean-square normalisation. */
export const NORMALISE_EPSILON = 1e-5;

/** Smallest o of the modes `fixed` and `trained` (kept as log o when trained); an exact 0 is the mode `off`. */
export const O_FLOOR = 1e-6;
