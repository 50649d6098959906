import { pooledSize } from '../network/convolution';
import type { NetworkSpec } from '../network/spec';
import { weightShapes } from '../network/merge';

/**
 * Floating-point operations one step of a network needs for its products alone, a multiply-add counting two: forward, the gradient of the
 * weights, and of all layers but the first ∂L/∂(what they read). Of a convolution all positions forward, of which one in four is picked
 * by pooling and goes backward.
 */
export function flopsPerStep(spec: NetworkSpec, batch: number): number {
  return weightShapes(spec).reduce((sum, { rows, cols }, l) => {
    const stage = spec.hidden.at(l)?.convolution;
    const places = stage && l < spec.hidden.length ? pooledSize(stage).height * pooledSize(stage).width : 1;
    const forward = stage && l < spec.hidden.length ? 4 : 1;
    return sum + 2 * batch * rows * cols * places * (forward + (l === 0 ? 1 : 2));
  }, 0);
}
