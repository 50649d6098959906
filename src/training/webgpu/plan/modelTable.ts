import type { EnergySite } from '../../../energy/ids';
import type { NetworkSpec, OMode, PsiMode } from '../../../network/spec';
import { activationCode } from '../../../activations/lookup';
import { isIsotropic, layerWidths } from '../../../network/network';
import { MEASURE_CODES, MEASURE_CONSTANTS } from '../../../layers/energy.wgsl';
import type { StepSettings } from '../../engine';
import { MAX_WEIGHTED_MERGES, mergeCoefficients } from './pathDivisions';

/** Numbers of modes, optimisers and sites in the models' table; kernels know them by the names in MODEL_TABLE. */
const O_CODES: Readonly<Record<OMode, number>> = { off: 0, fixed: 1, trained: 2 };
const PSI_CODES: Readonly<Record<PsiMode, number>> = {
  off: 0,
  fixed: 1,
  trained: 2,
  decay: 3,
  expectation: 0,
};
const OPTIMISER_CODES = { adam: 0, adamw: 0, sgd: 1 } as const;
const SITE_CODES: Readonly<Record<EnergySite, number>> = { post: 0, pre: 1 };

/** The single values of a row after its lists, in order. Their number is a multiple of four, as alignment wants it. */
const FIELDS = [
  ['taskBlocks', 'u32', 'byte t: 1 + the block of task t, or 0 where it has none; 0 without blocks'],
  ['measure', 'u32', 'MEAN_SQUARE, SUM_SQUARE …: the measure of energy'],
  ['site', 'u32', 'SITE_POST: the energy is of h, else of z'],
  ['optimiser', 'u32', 'OPTIMISER_SGD, else Adam'],
  ['decayAll', 'u32', '1: weight decay acts on biases, ψ and log o too'],
  ['images', 'u32', 'images in the batch'],
  ['ring', 'u32', 'first row of this submission in the ring of metrics'],
  ['width', 'u32', 'pixels in a row of images that are to be shifted; 0: they are not'],
  ['planes', 'u32', 'planes of images that are to be shifted'],
  ['stepsBefore', 'u32', 'optimiser steps before this submission, which shifts are drawn by'],
  ['lambda', 'f32', 'weight of the energy in the loss'],
  ['psiDecay', 'f32', 'weight of the sum of squares of ψ in the loss'],
  ['byteScale', 'f32', 'by which the bytes of images are multiplied'],
  ['clip', 'f32', 'the largest size of a standardised value'],
  ['momentum', 'f32', 'of SGD'],
  ['unused', 'u32', 'fills the last four words'],
] as const satisfies readonly (readonly [string, 'u32' | 'f32', string])[];
type Field = (typeof FIELDS)[number][0];

/** First words of a row's lists and values. */
const MODES_AT = 16;
const FIELDS_AT = 32;
const MIX_AT = FIELDS_AT + FIELDS.length;

/**
 * WGSL: one row for each model, with everything about it that may change between submissions. Layers are counted as in BufferLayout (0 is
 * the input), hidden layers from 0.
 */
