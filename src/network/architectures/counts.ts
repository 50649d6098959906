import { isIsotropicActivation } from '../../activations/lookup';
import { hasPsi, type HiddenSpec, type NetworkSpec } from '../spec';
import { kernelSize, pooledSize } from '../convolution';
import { mergeRule, weightParts, weightShapes } from '../merge';

/** What one affine layer costs: trained parameters, and multiply-accumulates of one image. */
export interface LayerCount {
  parameters: number;
  multiplies: number;
}

/**
 * By affine layer, from the first hidden one to the outputs. Parameters: weights that are there, biases, o of the layer and the ψ that
 * is added to it, where these are trained. Multiplies: those of the weights alone, one per weight (of a convolution one per weight and
 * place of the kernel, borders included; pooling takes none), as usually counted: biases, activations and merges are left out.
 */
export function layerCounts(spec: NetworkSpec): LayerCount[] {
  const isotropic = isIsotropicActivation(spec.activation);
  return weightShapes(spec).map(({ rows }, l) => {
    const layer = l < spec.hidden.length ? spec.hidden[l] : undefined;
    const weights = weightParts(spec, l).reduce((sum, part) => sum + part.rows * part.cols, 0);
    const below = l > 0 ? spec.hidden[l - 1] : undefined;
    const psi = below && isotropic && hasPsi(below.psi) && below.psi !== 'fixed' ? rows : 0;
    const o = isotropic && layer?.o === 'trained' ? 1 : 0;
    const stage = layer?.convolution;
    return {
      parameters: weights + rows + psi + o,
      multiplies: stage ? stage.channels * kernelSize(stage) * stage.inHeight * stage.inWidth : weights,
    };
  });
}

/** Multiply-accumulates of one image through the whole network (its weights; see `layerCounts`). */
export function multiplyCount(spec: NetworkSpec): number {
  return layerCounts(spec).reduce((sum, { multiplies }) => sum + multiplies, 0);
}

/** Short words for a hidden layer's size: "128", "8@14×14" (channels and their size), "128+64", "3×128" (paths merged to one width). */
export function sizeName(layer: HiddenSpec): string {
  const { convolution, paths, width } = layer;
  if (convolution) {
    const { height, width: across } = pooledSize(convolution);
    return `${convolution.channels}@${across}×${height}`;
  }
  if (!paths) return `${width}`;
  if (mergeRule(layer).kind !== 'concatenate') return `${paths.length}×${paths[0].width}`;
  return paths.map((path) => path.width).join('+');
}

/** "784→128+64→64+32→10". */
export function sizesName({ inputs, hidden, outputs }: NetworkSpec): string {
  return [inputs, ...hidden.map(sizeName), outputs].join('→');
}
