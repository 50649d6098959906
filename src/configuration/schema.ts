import { z } from 'zod';
import { augmentId, datasetId, standardisationId } from '../data/ids';
import { energySiteId, measureId } from '../energy/ids';
import { optimiserId } from '../network/network';
import { DEFAULT_NETWORK, networkFields, zeroOrTyped } from '../network/settings';
import { NETWORK_LIMITS } from '../network/spec';
import { criterionId, outgoingId, taskBlocksId, transportId } from '../topology/ids';
import { engineId } from '../training/ids';

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

/**
 * The one configuration object: state of the form, content of the link, header of the checkpoint and record of a run.
 * Each room says what its own fields may be; here they are put together. `classes` lists the classes in training (null = all). Hot fields act on the next submission of steps; the others start the run anew
 * (`RESTART_FIELDS`).
 */
export const configurationSchema = z.object({
  data: datasetId,
  standardisation: standardisationId,
  ...networkFields,
  psiDecay: z.number().min(0).max(10),
  lambda: zeroOrTyped,
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
  ...DEFAULT_NETWORK,
  psiDecay: 0.1,
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
