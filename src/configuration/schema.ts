import { z } from 'zod';
import { activationId, initialisationId, NETWORK_LIMITS, O_FLOOR, oModeId, psiModeId } from '../network/spec';

export const datasetId = z.enum([
  'fashion-mnist',
  'mnist',
  'digits',
  'letters',
  'emoji',
  'glosses',
  'heartbeats',
  'events',
  'tasks',
  'spirals',
  'own',
]);
export type DatasetId = z.infer<typeof datasetId>;

export const standardisationId = z.enum(['dataset', 'pixel']);
export type StandardisationId = z.infer<typeof standardisationId>;

export const measureId = z.enum(['mean-square', 'sum-square', 'l1', 'active-count', 'hoyer-square']);
export type MeasureId = z.infer<typeof measureId>;

/** Where E is measured: on what leaves a hidden layer (h), or on its pre-activations (z). */
export const energySiteId = z.enum(['post', 'pre']);
export type EnergySite = z.infer<typeof energySiteId>;

/** What kind of network: a description in network/architectures. */
export const architectureId = z.enum(['mlp', 'cnn', 'bimodal', 'lagrangian']);
export type ArchitectureId = z.infer<typeof architectureId>;

/**
 * How the glial path of BimodalTrue acts on the neuronal one in its last divided layer: side by side (the default), f + s, f·(1 + s), or
 * f·sigmoid(z) of the glial pre-activation. Our readings: the paper only says that the glial path regulates.
 */
export const regulationId = z.enum(['concatenate', 'add', 'multiply', 'gate']);
export type RegulationId = z.infer<typeof regulationId>;

/** The kinetic path T of Physics-Lagrangian: max(0, z), or ½z². Our readings. */
export const kineticId = z.enum(['relu', 'half-square']);
export type KineticId = z.infer<typeof kineticId>;

export const optimiserId = z.enum(['adam', 'adamw', 'sgd']);
export type OptimiserId = z.infer<typeof optimiserId>;

export const engineId = z.enum([
  'auto',
  'parsimony-wasm',
  'parsimony-webgpu',
  'tfjs-webgpu',
  'tfjs-webgl',
  'tfjs-wasm',
  'tfjs-cpu',
]);
export type EngineChoice = z.infer<typeof engineId>;
/** A concrete engine, as shown in the bar. */
export type EngineId = Exclude<EngineChoice, 'auto'>;

/** What is done to training images before they are shown; hot (data/augment.ts). */
export const augmentId = z.enum(['none', 'shift']);
export type AugmentId = z.infer<typeof augmentId>;

/** What decides which unit of the diagonal basis goes first; `sigma` is the paper's. */
export const criterionId = z.enum(['sigma', 'sigma-outgoing', 'gradient', 'energy', 'random']);
export type CriterionId = z.infer<typeof criterionId>;

/** What of the optimiser's state goes with a structural operation; what does not starts again at zero. */
export const transportId = z.enum(['off', 'first', 'both']);
export type TransportId = z.infer<typeof transportId>;

/** Outgoing column of a scaffold neuron: 0.01·normal, or zero (a saddle without gradient: it never wakes). */
export const outgoingId = z.enum(['normal', 'zero']);
export type OutgoingId = z.infer<typeof outgoingId>;

/** What happens to a task's block of inputs and outputs when the task goes: dropped, or kept and never shown. */
export const taskBlocksId = z.enum(['drop', 'mask']);
export type TaskBlocksId = z.infer<typeof taskBlocksId>;

/** A switch of tasks that a run makes by itself: from after step `step` on, `tasks` are being learnt. */
const scheduledSwitch = z.object({
  step: z.number().int().min(0).max(1_000_000),
  tasks: z.array(z.number().int().min(0).max(2)).min(1).max(3),
});
export type ScheduledSwitch = z.infer<typeof scheduledSwitch>;
/** Switches in order of steps, no step twice. */
const scheduleList = z
  .array(scheduledSwitch)
  .max(32)
  .refine((switches) => switches.every(({ step }, i) => i === 0 || step > switches[i - 1].step));

/** λ and o: an exact 0, or a value in 1e-6 … 1e4. */
export const TYPED_RANGE = { min: O_FLOOR, max: 1e4 } as const;
const zeroOr = z.union([z.literal(0), z.number().min(TYPED_RANGE.min).max(TYPED_RANGE.max)]);

/**
 * The one configuration object: form state, URL, header of the checkpoint and record of the run.
 * `o` and `hidden` are per hidden layer; a shorter `o` repeats its last entry. `classes` lists the ticked class indices
 * (null = all). Hot fields act on the next submission; the others restart the run (see `RESTARTS`).
 */
