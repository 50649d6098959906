import { z } from 'zod';

/** The data sets of the lab (data/registry.ts), as configurations and links name them; `own` is the visitor's own. */
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

/** Inputs to mean 0 and deviation 1: by one mean and deviation for the whole data set, or for each pixel by itself. */
export const standardisationId = z.enum(['dataset', 'pixel']);
export type StandardisationId = z.infer<typeof standardisationId>;

/** What is done to training images before the network sees them (data/augment.ts). A hot field. */
export const augmentId = z.enum(['none', 'shift']);
export type AugmentId = z.infer<typeof augmentId>;
