import { z } from 'zod';

/** Definitions of the energy E (energy/measures.ts), as configurations and links name them. */
export const measureId = z.enum(['mean-square', 'sum-square', 'l1', 'active-count', 'hoyer-square']);
export type MeasureId = z.infer<typeof measureId>;

/** Where E is measured: on what leaves a hidden layer (`post`: h), or before the activation (`pre`: z). */
export const energySiteId = z.enum(['post', 'pre']);
export type EnergySite = z.infer<typeof energySiteId>;
