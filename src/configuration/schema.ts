import { isIsotropicActivation } from '../activations/lookup';
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

/** Where E is measured: on what leaves a hidden layer (`post`: h), or before the activation (`pre`: z). */
export const energySiteId = z.enum(['post', 'pre']);
export type EnergySite = z.infer<typeof energySiteId>;

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

/** What is done to training images before the network sees them (data/augment.ts). A hot field. */
export const augmentId = z.enum(['none', 'shift']);
export type AugmentId = z.infer<typeof augmentId>;

/**
 * The criterion by which units of the diagonal basis are removed, the least important first. `sigma` (the smallest
 * singular value) is the paper's.
 */
export const criterionId = z.enum(['sigma', 'sigma-outgoing', 'gradient', 'energy', 'random']);
export type CriterionId = z.infer<typeof criterionId>;

/**
 * Which moments of the optimiser a structural operation carries over (none, the first, both); the others start again at
 * zero.
 */
export const transportId = z.enum(['off', 'first', 'both']);
export type TransportId = z.infer<typeof transportId>;

/**
 * The outgoing weights of a new unit: 0.01·normal, or zero. With zero weights no gradient ever reaches the unit (a
 * saddle point), so it stays unused.
 */
export const outgoingId = z.enum(['normal', 'zero']);
export type OutgoingId = z.infer<typeof outgoingId>;

/**
 * What happens to a task's inputs and outputs when the task ends: they are removed (`drop`), or kept and no longer shown
 * (`mask`).
 */
export const taskBlocksId = z.enum(['drop', 'mask']);
export type TaskBlocksId = z.infer<typeof taskBlocksId>;

/** A set of indices 0 … count − 1 as a list: at least one, each at most once. */
const indexSet = (count: number) =>
  z
    .array(
      z
        .number()
        .int()
        .min(0)
        .max(count - 1),
    )
    .min(1)
    .max(count)
    .refine((indices) => new Set(indices).size === indices.length)
    .meta({ uniqueItems: true });

/** The most classes and tasks a data set may have: what a configuration can list. */
export const INDEX_LIMITS = { classes: 30, tasks: 3 } as const;
const taskList = indexSet(INDEX_LIMITS.tasks);

/** One entry of the schedule of tasks: after step `step` the run learns `tasks`. */
const scheduledSwitch = z.object({
  step: z.number().int().min(0).max(1_000_000),
  tasks: taskList,
});
export type ScheduledSwitch = z.infer<typeof scheduledSwitch>;
/** The schedule of tasks: its entries in the order of their steps, no step twice. */
const scheduleList = z
  .array(scheduledSwitch)
  .max(32)
  .refine((switches) => switches.every(({ step }, i) => i === 0 || step > switches[i - 1].step));

/** Range of λ and o apart from an exact 0, which is always allowed. */
export const TYPED_RANGE = { min: O_FLOOR, max: 1e4 } as const;
const zeroOr = z.union([z.literal(0), z.number().min(TYPED_RANGE.min).max(TYPED_RANGE.max)]);

/**
 * The one configuration object: state of the form, content of the link, header of the checkpoint and record of a run.
 * `o` and `hidden` have one entry per hidden layer; a shorter `o` repeats its last entry. `classes` lists the classes in
 * training (null = all). Hot fields act on the next submission of steps; the others start the run anew
 * (`RESTART_FIELDS`).
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
  classes: indexSet(INDEX_LIMITS.classes).nullable(),
  augment: augmentId,
  theta: z.number().min(0).max(10),
  keepDiagonal: z.boolean(),
  criterion: criterionId,
  transport: transportId,
  outgoing: outgoingId,
  /**
   * New units start with the mean second moment of their tensor, so that Adam's first step on them is not 3.16 times the
   * learning rate.
   */
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
  adaptLayers: indexSet(NETWORK_LIMITS.maxHidden).nullable(),
  /** The tasks being learnt, where the data set is made of several. */
  tasks: taskList,
  taskBlocks: taskBlocksId,
  /** The schedule of tasks. An entry at step 0 is in force from the start. */
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

/**
 * Fields whose change starts the run anew. All others are hot, except `engine`, which carries the run with its weights
 * to another engine.
 */
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

/**
 * The intrinsic length o that hidden layer `layer` (0-based) starts with; 0 where it is off or the network is not
 * isotropic.
 */
export function intrinsicLengthSetting(configuration: Configuration, layer: number): number {
  if (!isIsotropicActivation(configuration.activation) || configuration.oMode === 'off') return 0;
  const { o } = configuration;
  return Math.max(O_FLOOR, o[Math.min(layer, o.length - 1)]);
}

/**
 * The list `o` with another value for hidden layer `layer` (0-based; convolution stages count as layers). The list has a
 * single entry where all values are equal.
 */
export function withIntrinsicLength({ hidden, o }: Configuration, layer: number, value: number): number[] {
  const length = Math.max(hidden.length, o.length, layer + 1);
  const values = Array.from({ length }, (_, i) => (i === layer ? value : o[Math.min(i, o.length - 1)]));
  return values.every((each) => each === values[0]) ? [value] : values;
}

/**
 * Hot fields that are sent to the worker under their own names. (o is sent layer by layer, and the engine by a command
 * of its own.)
 */
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
