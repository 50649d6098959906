import type { Size } from './types';

/** ReLU with E = mean square, Adam at 0.001: the setting of the energy experiments (our reading of E: facts/energy-first §1.4). */
export const ENERGY_SETTING: Size['configuration'] = {
  activation: 'relu',
  initialisation: 'he',
  measure: 'mean-square',
  optimiser: 'adam',
  learningRate: 1e-3,
  batch: 128,
};

/** The same, small enough for a test. */
export const TINY_SETTING: Size['configuration'] = {
  ...ENERGY_SETTING,
  data: 'digits',
  hidden: [16, 8],
  batch: 32,
};

/** What differs from any paper at the size of a test. */
export const TINY_DIFFERENCES = ['Digits 8 × 8, 20 steps.'] as const;
