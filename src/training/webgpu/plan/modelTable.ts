import type { ActivationId, NetworkSpec, OMode, PsiMode } from '../../../network/spec';
import { layerWidths } from '../../../network/network';
import { MEASURE_CODES } from '../../../layers/energy.wgsl';
import type { StepSettings } from '../../engine';
import { MAX_WEIGHTED_MERGES, mergeCoefficients } from './pathDivisions';

const ACTIVATION_CODES: Readonly<Record<ActivationId, number>> = { 'isotropic-tanh': 0, tanh: 1, relu: 2 };
const O_CODES: Readonly<Record<OMode, number>> = { off: 0, fixed: 1, trained: 2 };
const PSI_CODES: Readonly<Record<PsiMode, number>> = {
  off: 0,
  fixed: 1,
  trained: 2,
  decay: 3,
  expectation: 0,
};
const OPTIMISER_CODES = { adam: 0, adamw: 0, sgd: 1 } as const;

/** One row per model: everything about it that may change between submissions. Layers are counted as in Layout. */
export const MODEL_TABLE = `
struct Model {
  sizes: array<vec4u, 4>,   // units in use by layer
  modes: array<vec4u, 4>,   // by hidden layer (0 = first): o mode | ψ mode << 8
  activation: u32, measure: u32, optimiser: u32, decayAll: u32,
  images: u32, ring: u32, width: u32, stepsBefore: u32,
  lambda: f32, psiDecay: f32, byteScale: f32, clip: f32,
  momentum: f32, blocks: u32, site: u32, planes: u32,
  mix: array<vec4f, ${MAX_WEIGHTED_MERGES}>, // coefficients or offsets of the layers that add or multiply paths, in order
}
fn sizeOf(model: u32, layer: u32) -> u32 { return models[model].sizes[layer / 4u][layer % 4u]; }
fn vectorsOf(model: u32, layer: u32) -> u32 { return (sizeOf(model, layer) + 3u) / 4u; }
fn modeOf(model: u32, hidden: u32) -> u32 { return models[model].modes[hidden / 4u][hidden % 4u]; }`;

/** 32-bit words of a row. */
export const TABLE_WORDS = 48 + 4 * MAX_WEIGHTED_MERGES;

/** Where a pass reads and writes besides its parameters. */
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

/** What E is of. */
export type EnergyDefinition = Required<Pick<StepSettings, 'measure' | 'site'>>;

/** Writes one model's row. */
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
  if (spec.activation === 'isotropic-tanh')
    spec.hidden.forEach(({ o, psi }, i) => (words[16 + i] = O_CODES[o] | (PSI_CODES[psi] << 8)));
  const { lambda, measure, psiDecay, optimiser } = controls;
  words.set([ACTIVATION_CODES[spec.activation], MEASURE_CODES[measure]], 32);
  words.set([OPTIMISER_CODES[optimiser.id], optimiser.decayAll ? 1 : 0], 34);
  words.set([pass.images, pass.ring, pass.shift?.width ?? 0, pass.shift?.stepsBefore ?? 0], 36);
  floats.set([lambda, psiDecay, pass.byteScale, Math.min(pass.clip, 3e38)], 40);
  floats[44] = optimiser.momentum;
  words[45] = blocksWord(spec);
  words[46] = controls.site === 'pre' ? 1 : 0;
  words[47] = pass.shift?.planes ?? 1;
  floats.set(mergeCoefficients(spec), 48);
}

/** Most tasks a row has room for. */
export const MAX_TASKS = 4;

/** Byte t: one more than the block of task t, 0 where there is none; all 0 for networks without blocks. */
function blocksWord({ blocks }: NetworkSpec): number {
  return (blocks ?? []).reduce((word, task, block) => word | ((block + 1) << (8 * task)), 0);
}

/** Controls under which nothing is trained: for passes that only look. */
export function observationSettings(measured: EnergyDefinition): TableSettings {
  return {
    ...measured,
    lambda: 0,
    psiDecay: 0,
    optimiser: { id: 'sgd', learningRate: 0, weightDecay: 0, decayAll: false, momentum: 0 },
  };
}
