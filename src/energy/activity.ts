import { timesTransposed, transposeArray } from '../network/linearAlgebra';
import type { Network } from '../network/network';
import type { ForwardPass } from '../network/reference';

/** How much of a hidden layer is used, measured on n images. */
export interface LayerActivity {
  /** Share of (image, unit) pairs that are not exactly 0: what zero skipping cannot skip. */
  active: number;
  /** Units that are not 0 on every image. */
  alive: number;
  width: number;
  /**
   * Participation ratio (Σλ)²/Σλ² of the covariance of the activations, with λ its eigenvalues: about how many
   * directions the activations spread over. It is 0 where they are the same on all images.
   */
  participation: number;
}

/**
 * Participation ratio (tr C)²/tr C² of values [n, width], with C their covariance. Computed from C or from the Gram
 * matrix of the images, whichever is smaller.
 */
export function participationRatio(values: Float64Array, n: number, width: number): number {
  const centred = values.slice();
  for (let j = 0; j < width; j++) {
    let mean = 0;
    for (let b = 0; b < n; b++) mean += values[b * width + j] / n;
    for (let b = 0; b < n; b++) centred[b * width + j] -= mean;
  }
  const [rows, size, inner] =
    width <= n ? [transposeArray(centred, n, width), width, n] : [centred, n, width];
  const product = new Float64Array(size * size);
  timesTransposed(rows, size, rows, size, inner, product);
  let trace = 0;
  let squares = 0;
  for (let i = 0; i < size; i++) trace += product[i * (size + 1)];
  for (const value of product) squares += value * value;
  return squares > 0 ? (trace * trace) / squares : 0;
}

/** The activity of each hidden layer, from a forward pass of the network. */
export function layerActivity({ spec }: Network, { h, n }: ForwardPass): LayerActivity[] {
  return spec.hidden.map(({ width }, l) => {
    const alive = new Uint8Array(width);
    let active = 0;
    for (let b = 0; b < n; b++)
      for (let j = 0; j < width; j++)
        if (h[l][b * width + j] !== 0) {
          active++;
          alive[j] = 1;
        }
    return {
      active: n > 0 ? active / (n * width) : 0,
      alive: alive.reduce((sum, value) => sum + value, 0),
      width,
      participation: participationRatio(h[l], n, width),
    };
  });
}

/** Frobenius norm ‖W‖ of each affine layer, without biases. */
export function weightNorms({ parameters }: Network): number[] {
  return parameters.weights.map(({ data }) => Math.sqrt(data.reduce((sum, w) => sum + w * w, 0)));
}
