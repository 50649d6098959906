import { z } from 'zod';
import { augmentId, datasetId, standardisationId } from '../data/ids';
import { energySiteId, measureId } from '../energy/ids';
import { optimiserId } from '../network/network';
import { DEFAULT_NETWORK, networkFields, zeroOrTyped } from '../network/settings';
import { NETWORK_LIMITS } from '../network/spec';
import { criterionId, outgoingId, taskBlocksId, transportId } from '../topology/ids';
import { engineId } from '../training/ids';

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

/**
 * The one configuration object: form state, URL, header of the checkpoint and record of the run.
 * Each room says what its own fields may be; here they are put together. `classes` lists the ticked class indices (null = all). Hot fields act on the next submission; the others restart the run (see `RESTARTS`).
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
