import type { RecipeSize } from './types';

/**
 * ReLU with E = mean square, Adam at 0.001: the setting of the energy experiments. E is our reading: of the candidates the one whose fall
 * and accuracy fit what is published.
 */
export const ENERGY_SETTING: RecipeSize['configuration'] = {
  activation: 'relu',
  initialisation: 'he',
  measure: 'mean-square',
  optimiser: 'adam',
  learningRate: 1e-3,
  batch: 128,
};

/** The same, small enough for a test. */
export const TINY_SETTING: RecipeSize['configuration'] = {
  ...ENERGY_SETTING,
  data: 'digits',
  hidden: [16, 8],
  batch: 32,
};

/** What differs from any paper at the size of a test. */
export const TINY_DIFFERENCES = ['Digits 8 × 8, 20 steps.'] as const;
