import { elementwiseId } from '../../activations/lookup';
import { convolutionLayer, pooledSize } from '../convolution';
import type { ConvolutionSpec, HiddenSpec } from '../spec';
import {
  type Architecture,
  denseLayers,
  specFromLayers,
  type DataShape,
  type SpecConfiguration,
} from './architecture';

/** The stages over these planes, each reading the pooled one before. Throws where the pictures run out. */
function stages({ channels, activation, normalise }: SpecConfiguration, { planes }: DataShape): HiddenSpec[] {
  if (!planes)
    throw new Error(
      'A CNN needs pictures or event frames to look at. Choose such data, or another architecture.',
    );
  let [inChannels, inHeight, inWidth] = [planes.channels, planes.height, planes.width];
  return channels.map((count, stage) => {
    if (inHeight < 2 || inWidth < 2)
      throw new Error(
        `Pictures of ${planes.width} × ${planes.height} can be pooled ${stage === 1 ? 'once' : `${stage} times`}, not ${channels.length} times: choose fewer stages of convolution.`,
      );
    // Convolutions act unit by unit; under an isotropic dense part they are ReLU, the usual choice.
    const own = elementwiseId(activation) ?? 'relu';
    const spec: ConvolutionSpec = { inChannels, inHeight, inWidth, channels: count, activation: own };
    inChannels = count;
    ({ height: inHeight, width: inWidth } = pooledSize(spec));
    return { ...convolutionLayer(spec), ...(normalise && { normalise }) };
  });
}

/** Stages of 3×3 convolution and 2×2 pooling, then dense layers. */
export const CNN: Architecture = {
  id: 'cnn',
  label: 'CNN',
  describe:
    'Stages of 3×3 convolution and 2×2 pooling (ReLU where the activation is isotropic, else as chosen), then dense layers in the activation chosen below, which may be isotropic.',
  reading: null,
  uses: ['hidden', 'channels', 'activation', 'oMode', 'psi', 'normalise'],
  sizes: { hidden: [64], channels: [8, 16] },
  spec: (configuration, shape) => {
    if (shape.blocks)
      throw new Error(
        'A CNN looks at one picture; tasks lie side by side in blocks of inputs. Choose other data, or another architecture.',
      );
    return specFromLayers(shape, configuration.activation, [
      ...stages(configuration, shape),
      ...denseLayers(configuration.hidden, configuration),
    ]);
  },
};
