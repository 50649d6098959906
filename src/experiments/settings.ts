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

/** The setting of the energy experiments, small enough for a test. */
export const TINY_SETTING: RecipeSize['configuration'] = {
  ...ENERGY_SETTING,
  data: 'digits',
  hidden: [16, 8],
  batch: 32,
};

/** What differs from any paper at the size of a test. */
export const TINY_DIFFERENCES = ['Digits 8 × 8, 20 steps.'] as const;

/** Isotropic tanh with a trained o and a decaying ψ, Adam at 0.001: the setting of our controls to the isotropic paper. */
export const ISOTROPIC_SETTING: RecipeSize['configuration'] = {
  activation: 'isotropic-tanh',
  oMode: 'trained',
  psi: 'decay',
  learningRate: 1e-3,
};

/** The same network trained as the isotropic paper trains: AdamW with decay of all parameters, batches of 48, pixels standardised one by one. */
export const ISOTROPIC_PAPER_SETTING: RecipeSize['configuration'] = {
  ...ISOTROPIC_SETTING,
  initialisation: 'orthogonal',
  standardisation: 'pixel',
  optimiser: 'adamw',
  weightDecay: 1e-3,
  decayAll: true,
  batch: 48,
};
