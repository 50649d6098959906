import { type Architecture, DENSE_SIZES, denseLayers, specFromLayers } from './architecture';

/** Dense layers one after another: the baseline, and the network of the isotropic paper. */
export const MLP: Architecture = {
  id: 'mlp',
  label: 'MLP',
  describe: 'Dense layers one after another, in the activation chosen below. The baseline of the others.',
  reading: null,
  uses: ['hidden', 'activation', 'oMode', 'psi', 'normalise'],
  sizes: DENSE_SIZES,
  spec: (configuration, shape) =>
    specFromLayers(shape, configuration.activation, denseLayers(configuration.hidden, configuration)),
};
