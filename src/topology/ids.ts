import { z } from 'zod';

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