export const configurationSchema = z.object({
  data: datasetId,
  standardisation: standardisationId,
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
  /** BimodalTrue: glial units per neuronal unit. Where the paths are not side by side both have one width in the last divided layer. */
  gliaRatio: z.number().min(0).max(3),
  regulation: regulationId,
  /** Physics-Lagrangian: l = T − V + μ·C. */
  mu: z.number().min(-10).max(10),
  kinetic: kineticId,
  /** Root-mean-square normalisation after each elementwise hidden layer. */
  normalise: z.boolean(),
  activation: activationId,
  oMode: oModeId,
  o: z.array(zeroOr).min(1).max(NETWORK_LIMITS.maxHidden),
  psi: psiModeId,
  psiDecay: z.number().min(0).max(10),
  initialisation: initialisationId,
  seed: z.number().int().min(0).max(999_999),
  lambda: zeroOr,
  measure: measureId,
  energySite: energySiteId,
  optimiser: optimiserId,
  learningRate: z.number().min(1e-6).max(1),
  weightDecay: z.number().min(0).max(1),
  decayAll: z.boolean(),
  momentum: z.number().min(0).max(0.999),
  batch: z.number().int().min(1).max(1024),
  classes: z.array(z.number().int().min(0).max(29)).min(1).max(30).nullable(),
  augment: augmentId,
  theta: z.number().min(0).max(10),
  keepDiagonal: z.boolean(),
  criterion: criterionId,
  transport: transportId,
  outgoing: outgoingId,
  /** New entries start with the mean second moment of their tensor, so that their first step is not 3.16·lr. */
  warmUp: z.boolean(),
  /** Automatic adaptation: keep `scaffold` units with σ ≤ θ in each layer of `adaptLayers` (null = all hidden layers). */
  adapt: z.boolean(),
  scaffold: z.number().int().min(0).max(256),
  /** Steps from one decision to the next; 0 = once an epoch. */
  adaptEvery: z.number().int().min(0).max(100_000),
  /** Most units a layer may grow to by itself; 0 = no cap. */
  adaptCap: z.number().int().min(0).max(NETWORK_LIMITS.maxWidth),
  /** Steps a layer rests after a change. */
  adaptCooldown: z.number().int().min(0).max(100_000),
  adaptLayers: z
    .array(
      z
        .number()
        .int()
        .min(0)
        .max(NETWORK_LIMITS.maxHidden - 1),
    )
    .min(1)
    .max(NETWORK_LIMITS.maxHidden)
    .nullable(),
  /** Tasks being learnt, of a data set made of several. */
  tasks: z.array(z.number().int().min(0).max(2)).min(1).max(3),
  taskBlocks: taskBlocksId,
  /** Tasks that are switched to at given steps, each step once, in order; a switch at step 0 is in force from the start. */
  schedule: scheduleList,
  engine: engineId,
});
export type Configuration = z.infer<typeof configurationSchema>;

/** What the first visit opens with. */
export const DEFAULT_CONFIGURATION: Configuration = {
  data: 'fashion-mnist',
  standardisation: 'dataset',
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
  psiDecay: 0.1,
  initialisation: 'orthogonal',
  seed: 7,
  lambda: 0,
  measure: 'mean-square',
  energySite: 'post',
  optimiser: 'adam',
  learningRate: 2e-3,
  weightDecay: 1e-3,
  decayAll: false,
  momentum: 0.9,
  batch: 128,
  classes: null,
  augment: 'none',
  theta: 0.1,
  keepDiagonal: false,
  criterion: 'sigma',
  transport: 'both',
  outgoing: 'normal',
  warmUp: false,
  adapt: false,
  scaffold: 4,
  adaptEvery: 20,
  adaptCap: 0,
  adaptCooldown: 0,
  adaptLayers: null,
  tasks: [0],
  taskBlocks: 'drop',
  schedule: [],
  engine: 'auto',
};

/** Fields whose change starts the run anew; all others are hot (`engine` carries the run over, weights and all). */
export const RESTART_FIELDS: readonly (keyof Configuration)[] = [
  'data',
  'standardisation',
  'hidden',
  'architecture',
  'channels',
  'gliaRatio',
  'regulation',
  'kinetic',
  'normalise',
  'activation',
  'oMode',
  'psi',
  'initialisation',
  'seed',
  'optimiser',
  'momentum',
  'decayAll',
  'batch',
];

/** o of hidden layer i as configured. */
export function intrinsicLengthSetting(configuration: Configuration, layer: number): number {
  if (configuration.activation !== 'isotropic-tanh' || configuration.oMode === 'off') return 0;
  const { o } = configuration;
  return Math.max(O_FLOOR, o[Math.min(layer, o.length - 1)]);
}

/** The list o with another value for hidden layer `layer` (convolution stages count); one entry where all are the same. */
export function withIntrinsicLength({ hidden, o }: Configuration, layer: number, value: number): number[] {
  const length = Math.max(hidden.length, o.length, layer + 1);
  const values = Array.from({ length }, (_, i) => (i === layer ? value : o[Math.min(i, o.length - 1)]));
  return values.every((each) => each === values[0]) ? [value] : values;
}

/** Hot fields that a control carries to the worker as they are (o goes layer by layer, the engine by a command of its own). */
export const HOT_FIELDS = [
  'lambda',
  'learningRate',
  'psiDecay',
  'weightDecay',
  'measure',
  'energySite',
  'mu',
  'classes',
  'augment',
  'keepDiagonal',
  'theta',
  'criterion',
  'transport',
  'outgoing',
  'warmUp',
  'adapt',
  'scaffold',
  'adaptEvery',
  'adaptCap',
  'adaptCooldown',
  'adaptLayers',
  'tasks',
  'taskBlocks',
  'schedule',
] as const satisfies readonly (keyof Configuration)[];
export type HotField = (typeof HOT_FIELDS)[number];
