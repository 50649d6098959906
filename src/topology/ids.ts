import { z } from 'zod';

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
