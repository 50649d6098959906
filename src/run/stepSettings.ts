import type { Configuration } from '../configuration/schema';
import type { StepSettings } from '../training/engine';

/** What an engine needs to know of a configuration to take a step; read anew at every submission. */
export function stepSettingsOf(configuration: Configuration): StepSettings {
  const {
    lambda,
    measure,
    energySite: site,
    psiDecay,
    optimiser,
    learningRate,
    weightDecay,
    decayAll,
    momentum,
    augment,
  } = configuration;
  return {
    lambda,
    measure,
    site,
    psiDecay,
    augment,
    optimiser: {
      id: optimiser,
      learningRate,
      weightDecay: optimiser === 'adam' ? 0 : weightDecay,
      decayAll,
      momentum,
    },
  };
}

/** The same for softmax regression, which has no activations to price and no ψ to decay. */
export function baselineSettingsOf(configuration: Configuration): StepSettings {
  return { ...stepSettingsOf(configuration), lambda: 0, psiDecay: 0 };
}