export const MODEL_TABLE = `
const O_OFF = ${O_CODES.off}u;
const O_TRAINED = ${O_CODES.trained}u;
const PSI_OFF = ${PSI_CODES.off}u;
const PSI_TRAINED = ${PSI_CODES.trained}u;
const PSI_DECAY = ${PSI_CODES.decay}u;
const OPTIMISER_SGD = ${OPTIMISER_CODES.sgd}u;
const SITE_POST = ${SITE_CODES.post}u;
${MEASURE_CONSTANTS}
struct Model {
  sizes: array<vec4u, 4>, // units in use of each layer
  modes: array<vec4u, 4>, // of each hidden layer: mode of o | mode of ψ << 8 | activation << 16
${FIELDS.map(([name, type, comment]) => `  ${name}: ${type}, // ${comment}`).join('\n')}
  mix: array<vec4f, ${MAX_WEIGHTED_MERGES}>, // coefficients or offsets of the layers that add or multiply paths, in order
}
fn sizeOf(model: u32, layer: u32) -> u32 { return models[model].sizes[layer / 4u][layer % 4u]; }
fn vectorsOf(model: u32, layer: u32) -> u32 { return (sizeOf(model, layer) + 3u) / 4u; }
fn modesOf(model: u32, hidden: u32) -> u32 { return models[model].modes[hidden / 4u][hidden % 4u]; }
fn oModeOf(model: u32, hidden: u32) -> u32 { return modesOf(model, hidden) & 255u; }
fn psiModeOf(model: u32, hidden: u32) -> u32 { return (modesOf(model, hidden) >> 8u) & 255u; }
fn activationOf(model: u32, hidden: u32) -> u32 { return modesOf(model, hidden) >> 16u; }`;

/** 32-bit words of a row. */
export const TABLE_WORDS = MIX_AT + 4 * MAX_WEIGHTED_MERGES;

/** What a submission says besides the settings of a step. */
export interface PassParameters {
  images: number;
  /** First row of the metrics ring of this submission. */
  ring: number;
  byteScale: number;
  clip: number;
  /** Pixels per row and planes of images that are to be shifted, and the optimiser's steps so far, which the shifts are drawn by. */
  shift?: { width: number; planes: number; stepsBefore: number };
}

export type TableSettings = Pick<StepSettings, 'lambda' | 'measure' | 'site' | 'psiDecay' | 'optimiser'>;

/** What the energy E is computed from: a measure, of activations or pre-activations. */
export type EnergyDefinition = Required<Pick<StepSettings, 'measure' | 'site'>>;

/** Writes one model's row, in the order of the fields of MODEL_TABLE. */
export function writeModelRow(
  table: ArrayBuffer,
  model: number,
  spec: NetworkSpec,
  controls: TableSettings,
  pass: PassParameters,
): void {
  const at = model * TABLE_WORDS * 4;
  const words = new Uint32Array(table, at, TABLE_WORDS);
  const floats = new Float32Array(table, at, TABLE_WORDS);
  words.fill(0);
  words.set(layerWidths(spec), 0);
  const code = activationCode(spec.activation) << 16;
  spec.hidden.forEach((layer, i) => {
    const { o, psi } = isIsotropic(spec, i) ? layer : ({ o: 'off', psi: 'off' } as const);
    words[MODES_AT + i] = O_CODES[o] | (PSI_CODES[psi] << 8) | code;
  });
  const { lambda, measure, psiDecay, optimiser } = controls;
  const values: Readonly<Record<Field, number>> = {
    taskBlocks: blocksWord(spec),
    measure: MEASURE_CODES[measure],
    site: SITE_CODES[controls.site ?? 'post'],
    optimiser: OPTIMISER_CODES[optimiser.id],
    decayAll: optimiser.decayAll ? 1 : 0,
    images: pass.images,
    ring: pass.ring,
    width: pass.shift?.width ?? 0,
    planes: pass.shift?.planes ?? 1,
    stepsBefore: pass.shift?.stepsBefore ?? 0,
    lambda,
    psiDecay,
    byteScale: pass.byteScale,
    clip: Math.min(pass.clip, LARGEST_CLIP),
    momentum: optimiser.momentum,
    unused: 0,
  };
  FIELDS.forEach(([name, type], i) => {
    (type === 'u32' ? words : floats)[FIELDS_AT + i] = values[name];
  });
  floats.set(mergeCoefficients(spec), MIX_AT);
}

/** Clipping at infinity is none; WGSL has no infinity. */
const LARGEST_CLIP = 3e38;

/** Most tasks a row has room for. */
export const MAX_TASKS = 4;

/** Byte t: one more than the block of task t, 0 where there is none; all 0 for networks without blocks. */
function blocksWord({ blocks }: NetworkSpec): number {
  return (blocks ?? []).reduce((word, task, block) => word | ((block + 1) << (8 * task)), 0);
}

/** Settings of a pass that observes: nothing is trained. */
export function observationSettings(measured: EnergyDefinition): TableSettings {
  return {
    ...measured,
    lambda: 0,
    psiDecay: 0,
    optimiser: { id: 'sgd', learningRate: 0, weightDecay: 0, decayAll: false, momentum: 0 },
  };
}
